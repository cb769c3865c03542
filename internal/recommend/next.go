package recommend

import (
	"cmp"
	"math"
	"slices"
)

// Next returns the questions not answered yet whose answers can still change the
// outcome, the one that tells most first; last come those that can only where others
// are left open. Where there is none, what is answered settles the outcome. "Not
// sure" is an answer: it is not asked again.
func (e *Engine) Next(a Answers) []int {
	var unanswered []int
	for q, o := range a {
		if o < 0 {
			unanswered = append(unanswered, q)
		}
	}
	n := e.Number(a)
	next := e.telling(n, unanswered)
	if len(next) == 0 {
		return nil
	}
	later := e.mattering(e.partly(n, unanswered), unanswered)
	return append(next, slices.DeleteFunc(later, func(q int) bool { return slices.Contains(next, q) })...)
}

// telling returns those of the questions, unsure in combination n, that can change
// what it comes to if all of them are answered. First comes the one that, once
// answered, leaves the smallest entropy of the outcomes on average; ties go by the
// order of the questionnaire.
func (e *Engine) telling(n int, questions []int) []int {
	ways := e.ways(n, questions)
	out := e.mattering(ways, questions)
	if len(out) == 0 && e.table[ways[0]].outcome != e.table[n].outcome {
		// Every way comes to one outcome, for which some answers give the ground.
		return e.mattering(e.partly(n, questions), questions)
	}
	entropy := make([]float64, len(e.options))
	for _, q := range out {
		split := make([][]int, e.real(q)) // the ways, by the answer to q
		for _, m := range ways {
			o := e.chosen(m, q)
			split[o] = append(split[o], m)
		}
		entropy[q] = e.meanEntropy(split)
	}
	slices.SortStableFunc(out, func(p, q int) int { return cmp.Compare(entropy[p], entropy[q]) })
	return out
}

// mattering returns those of the questions whose answer alone makes a difference in
// one of the combinations.
func (e *Engine) mattering(combinations, questions []int) []int {
	var out []int
	for _, q := range questions {
		if slices.ContainsFunc(combinations, func(m int) bool { return e.table[m].outcome != e.table[e.changed(m, q, 0)].outcome }) {
			out = append(out, q)
		}
	}
	return out
}

// partly returns the combinations that n becomes when each of these questions,
// unsure in it, is answered or left open.
func (e *Engine) partly(n int, questions []int) []int {
	out := []int{n}
	for _, q := range questions {
		for _, m := range out {
			for o := range e.real(q) {
				out = append(out, m-(e.real(q)-o)*e.stride[q])
			}
		}
	}
	return out
}

// meanEntropy is the mean of the entropies of the outcomes of some ways. It is
// rounded, so that the order of adding makes no difference.
func (e *Engine) meanEntropy(split [][]int) float64 {
	sum := 0.0
	for _, ways := range split {
		for _, count := range e.count(ways) {
			if p := float64(count) / float64(len(ways)); p > 0 {
				sum -= p * math.Log2(p)
			}
		}
	}
	return math.Round(sum / float64(len(split)) * 1e9)
}
