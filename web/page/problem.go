package page

// Problem says that something went wrong, and what to do about it.
type Problem struct {
	Site      *Site
	Status    int    // of HTTP
	RequestID string // to name when asking for help; may be empty
	Path      string // where to go on; may be empty
}

func (v Problem) Head() Head {
	return Head{Title: v.text().Title.String(), Description: v.text().Text.String(), NoIndex: true}
}

func (v Problem) words() *ProblemWords { return &v.Site.Words.OnProblem }

// text is what there is to say about the status.
func (v Problem) text() ProblemText {
	words := v.words()
	texts := map[int]ProblemText{
		400: words.BadRequest, 403: words.Forbidden, 404: words.NotFound, 405: words.NotAllowed, 408: words.Timeout,
		413: words.TooLarge, 415: words.Unsupported, 429: words.TooMany, 503: words.Unavailable,
	}
	if text, ok := texts[v.Status]; ok {
		return text
	}
	if v.Status >= 500 {
		return words.Failure
	}
	return words.Refused
}
