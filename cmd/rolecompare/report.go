package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"rolecompare/internal/comparison"
)

// report writes the faults and the summary in the given format.
func report(w io.Writer, format string, faults comparison.Faults, summary string) error {
	switch format {
	case "json":
		return reportJSON(w, faults, summary)
	case "github":
		reportGitHub(w, faults)
	default:
		if len(faults) > 0 {
			fmt.Fprintf(w, "%v\n\n", faults)
		}
	}
	_, err := fmt.Fprintln(w, summary)
	return err
}

// reportJSON writes one object, for editors and other programs. Lines and
// columns count from 1; both are 0 where a fault concerns a file as a whole.
func reportJSON(w io.Writer, faults comparison.Faults, summary string) error {
	type item struct {
		File     string `json:"file"`
		Line     int    `json:"line"`
		Column   int    `json:"column"`
		Severity string `json:"severity"` // "error" or "warning"
		What     string `json:"what"`
		Do       string `json:"do"`
		Source   string `json:"source,omitempty"`
	}
	all := struct {
		Faults  []item `json:"faults"`
		Summary string `json:"summary"`
	}{[]item{}, summary}
	for _, f := range faults {
		all.Faults = append(all.Faults, item{f.At.File, f.At.Line, f.At.Column, severity(f), f.What, f.Do, f.Source})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(all)
}

// reportGitHub writes an annotation a fault, which GitHub shows beside the line.
func reportGitHub(w io.Writer, faults comparison.Faults) {
	message := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range faults {
		where := "file=" + property.Replace(filepath.ToSlash(f.At.File))
		if f.At.Line > 0 {
			where += fmt.Sprintf(",line=%d,col=%d", f.At.Line, f.At.Column)
		}
		said := f.What
		if f.Do != "" {
			said += "; " + f.Do
		}
		fmt.Fprintf(w, "::%s %s::%s\n", severity(f), where, message.Replace(said))
	}
}

func severity(f comparison.Fault) string {
	if f.Warning {
		return "warning"
	}
	return "error"
}

// count says how many there are: "1 fault", "2 faults", "8,640 combinations".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits + " " + many
}
