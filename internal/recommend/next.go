package recommend

import (
	"cmp"
	"math"
	"slices"
)

// Next returns the questions not answered yet whose answers can still change the
// outcome, the one that tells most first. Where there is none, what is answered
// settles the outcome. "Not sure" is an answer: it is not asked again.
func (e *Engine) Next(a Answers) []int {
	var unanswered []int
	for q, o := range a {
		if o < 0 {
			unanswered = append(unanswered, q)
		}
	}
	return e.telling(e.Number(a), unanswered)
}

// telling returns those of the questions, unsure in combination n, that can change
// its outcome: two ways to answer them all that differ only in that question come to
// different outcomes. First comes the one that, once answered, leaves the smallest
// entropy of the outcomes on average; ties go by the order of the questionnaire.
func (e *Engine) telling(n int, questions []int) []int {
	ways := e.ways(n, questions)
	var out []int
	entropy := make([]float64, len(e.options))
	stride := len(ways)
	for _, q := range questions {
		stride /= e.real(q)
		split := make([][]int, e.real(q)) // the ways, by the answer to q
		matters := false
		for i, m := range ways {
			o := i / stride % e.real(q)
			split[o] = append(split[o], m)
			matters = matters || e.table[m].outcome != e.table[ways[i-o*stride]].outcome
		}
		if matters {
			out = append(out, q)
			entropy[q] = e.meanEntropy(split)
		}
	}
	if len(out) == 0 && e.table[ways[0]].outcome != e.table[n].outcome {
		// Every way comes to one outcome, for which any answer may give the ground.
		return questions
	}
	slices.SortStableFunc(out, func(p, q int) int { return cmp.Compare(entropy[p], entropy[q]) })
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
