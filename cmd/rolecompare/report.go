package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"rolecompare/internal/comparison"
)

func report(w io.Writer, format string, found comparison.Diagnostics, summary string) error {
	switch format {
	case "json":
		return reportJSON(w, found, summary)
	case "github":
		reportGitHub(w, found)
	default:
		if len(found) > 0 {
			fmt.Fprintf(w, "%v\n\n", found)
		}
	}
	_, err := fmt.Fprintln(w, summary)
	return err
}

// reportJSON writes one object, for editors and other programs. Lines and
// columns count from 1; both are 0 where a diagnostic concerns a file as a whole.
func reportJSON(w io.Writer, found comparison.Diagnostics, summary string) error {
	type item struct {
		File     string `json:"file"`
		Line     int    `json:"line"`
		Column   int    `json:"column"`
		Severity string `json:"severity"` // "error" or "warning"
		What     string `json:"what"`
		Do       string `json:"do"`
		Source   string `json:"source,omitempty"`
		Details  string `json:"details,omitempty"`
		Follow   int    `json:"follow,omitempty"` // how many others follow from it, and are not reported
	}
	all := struct {
		Faults  []item `json:"faults"`
		Summary string `json:"summary"`
	}{[]item{}, summary}
	for _, f := range found {
		all.Faults = append(all.Faults, item{f.At.File, f.At.Line, f.At.Column, severity(f), f.Message, f.Hint, f.Source, f.Details, f.Follow})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(all)
}

// reportGitHub writes an annotation each, which GitHub shows beside the line.
func reportGitHub(w io.Writer, found comparison.Diagnostics) {
	message := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range found {
		where := "file=" + property.Replace(f.At.File)
		if f.At.Line > 0 {
			where += fmt.Sprintf(",line=%d,col=%d", f.At.Line, f.At.Column)
		}
		said := strings.TrimSpace(f.Text() + "\n" + f.Details)
		fmt.Fprintf(w, "::%s %s::%s\n", severity(f), where, message.Replace(said))
	}
}

func severity(f comparison.Diagnostic) string {
	if f.Warning {
		return "warning"
	}
	return "error"
}

// tally says how many faults there are, and warnings if any.
func tally(found comparison.Diagnostics) string {
	warnings := 0
	for _, d := range found {
		if d.Warning {
			warnings++
		}
	}
	said := "No faults"
	if n := len(found) - warnings; n > 0 {
		said = count(n, "fault", "faults")
	}
	if warnings > 0 {
		said += " and " + count(warnings, "warning", "warnings")
	}
	return said
}

// count says how many there are: "1 fault", "2 faults", "8,640 combinations".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return comparison.Number(n) + " " + many
}
