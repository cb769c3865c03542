package recommend

import (
	"reflect"
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

// fields returns the fields of a form: "ground=dry ground=wet" has one with two
// values.
func fields(words string) map[string][]string {
	out := map[string][]string{}
	for _, word := range strings.Fields(words) {
		key, value, _ := strings.Cut(word, "=")
		out[key] = append(out[key], value)
	}
	return out
}

// ids returns the fields that give these answers.
func ids(e *Engine, a Answers) map[string][]string {
	out := map[string][]string{}
	for q, question := range e.comparison.Questionnaire.Questions {
		if a[q] >= 0 {
			out[question.ID] = []string{question.Options[a[q]].ID}
		}
	}
	return out
}

func TestAnswersAreReadBack(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for _, a := range withBlanks(e) {
		s := e.Read(ids(e, a))
		if got, ok := s.Answers(); !ok || !reflect.DeepEqual(got, a) {
			t.Errorf("%v is read back as %+v", a, s)
		}
	}
}

func TestReadNamesWhatItCannotUse(t *testing.T) {
	t.Parallel()
	c := garden()
	c.Questionnaire.Questions[1].Options[0].Aliases = []comparison.Ref{{ID: "hold"}, {ID: "stay"}}
	e := mustCompile(t, c)
	for words, want := range map[string]Submission{
		"":                                {Choice: []int{-1, -1, -1}, Missing: []int{0, 1, 2}},
		"plans=build ground=dry":          {Choice: []int{0, 1, -1}, Missing: []int{2}},
		"ground=mud plans= care=weekly":   {Choice: []int{-1, -1, 0}, Missing: []int{1}, Unknown: []Unknown{{0, "mud"}}},
		"ground=wet ground= plans=keep":   {Choice: []int{1, 0, -1}, Missing: []int{2}},
		"z=1 ground=wet plans=keep v=old": {Choice: []int{1, 0, -1}, Missing: []int{2}},
		"ground=dry ground=dry plans=keep plans=build care=seldom": {Choice: []int{0, -1, 2}, Unknown: []Unknown{{1, "keep, build"}}},
		// Former ids of an option stand for it, and are no second answer beside it.
		"ground=dry plans=stay":                        {Choice: []int{0, 0, -1}, Missing: []int{2}},
		"plans=stay plans=keep plans=hold":             {Choice: []int{-1, 0, -1}, Missing: []int{0, 2}},
		"plans=stay plans=build":                       {Choice: []int{-1, -1, -1}, Missing: []int{0, 2}, Unknown: []Unknown{{1, "keep, build"}}},
		"care=stay":                                    {Choice: []int{-1, -1, -1}, Missing: []int{0, 1}, Unknown: []Unknown{{2, "stay"}}},
		"ground=not-sure plans=not-sure care=not-sure": {Choice: []int{2, 2, 3}},
	} {
		got := e.Read(fields(words))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as %+v, want %+v", words, got, want)
		}
		if _, ok := got.Answers(); ok != (len(want.Unknown) == 0) {
			t.Errorf("%q can be used: %v", words, ok)
		}
	}
}

func FuzzRead(f *testing.F) {
	e := mustCompile(f, garden())
	f.Add("ground=dry plans=keep care=weekly")
	f.Add("ground=dry ground=wet \x00=\xff plans")
	f.Fuzz(func(t *testing.T, words string) {
		s := e.Read(fields(words))
		if a, ok := s.Answers(); ok {
			if b, ok := e.Read(ids(e, a)).Answers(); !ok || !reflect.DeepEqual(a, b) {
				t.Errorf("%q gives %v, whose own fields give %v", words, a, b)
			}
		} else if len(s.Unknown) == 0 {
			t.Errorf("%q cannot be used, and nothing says why", words)
		}
	})
}
