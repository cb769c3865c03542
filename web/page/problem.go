package page

import (
	"net/http"

	"github.com/a-h/templ"

	"rolecompare/internal/comparison"
)

func (v Problem) Head() Head {
	return Head{
		Title:       v.text().Title.String(),
		Description: v.text().Text.String(),
		NoIndex:     true,
	}
}

func (v Problem) Main() templ.Component { return v.main() }

func (v Problem) words() comparison.ProblemWords { return v.Site.Words.Problem }

// text is what there is to say about the status.
func (v Problem) text() comparison.ProblemText {
	words := v.words()
	switch v.Status {
	case http.StatusBadRequest:
		return words.BadRequest
	case http.StatusForbidden:
		return words.Forbidden
	case http.StatusNotFound:
		return words.NotFound
	case http.StatusMethodNotAllowed:
		return words.Method
	case http.StatusRequestTimeout:
		return words.Timeout
	case http.StatusRequestEntityTooLarge:
		return words.TooLarge
	case http.StatusUnsupportedMediaType:
		return words.Unsupported
	case http.StatusTooManyRequests:
		return words.TooMany
	case http.StatusServiceUnavailable:
		return words.Unavailable
	}
	if v.Status >= 500 {
		return words.Failure
	}
	return words.Refused
}
