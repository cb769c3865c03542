package page

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rolecompare/internal/comparison"
)

// Phrase is a piece of the interface's wording, kept in content/words.md so
// that its authors own it too. Words in braces, "{n} questions", are filled in
// when it is shown. A phrase of two forms parted by " | " is for one and for
// any other number: "{n} question | {n} questions".
type Phrase string

// Set takes what an author wrote. holds lists the words in braces that the
// phrase may use, parted by commas.
func (p *Phrase) Set(text, holds string) error {
	known := strings.Split(holds, ",")
	if strings.Count(text, " | ") > 1 {
		return errors.New("the phrase has more than two forms; write one for 1 and one for any other number, with one “ | ” between them")
	}
	for _, part := range strings.Split(text, "{")[1:] {
		word, _, closed := strings.Cut(part, "}")
		switch {
		case !closed:
			return errors.New("a brace in the phrase is never closed; write the word that is filled in between { and }")
		case holds == "":
			return fmt.Errorf("the phrase cannot use {%s}; it may use none; remove it", word)
		case !slices.Contains(known, word):
			return fmt.Errorf("the phrase cannot use {%s}; it may use {%s}", word, strings.Join(known, "}, {"))
		}
	}
	*p = Phrase(text)
	return nil
}

// With fills the phrase in: With("n", 7, "role", "Gardener"). The form for one
// is chosen where "n" is 1.
func (p Phrase) With(pairs ...any) string {
	text, many, both := strings.Cut(string(p), " | ")
	if n := slices.Index(pairs, "n") + 1; both && (n == 0 || pairs[n] != 1) {
		text = many
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i].(string)+"}", fmt.Sprint(pairs[i+1]))
	}
	return text
}

// Around returns what stands before and after a word in braces, for where that
// word is more than text: a link, a date.
func (p Phrase) Around(word string) (before, after string) {
	before, after, _ = strings.Cut(string(p), "{"+word+"}")
	return before, after
}

func (p Phrase) String() string { return string(p) }

// Words is every word of the interface that belongs to no comparison: labels,
// headings, messages. The key in words.md is the yaml tag, or else the name in small
// letters; the holds tag lists the words in braces that a phrase may use.
type Words struct {
	OnFrame          FrameWords          `yaml:"frame"`
	Dates            DateWords           `yaml:"dates"`
	Controls         ControlWords        `yaml:"controls"`
	OnComparison     ComparisonWords     `yaml:"comparison"`
	OnFAQ            FAQWords            `yaml:"faq"`
	OnQuestionnaire  QuestionnaireWords  `yaml:"questionnaire"`
	OnRecommendation RecommendationWords `yaml:"recommendation"`
	Signs            SignWords           `yaml:"signs"`
	OnMethod         MethodWords         `yaml:"method"`
	OnIndex          IndexWords          `yaml:"index"`
	OnRoles          RoleWords           `yaml:"roles"`
	OnServices       ServiceWords        `yaml:"services"`
	OnProblem        ProblemWords        `yaml:"problem"`
}

// Standing says how an outcome stands to a role.
func (w *Words) Standing(s comparison.Standing) string {
	words := &w.OnRecommendation
	return [...]Phrase{comparison.Out: words.Out, comparison.Later: words.Later, comparison.Now: words.Now}[s].String()
}

// FrameWords are the words around every page.
type FrameWords struct {
	SkipLink, Navigation, Choose, Footer, Markdown Phrase

	Title             Phrase `holds:"title,site"`
	RolesName         Phrase `yaml:"roles"`
	QuestionnaireName Phrase `yaml:"questionnaire" holds:"comparison"`
	ServicesName      Phrase `yaml:"services"`
	MethodName        Phrase `yaml:"method"`
}

// DateWords say how a day is written.
type DateWords struct {
	Date   Phrase `holds:"day,month,year"`
	Months Phrase // twelve, parted by commas
}

// ControlWords are on what the script adds.
type ControlWords struct {
	CopyLink, Copied, NotCopied, Share, Print Phrase
}

// ComparisonWords are on the page of a comparison.
type ComparisonWords struct {
	Action, Contents, ShortAnswer, Answers, Task, Does, Siblings, Sources Phrase

	Kicker       Phrase `holds:"edition"`
	Reviewed     Phrase `holds:"date"`
	ActionNote   Phrase `holds:"n"`
	ServicesName Phrase `yaml:"services"`
}

// FAQWords are on the page of one question, and beside it.
type FAQWords struct {
	More Phrase

	ComparisonName Phrase `yaml:"comparison"`
}

// QuestionnaireWords are on the form.
type QuestionnaireWords struct {
	Error, Dropped, DroppedNote, Last, Continue, Submit, SoFar, Examples, Privacy Phrase

	Description Phrase `holds:"n,first,second"`
	ErrorTitle  Phrase `holds:"title"`
	Wrong       Phrase `yaml:"problem"`
	Missing     Phrase `holds:"question"`
	Unknown     Phrase `holds:"question,answer"`
	Number      Phrase `holds:"i"`
	Left        Phrase `holds:"n"`
}

// RecommendationWords are on a recommendation.
type RecommendationWords struct {
	Kicker, Stale, Decided, Here, NotHere, Now, Later, Out, EitherWay, WhatIfs, Firm, FirmFacts Phrase
	Close, Ask, Possible, Becomes, Signs, Questions, Onward, Answers, NotAsked, Change, Keep    Phrase
	KeepNote, Markdown, Again                                                                   Phrase

	Counted      Phrase `holds:"n,total,role,reasons"`
	StillOpen    Phrase `yaml:"open"`
	If           Phrase `holds:"if"`
	Ways         Phrase `holds:"n,total"`
	ServicesName Phrase `yaml:"services"`
	ChangeAnswer Phrase `holds:"question"`
}

// SignWords say how signs stand.
type SignWords struct {
	Met, Failed, Open Phrase

	Tally Phrase `holds:"n,total"`
}

// MethodWords are on the page that explains the method.
type MethodWords struct {
	Title, Intro, Signs, SignsNote, SignMet, SignFailed, SignOpen, Questions, Fact, Amount         Phrase
	Judgment, Meets, Fails, Nothing, RulesNote, When, OrWhen, Otherwise, Met, Failed, Open, Unsure Phrase
	UnsureNote, Shares, Outcome, Combinations, LessThanOne, Certainty, FirmNote, CloseNote         Phrase
	OpenNote, Try                                                                                  Phrase

	PageTitle   Phrase `holds:"comparison"`
	Description Phrase `holds:"n"`
	Version     Phrase `holds:"version"`
	Is          Phrase `holds:"sign,state"`
	IsNot       Phrase `holds:"sign,state"`
	AtLeast     Phrase `holds:"n,total,role,state"`
	AtMost      Phrase `holds:"n,total,role,state"`
	AtLeastOf   Phrase `holds:"n,signs,state"`
	AtMostOf    Phrase `holds:"n,signs,state"`
	Quoted      Phrase `holds:"sign"`
	SharesNote  Phrase `holds:"total"`
	Sold        Phrase `holds:"percent,organization"`
	Percent     Phrase `holds:"n"`
}

// IndexWords are on the list of all comparisons.
type IndexWords struct {
	Choose, ChooseNote, ChooseAction, Comparisons Phrase

	NothingTold  Phrase `yaml:"nothing-chosen"`
	AllRoles     Phrase `yaml:"roles"`
	ServicesName Phrase `yaml:"services"`
}

// RoleWords are on the page of each role, and where all stand side by side.
type RoleWords struct {
	Title, Description, Need, Purpose, Question, Comparisons Phrase

	ServicesName Phrase `yaml:"services"`
}

// ServiceWords are on the list of services and on each of them.
type ServiceWords struct {
	Title, Comparisons Phrase

	Description Phrase `holds:"organization"`
}

// ProblemWords say what went wrong, a pair of phrases for each kind of problem,
// and how to go on.
type ProblemWords struct {
	GoOn, Home Phrase

	BadRequest  ProblemText `yaml:"bad-request"` // 400
	Forbidden   ProblemText `yaml:"forbidden"`   // 403
	NotFound    ProblemText `yaml:"not-found"`   // 404
	NotAllowed  ProblemText `yaml:"method"`      // 405
	Timeout     ProblemText `yaml:"timeout"`     // 408
	TooLarge    ProblemText `yaml:"too-large"`   // 413
	Unsupported ProblemText `yaml:"unsupported"` // 415
	TooMany     ProblemText `yaml:"too-many"`    // 429
	Failure     ProblemText `yaml:"failure"`     // 500
	Unavailable ProblemText `yaml:"unavailable"` // 503
	Refused     ProblemText `yaml:"refused"`     // any other below 500
	Status      Phrase      `holds:"status"`
	Request     Phrase      `holds:"id"`
}

// ProblemText says what went wrong and what to do about it.
type ProblemText struct {
	Title, Text Phrase
}
