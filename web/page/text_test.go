package page

import (
	"strings"
	"testing"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
)

// compared is a comparison whose rules do not matter.
func compared(c comparison.Comparison) *site.Comparison { return &site.Comparison{Comparison: &c} }

func TestTitleSetsRolesApart(t *testing.T) {
	t.Parallel()
	roles := [2]comparison.Candidate{{Role: &comparison.Role{Name: "Cook", Mark: 3}}, {Role: &comparison.Role{Name: "Chef & Co.", Mark: 1}}}
	cook, chef := `<span class="role" data-role="3">Cook</span>`, `<span class="role" data-role="1">Chef &amp; Co.</span>`
	for text, want := range map[string]string{
		"Cook vs. Chef & Co.":    cook + " vs. " + chef,
		"Chef & Co. <or> Cook?":  chef + " &lt;or&gt; " + cook + "?",
		"Two trades, each apart": "Two trades, each apart",
	} {
		var got strings.Builder
		if err := marked(text, roles).Render(t.Context(), &got); err != nil || got.String() != want {
			t.Errorf("%q is set as %s, want %s (%v)", text, got.String(), want, err)
		}
	}
}

func TestLanes(t *testing.T) {
	t.Parallel()
	roles := [2]comparison.Candidate{{Role: &comparison.Role{Mark: 3}}, {Role: &comparison.Role{Mark: 1}}}
	var stages []comparison.Stage
	for _, at := range []comparison.AtWork{{true, false}, {true, true}, {false, true}, {true, true}} {
		stages = append(stages, comparison.Stage{Roles: at})
	}
	v := Comparison{Comparison: compared(comparison.Comparison{Roles: roles, Together: comparison.Together{Stages: stages}})}
	for i, want := range []string{
		`<i class="begin" data-role="3"></i><i></i>`,
		`<i data-role="3"></i><i class="begin" data-role="1"></i>`,
		`<i></i><i data-role="1"></i>`,
		`<i class="begin" data-role="3"></i><i data-role="1"></i>`,
	} {
		var got strings.Builder
		if err := v.lanes(i).Render(t.Context(), &got); err != nil || strings.ReplaceAll(got.String(), " <", "<") != `<span class="lanes" aria-hidden="true">`+want+`</span>` {
			t.Errorf("stage %d is drawn as %s, want %s (%v)", i, got.String(), want, err)
		}
	}
}

func TestConditionInWords(t *testing.T) {
	t.Parallel()
	words := Words{OnMethod: MethodWords{
		Is: "{sign} is {state}", IsNot: "{sign} is not {state}", Quoted: "‹{sign}›",
		AtLeast: "≥{n} of {total} for {role} {state}", AtMost: "≤{n} of {total} for {role} {state}",
		AtLeastOf: "≥{n} of {signs} {state}", AtMostOf: "≤{n} of {signs} {state}",
		Met: "met", Failed: "out", Open: "open", Percent: "{n} %", LessThanOne: "few",
	}}
	roles := [2]comparison.Candidate{{Role: &comparison.Role{Indefinite: "a Cook"}}, {Role: &comparison.Role{Indefinite: "a Chef"}}}
	v := Method{Site: &Site{Words: words}, Comparison: compared(comparison.Comparison{Roles: roles})}
	hot := &comparison.Sign{Text: comparison.Prose{Text: "It is hot."}}
	late := &comparison.Sign{Text: comparison.Prose{Text: "It is late"}}
	both := []*comparison.Sign{hot, late}
	for want, c := range map[string]recommend.Condition{
		"‹It is hot› is met":                  {N: 1, Role: -1, Signs: both[:1], State: recommend.Met},
		"‹It is late› is not out":             {AtMost: true, Role: -1, Signs: both[1:], State: recommend.Failed},
		"≥1 of 2 for a Cook open":             {N: 1, Role: 0, Signs: both, State: recommend.Open},
		"≤1 of 2 for a Chef met":              {AtMost: true, N: 1, Role: 1, Signs: both, State: recommend.Met},
		"≥1 of ‹It is hot›, ‹It is late› met": {N: 1, Role: -1, Signs: both, State: recommend.Met},
		"≤0 of ‹It is hot›, ‹It is late› met": {AtMost: true, Role: -1, Signs: both, State: recommend.Met},
	} {
		if got := v.condition(c); got != want {
			t.Errorf("%+v is %q, want %q", c, got, want)
		}
	}
	for want, s := range map[string]share{"few": {n: 1, of: 200}, "1 %": {n: 1, of: 100}, "33 %": {n: 1, of: 3}, "67 %": {n: 2, of: 3}} {
		if got := words.OnMethod.share(s); got != want {
			t.Errorf("%d of %d is %q, want %q", s.n, s.of, got, want)
		}
	}
}
