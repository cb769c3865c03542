package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// scenarios are businesses as their owners would describe them, how they would
// answer, what the source supports, and words that must be among the reasons.
var scenarios = []struct {
	business string
	answers  string
	outcome  string
	says     []string
}{
	{
		"an office with much to run, and somebody wanted for one kind of task besides",
		"workplace=on-site&tasks=some&help=one-kind&facilities=weekly&coordination=needed&systems=need-structure&complexity=growing",
		"both",
		[]string{"Met: Getting work done matters more", "Met: Vendors, facilities and logistics"},
	},
	{
		"a fully remote software firm of 9, no office, founders drowning in scheduling, inbox and updates across sales, hiring and admin",
		"workplace=remote&tasks=piling-up&help=many-tasks&facilities=rarely&coordination=not-needed&systems=in-order&complexity=stable",
		"virtual-assistant",
		[]string{"Met: You have no office", "Met: What you need help with is mostly tasks"},
	},
	{
		"a consultancy of 14, everyone at home, operations getting complex, one person wanted to chase recurring workflows",
		"workplace=remote&tasks=piling-up&help=one-kind&facilities=rarely&coordination=needed&systems=need-structure&complexity=growing",
		"virtual-assistant",
		[]string{"Met: You have no office", "Met: Operations inside the business are getting complex"},
	},
	{
		"a dental practice of 22 on one site, suppliers and equipment every week, onboarding and resources in disorder, nothing to delegate",
		"workplace=on-site&tasks=little&help=run-workplace&facilities=weekly&coordination=needed&systems=need-structure&complexity=stable",
		"office-manager",
		[]string{"Met: Vendors, facilities and logistics", "Met: Your team needs coordination", "Ruled out: What you need help with is mostly tasks"},
	},
	{
		"an architecture studio of 35 in its own building, vendors weekly, policies needing structure, and partners' calendars needing someone too",
		"workplace=on-site&tasks=piling-up&help=both-equally&facilities=weekly&coordination=needed&systems=need-structure&complexity=growing",
		"both",
		[]string{"Met: What you need help with is mostly tasks", "Met: Vendors, facilities and logistics"},
	},
	{
		"a hybrid agency of 18 with a small shared workspace, facilities now and then, a backlog of data entry, research and scheduling, growing",
		"workplace=hybrid&tasks=piling-up&help=many-tasks&facilities=now-and-then&coordination=not-needed&systems=in-order&complexity=growing",
		"virtual-assistant-first",
		[]string{"Met: What you need help with is mostly tasks", "Met: Your team has an office", "Ruled out: Your team needs coordination"},
	},
	{
		"a solo coach working from home, little admin, nothing piling up",
		"workplace=remote&tasks=little&help=one-kind&facilities=rarely&coordination=not-needed&systems=in-order&complexity=stable",
		"neither",
		[]string{"Met: You have no office", "Ruled out: What you need help with is mostly tasks"},
	},
	{
		"someone who is not sure of anything",
		"workplace=not-sure&tasks=not-sure&help=not-sure&facilities=not-sure&coordination=not-sure&systems=not-sure&complexity=not-sure",
		"virtual-assistant-first",
		[]string{"Take this as a general rule. You were not sure of 7 of the 7 questions", "Most organizations begin this way"},
	},
	{
		"a remote company about to lease its first office, tasks piling up today, no vendors yet",
		"workplace=remote&tasks=piling-up&help=many-tasks&facilities=rarely&coordination=needed&systems=need-structure&complexity=growing",
		"virtual-assistant",
		[]string{"If your team shared an office and also worked remotely (Virtual Assistant becomes Both)", "Met: You have no office"},
	},
	{
		"a warehouse business, one site, facilities heavy, coordination needed, operations complex, and an owner buried in email and calendar",
		"workplace=on-site&tasks=piling-up&help=both-equally&facilities=weekly&coordination=needed&systems=not-sure&complexity=growing",
		"both",
		[]string{"Met: Vendors, facilities and logistics", "Met: What you need help with is mostly tasks", "Open: The way your office runs"},
	},
	{
		"a law firm, one office, few vendors, systems in order, stable operations, partners who want varied tasks taken off them",
		"workplace=on-site&tasks=piling-up&help=many-tasks&facilities=now-and-then&coordination=not-needed&systems=in-order&complexity=stable",
		"virtual-assistant-first",
		[]string{"Met: You want help that can move between areas", "Met: Your team has an office", "Ruled out: The way your office runs"},
	},
}

// TestScenarios answers the real questionnaire as each business would, through
// HTTP, and looks at the recommendation it gets.
func TestScenarios(t *testing.T) {
	t.Parallel()
	c := realContent()
	s := serve(t, c, unlimited)
	base := "/compare/virtual-assistant-vs-office-manager"
	for _, scenario := range scenarios {
		t.Run(scenario.business, func(t *testing.T) {
			t.Parallel()
			posted := s.post(t, base+"/questionnaire", scenario.answers)
			to := posted.Header.Get("Location")
			if posted.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to, base+"/recommendation?"+scenario.answers+"&v=") {
				t.Fatalf("posted: %s to %q", posted.Status, to)
			}
			got := s.get(t, to)
			if got.StatusCode != http.StatusOK || !strings.Contains(got.body, `data-outcome="`+scenario.outcome+`"`) {
				t.Errorf("%s does not come to %s", to, scenario.outcome)
			}
			reasons := strings.ReplaceAll(s.get(t, strings.Replace(to, "/recommendation?", "/recommendation.md?", 1)).body, "**", "")
			for _, words := range scenario.says {
				if !strings.Contains(reasons, words) {
					t.Errorf("%s is not told that %q", scenario.business, words)
				}
			}
			// A browser may send the fields in any order.
			fields := strings.Split(scenario.answers, "&")
			slices.Reverse(fields)
			if again := s.post(t, base+"/questionnaire", strings.Join(fields, "&")); again.Header.Get("Location") != to {
				t.Errorf("in another order: to %q", again.Header.Get("Location"))
			}
		})
	}
}

// TestCertaintyInWords: what the page says of how firm a result is agrees with
// what further answers could do to it.
func TestCertaintyInWords(t *testing.T) {
	t.Parallel()
	s := serve(t, realContent(), unlimited)
	for _, test := range []struct{ answers, says, not string }{
		{ // Whatever is left open, nothing changes.
			"workplace=remote&tasks=piling-up&help=not-sure&facilities=not-sure&coordination=not-sure&systems=not-sure&complexity=not-sure",
			"A clear case.", "general rule",
		},
		{ // The open answer changes nothing by itself.
			"workplace=hybrid&tasks=piling-up&help=many-tasks&facilities=now-and-then&coordination=not-needed&systems=in-order&complexity=not-sure",
			"The question you left open could tip it, if one other answer changed as well.", "general rule",
		},
		{
			"workplace=hybrid&tasks=not-sure&help=many-tasks&facilities=now-and-then&coordination=not-needed&systems=in-order&complexity=stable",
			"The question you left open could tip it.", "if one other",
		},
		{
			"workplace=hybrid&tasks=piling-up&help=many-tasks&facilities=weekly&coordination=not-needed&systems=in-order&complexity=stable",
			"A single answer given differently would lead to another recommendation.", "left open",
		},
		{ // Two judgments together could change it, and nothing else is said.
			"workplace=on-site&tasks=piling-up&help=many-tasks&facilities=now-and-then&coordination=not-needed&systems=in-order&complexity=stable",
			"No single judgment of yours", "no judgment of yours",
		},
		{ // What is known decides, not the general rule.
			"workplace=on-site&tasks=not-sure&help=not-sure&facilities=weekly&coordination=needed&systems=not-sure&complexity=not-sure",
			"Your workplace needs someone in charge", "general rule",
		},
	} {
		got := s.get(t, "/compare/virtual-assistant-vs-office-manager/recommendation.md?"+test.answers).body
		if !strings.Contains(got, test.says) || strings.Contains(got, test.not) {
			t.Errorf("%s does not say %q, or says %q:\n%.900s", test.answers, test.says, test.not, got)
		}
	}
}
