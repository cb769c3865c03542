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
// headings, messages. The key in words.md is the yaml tag; the holds tag lists
// the words in braces that a phrase may use.
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
	Title             Phrase `yaml:"title" holds:"title,site"`
	SkipLink          Phrase `yaml:"skip-link"`
	Navigation        Phrase `yaml:"navigation"`
	Choose            Phrase `yaml:"choose"`
	RolesName         Phrase `yaml:"roles"`
	QuestionnaireName Phrase `yaml:"questionnaire" holds:"comparison"`
	ServicesName      Phrase `yaml:"services"`
	Footer            Phrase `yaml:"footer"`
	MethodName        Phrase `yaml:"method"`
	Markdown          Phrase `yaml:"markdown"`
}

// DateWords say how a day is written.
type DateWords struct {
	Date   Phrase `yaml:"date" holds:"day,month,year"`
	Months Phrase `yaml:"months"` // twelve, parted by commas
}

// ControlWords are on what the script adds.
type ControlWords struct {
	CopyLink  Phrase `yaml:"copy-link"`
	Copied    Phrase `yaml:"copied"`
	NotCopied Phrase `yaml:"not-copied"`
	Share     Phrase `yaml:"share"`
	Print     Phrase `yaml:"print"`
}

// ComparisonWords are on the page of a comparison.
type ComparisonWords struct {
	Kicker       Phrase `yaml:"kicker" holds:"edition"`
	Reviewed     Phrase `yaml:"reviewed" holds:"date"`
	Action       Phrase `yaml:"action"`
	ActionNote   Phrase `yaml:"action-note" holds:"n"`
	Contents     Phrase `yaml:"contents"`
	ShortAnswer  Phrase `yaml:"short-answer"`
	Answers      Phrase `yaml:"answers"`
	Task         Phrase `yaml:"task"`
	Does         Phrase `yaml:"does"`
	ServicesName Phrase `yaml:"services"`
	Siblings     Phrase `yaml:"siblings"`
	Sources      Phrase `yaml:"sources"`
}

// FAQWords are on the page of one question, and beside it.
type FAQWords struct {
	ComparisonName Phrase `yaml:"comparison"`
	More           Phrase `yaml:"more"`
}

// QuestionnaireWords are on the form.
type QuestionnaireWords struct {
	Description Phrase `yaml:"description" holds:"n,first,second"`
	ErrorTitle  Phrase `yaml:"error-title" holds:"title"`
	Wrong       Phrase `yaml:"problem"`
	Error       Phrase `yaml:"error"`
	Missing     Phrase `yaml:"missing" holds:"question"`
	Unknown     Phrase `yaml:"unknown" holds:"question,answer"`
	Dropped     Phrase `yaml:"dropped"`
	DroppedNote Phrase `yaml:"dropped-note"`
	Number      Phrase `yaml:"number" holds:"i"`
	Left        Phrase `yaml:"left" holds:"n"`
	Last        Phrase `yaml:"last"`
	Continue    Phrase `yaml:"continue"`
	Submit      Phrase `yaml:"submit"`
	SoFar       Phrase `yaml:"so-far"`
	Examples    Phrase `yaml:"examples"`
	Privacy     Phrase `yaml:"privacy"`
}

// RecommendationWords are on a recommendation.
type RecommendationWords struct {
	Kicker       Phrase `yaml:"kicker"`
	Stale        Phrase `yaml:"stale"`
	Decided      Phrase `yaml:"decided"`
	Here         Phrase `yaml:"here"`
	NotHere      Phrase `yaml:"not-here"`
	Counted      Phrase `yaml:"counted" holds:"n,total,role,reasons"`
	Now          Phrase `yaml:"now"`
	Later        Phrase `yaml:"later"`
	Out          Phrase `yaml:"out"`
	EitherWay    Phrase `yaml:"either-way"`
	WhatIfs      Phrase `yaml:"what-ifs"`
	Firm         Phrase `yaml:"firm"`
	FirmFacts    Phrase `yaml:"firm-facts"`
	Close        Phrase `yaml:"close"`
	StillOpen    Phrase `yaml:"open"`
	If           Phrase `yaml:"if" holds:"if"`
	Ask          Phrase `yaml:"ask"`
	Ways         Phrase `yaml:"ways" holds:"n,total"`
	Possible     Phrase `yaml:"possible"`
	Becomes      Phrase `yaml:"becomes"`
	Signs        Phrase `yaml:"signs"`
	Questions    Phrase `yaml:"questions"`
	Onward       Phrase `yaml:"onward"`
	ServicesName Phrase `yaml:"services"`
	Answers      Phrase `yaml:"answers"`
	NotAsked     Phrase `yaml:"not-asked"`
	Change       Phrase `yaml:"change"`
	ChangeAnswer Phrase `yaml:"change-answer" holds:"question"`
	Keep         Phrase `yaml:"keep"`
	KeepNote     Phrase `yaml:"keep-note"`
	Markdown     Phrase `yaml:"markdown"`
	Again        Phrase `yaml:"again"`
}

// SignWords say how signs stand.
type SignWords struct {
	Tally  Phrase `yaml:"tally" holds:"n,total"`
	Met    Phrase `yaml:"met"`
	Failed Phrase `yaml:"failed"`
	Open   Phrase `yaml:"open"`
}

// MethodWords are on the page that explains the method.
type MethodWords struct {
	Title        Phrase `yaml:"title"`
	PageTitle    Phrase `yaml:"page-title" holds:"comparison"`
	Description  Phrase `yaml:"description" holds:"n"`
	Intro        Phrase `yaml:"intro"`
	Version      Phrase `yaml:"version" holds:"version"`
	Signs        Phrase `yaml:"signs"`
	SignsNote    Phrase `yaml:"signs-note"`
	SignMet      Phrase `yaml:"sign-met"`
	SignFailed   Phrase `yaml:"sign-failed"`
	SignOpen     Phrase `yaml:"sign-open"`
	Questions    Phrase `yaml:"questions"`
	Fact         Phrase `yaml:"fact"`
	Amount       Phrase `yaml:"amount"`
	Judgment     Phrase `yaml:"judgment"`
	Meets        Phrase `yaml:"meets"`
	Fails        Phrase `yaml:"fails"`
	Nothing      Phrase `yaml:"nothing"`
	RulesNote    Phrase `yaml:"rules-note"`
	When         Phrase `yaml:"when"`
	OrWhen       Phrase `yaml:"or-when"`
	Otherwise    Phrase `yaml:"otherwise"`
	Is           Phrase `yaml:"is" holds:"sign,state"`
	IsNot        Phrase `yaml:"is-not" holds:"sign,state"`
	AtLeast      Phrase `yaml:"at-least" holds:"n,total,role,state"`
	AtMost       Phrase `yaml:"at-most" holds:"n,total,role,state"`
	AtLeastOf    Phrase `yaml:"at-least-of" holds:"n,signs,state"`
	AtMostOf     Phrase `yaml:"at-most-of" holds:"n,signs,state"`
	Quoted       Phrase `yaml:"quoted" holds:"sign"`
	Met          Phrase `yaml:"met"`
	Failed       Phrase `yaml:"failed"`
	Open         Phrase `yaml:"open"`
	Unsure       Phrase `yaml:"unsure"`
	UnsureNote   Phrase `yaml:"unsure-note"`
	Shares       Phrase `yaml:"shares"`
	SharesNote   Phrase `yaml:"shares-note" holds:"total"`
	Sold         Phrase `yaml:"sold" holds:"percent,organization"`
	Outcome      Phrase `yaml:"outcome"`
	Combinations Phrase `yaml:"combinations"`
	Percent      Phrase `yaml:"percent" holds:"n"`
	LessThanOne  Phrase `yaml:"less-than-one"`
	Certainty    Phrase `yaml:"certainty"`
	FirmNote     Phrase `yaml:"firm-note"`
	CloseNote    Phrase `yaml:"close-note"`
	OpenNote     Phrase `yaml:"open-note"`
	Try          Phrase `yaml:"try"`
}

// IndexWords are on the list of all comparisons.
type IndexWords struct {
	Choose       Phrase `yaml:"choose"`
	ChooseNote   Phrase `yaml:"choose-note"`
	ChooseAction Phrase `yaml:"choose-action"`
	NothingTold  Phrase `yaml:"nothing-chosen"`
	AllRoles     Phrase `yaml:"roles"`
	Comparisons  Phrase `yaml:"comparisons"`
	ServicesName Phrase `yaml:"services"`
}

// RoleWords are on the page of each role, and where all stand side by side.
type RoleWords struct {
	Title        Phrase `yaml:"title"`
	Description  Phrase `yaml:"description"`
	Need         Phrase `yaml:"need"`
	Purpose      Phrase `yaml:"purpose"`
	Question     Phrase `yaml:"question"`
	ServicesName Phrase `yaml:"services"`
	Comparisons  Phrase `yaml:"comparisons"`
}

// ServiceWords are on the list of services and on each of them.
type ServiceWords struct {
	Title       Phrase `yaml:"title"`
	Description Phrase `yaml:"description" holds:"organization"`
	Comparisons Phrase `yaml:"comparisons"`
}

// ProblemWords say what went wrong, a pair of phrases for each kind of problem,
// and how to go on.
type ProblemWords struct {
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
	Status      Phrase      `yaml:"status" holds:"status"`
	Request     Phrase      `yaml:"request" holds:"id"`
	GoOn        Phrase      `yaml:"go-on"`
	Home        Phrase      `yaml:"home"`
}

// ProblemText says what went wrong and what to do about it.
type ProblemText struct {
	Title Phrase `yaml:"title"`
	Text  Phrase `yaml:"text"`
}
