// Rolecompare serves a site that compares two roles and recommends one by a
// questionnaire. One program holds everything: content, pages, styles, icons.
//
//	rolecompare                          serve the embedded content on :8080
//	rolecompare serve --addr :9000 --base-url https://compare.example
//	rolecompare serve --content DIR --dev
//	                                     serve a folder, and show each change as it is saved
//	rolecompare check --content DIR      report every fault of a folder
//	rolecompare new SLUG --first "Role" --second "Role" --content DIR
//	                                     begin a new comparison
//	rolecompare schema                   write JSON Schemas of the front matter, for editors
//	rolecompare health                   ask a running server whether it is ready
//	rolecompare version                  say which build this is
//
// "rolecompare COMMAND --help" lists a command's flags. Each is also an
// environment variable: --base-url is ROLECOMPARE_BASE_URL. Where neither names
// an address, PORT is honoured.
//
// The exit status is 1 if something went wrong (faulty content, a port in use)
// and 2 if the program was called wrongly.
//
// While it serves, SIGHUP re-reads the content folder and the TLS certificate:
// what is faulty is logged, and what was good before keeps serving. SIGTERM or
// SIGINT makes /readyz answer 503 for --drain, then finishes what is under way
// and ends; a second one ends at once.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	err := command(stdout, stderr).Run(context.Background(), append([]string{"rolecompare"}, withCommand(args)...))
	if err == nil {
		return 0
	}
	if errors.Is(err, errReported) {
		return 1
	}
	if _, ok := errors.AsType[failure](err); ok {
		fmt.Fprintf(stderr, "rolecompare: %v\n", err)
		return 1
	}
	fmt.Fprintf(stderr, "rolecompare: %v; “rolecompare help” tells what there is\n", err)
	return 2
}

// failure is an error that is no fault of how the program was called.
type failure struct{ error }

// failed says what went wrong, in the words of whoever runs the program.
func failed(format string, values ...any) error {
	return failure{fmt.Errorf(format, values...)}
}

// errReported is a failure of which everything has been said.
var errReported = errors.New("everything was said")
