package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// scenarios are businesses as their owners would describe them, how they would
// answer, and what the source supports.
var scenarios = []struct {
	business string
	answers  string
	outcome  string
}{
	{
		"a fully remote software firm of 9, no office, founders drowning in scheduling, inbox and updates across sales, hiring and admin",
		"workplace=remote&tasks=piling-up&help=many-tasks&facilities=rarely&coordination=not-needed&systems=in-order&complexity=stable",
		"virtual-assistant",
	},
	{
		"a consultancy of 14, everyone at home, operations getting complex, one person wanted to chase recurring workflows",
		"workplace=remote&tasks=piling-up&help=one-kind&facilities=rarely&coordination=needed&systems=need-structure&complexity=growing",
		"virtual-assistant",
	},
	{
		"a dental practice of 22 on one site, suppliers and equipment every week, onboarding and resources in disorder, nothing to delegate",
		"workplace=on-site&tasks=little&help=run-workplace&facilities=weekly&coordination=needed&systems=need-structure&complexity=stable",
		"office-manager",
	},
	{
		"an architecture studio of 35 in its own building, vendors weekly, policies needing structure, and partners' calendars needing someone too",
		"workplace=on-site&tasks=piling-up&help=both-equally&facilities=weekly&coordination=needed&systems=need-structure&complexity=growing",
		"both",
	},
	{
		"a hybrid agency of 18 with a small shared workspace, facilities now and then, a backlog of data entry, research and scheduling, growing",
		"workplace=hybrid&tasks=piling-up&help=many-tasks&facilities=now-and-then&coordination=not-needed&systems=in-order&complexity=growing",
		"virtual-assistant-first",
	},
	{
		"a solo coach working from home, little admin, nothing piling up",
		"workplace=remote&tasks=little&help=one-kind&facilities=rarely&coordination=not-needed&systems=in-order&complexity=stable",
		"neither",
	},
	{
		"someone who is not sure of anything",
		"workplace=not-sure&tasks=not-sure&help=not-sure&facilities=not-sure&coordination=not-sure&systems=not-sure&complexity=not-sure",
		"virtual-assistant-first",
	},
	{
		"a remote company about to lease its first office, tasks piling up today, no vendors yet",
		"workplace=remote&tasks=piling-up&help=many-tasks&facilities=rarely&coordination=needed&systems=need-structure&complexity=growing",
		"virtual-assistant",
	},
	{
		"a warehouse business, one site, facilities heavy, coordination needed, operations complex, and an owner buried in email and calendar",
		"workplace=on-site&tasks=piling-up&help=both-equally&facilities=weekly&coordination=needed&systems=not-sure&complexity=growing",
		"both",
	},
	{
		"a law firm, one office, few vendors, systems in order, stable operations, partners who want varied tasks taken off them",
		"workplace=on-site&tasks=piling-up&help=many-tasks&facilities=now-and-then&coordination=not-needed&systems=in-order&complexity=stable",
		"virtual-assistant-first",
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
			// A browser may send the fields in any order.
			fields := strings.Split(scenario.answers, "&")
			slices.Reverse(fields)
			if again := s.post(t, base+"/questionnaire", strings.Join(fields, "&")); again.Header.Get("Location") != to {
				t.Errorf("in another order: to %q", again.Header.Get("Location"))
			}
		})
	}
}
