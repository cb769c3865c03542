package recommend

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

func TestQueryIsReadBack(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	if got, want := e.Query(Answers{0, 1, 2}), "ground=dry&plans=build&care=not-sure&v="+e.Version(); got != want {
		t.Errorf("the query is %q, want %q", got, want)
	}
	for _, a := range everything(e) {
		fields, err := url.ParseQuery(e.Query(a))
		if err != nil {
			t.Fatal(err)
		}
		r := e.Read(fields)
		if got, ok := r.Answers(); !ok || !reflect.DeepEqual(got, a) || r.Version != e.Version() {
			t.Errorf("%v is read back as %+v", a, r)
		}
	}
}

func TestReadNamesWhatItCannotUse(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for query, want := range map[string]Reading{
		"":                                    {Choice: []int{-1, -1, -1}, Missing: []int{0, 1, 2}},
		"plans=build&ground=dry":              {Choice: []int{0, 1, -1}, Missing: []int{2}},
		"ground=mud&plans=&care=weekly&v=old": {Choice: []int{-1, -1, 0}, Missing: []int{1}, Unknown: []Unknown{{0, "mud"}}, Version: "old"},
		"ground=dry&ground=dry&plans=keep&plans=build&care=seldom": {Choice: []int{0, -1, 1}, Repeated: []int{1}},
		"z=1&ground=wet&plans=keep&care=weekly&a=2":                {Choice: []int{1, 0, 0}},
	} {
		fields, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.Read(fields); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as %+v, want %+v", query, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	e := mustCompile(f, garden())
	f.Add("ground=dry&plans=keep&care=weekly&v=12345678")
	f.Add("ground=dry&ground=wet&%00=%ff&plans")
	f.Fuzz(func(t *testing.T, query string) {
		fields, _ := url.ParseQuery(query)
		r := e.Read(fields)
		if a, ok := r.Answers(); ok {
			again, err := url.ParseQuery(e.Query(a))
			if err != nil {
				t.Fatal(err)
			}
			if b, ok := e.Read(again).Answers(); !ok || !reflect.DeepEqual(a, b) {
				t.Errorf("%q gives %v, whose own address gives %v", query, a, b)
			}
		} else if len(r.Missing)+len(r.Unknown)+len(r.Repeated) == 0 {
			t.Errorf("%q cannot be used, and nothing says why", query)
		}
	})
}

func FuzzRule(f *testing.F) {
	for _, seed := range []string{"otherwise", "laid-out is met", "at least 1 of laid-out, weekly-care is met\nor\nlaid-out is not open", "at most 0 gardener signs are failed", "or\nor", "at least is met ,", "é is mét"} {
		f.Add(seed)
	}
	place := comparison.Place{File: "questionnaire.md", Line: 1, Column: 1}
	f.Fuzz(func(t *testing.T, rule string) {
		c := garden()
		c.Outcomes.At, c.Questionnaire.Questions[0].At, c.Questionnaire.Questions[1].At, c.Questionnaire.Questions[2].At = place, place, place, place
		c.Outcomes.Items[0] = outcome("landscaper", "out now", strings.Split(rule, "\n")...)
		e, faults := Compile(c)
		if e == nil && faults.Err() == nil {
			t.Errorf("the rule %q is refused, and nothing says why", rule)
		}
		for _, fault := range faults {
			if fault.What == "" || fault.Do == "" || fault.At.File == "" {
				t.Errorf("the rule %q has a fault without words or place: %+v", rule, fault)
			}
		}
	})
}
