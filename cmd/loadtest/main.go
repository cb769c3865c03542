// Loadtest measures this site beside a bare net/http handler, which is the most
// that any server of this stack can do, and beside a usual one, which renders
// and compresses its page on each request:
//
//	go run ./cmd/loadtest
//
// It starts itself a second time as the server, so that the server has one
// processor and the load another, and asks over loopback only. Each round
// measures every kind of request for a moment, in turn, so that a machine whose
// speed drifts does so for all of them; what is printed are the medians, and
// their ratio to the bare handler's. Access log and counters are on.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"runtime"
	"text/tabwriter"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("loadtest: ")
	var (
		serving     = flag.Bool("serve", false, "be the server (used by loadtest itself)")
		rounds      = flag.Int("rounds", 12, "how often each kind of request is measured, 1 to 100")
		moment      = flag.Duration("moment", 400*time.Millisecond, "how long each measurement takes, 10ms to 10s")
		connections = flag.Int("connections", 16, "how many connections ask at once, 1 to 256")
		rate        = flag.Int("rate", 1000, "requests a second for the latency, 1 to 10000")
	)
	flag.Parse()
	if *rounds < 1 || *rounds > 100 || *moment < 10*time.Millisecond || *moment > 10*time.Second ||
		*connections < 1 || *connections > 256 || *rate < 1 || *rate > 10000 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	runtime.GOMAXPROCS(1)
	run := func() error { return measure(*rounds, *moment, *connections, *rate) }
	if *serving {
		run = serve
	}
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

// start runs the server and returns what it serves, and how to end it.
func start() (served, func(), error) {
	program, err := os.Executable()
	if err != nil {
		return served{}, nil, err
	}
	server := exec.Command(program, "-serve")
	server.Stderr = os.Stderr
	stdin, err := server.StdinPipe()
	if err != nil {
		return served{}, nil, err
	}
	stdout, err := server.StdoutPipe()
	if err != nil {
		return served{}, nil, err
	}
	if err := server.Start(); err != nil {
		return served{}, nil, err
	}
	stop := func() {
		stdin.Close() // the server ends with its standard input
		server.Wait()
	}
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil {
		stop()
		return served{}, nil, fmt.Errorf("the server did not start: %w", err)
	}
	var s served
	if err := json.Unmarshal(line, &s); err != nil {
		stop()
		return served{}, nil, err
	}
	return s, stop, nil
}

func measure(rounds int, moment time.Duration, connections, rate int) error {
	s, stop, err := start()
	if err != nil {
		return err
	}
	defer stop()
	requests := s.requests()

	perSecond := make([][]float64, len(requests))
	sizes := make([]int, len(requests))
	for i, r := range requests {
		c, err := dial(r.addr)
		if err != nil {
			return err
		}
		if sizes[i], err = c.do(r, 0); err != nil {
			return err
		}
		c.Close()
	}
	for round := range rounds + 1 { // the first one warms up
		for i, r := range requests {
			n, err := throughput(r, connections, moment)
			if err != nil {
				return err
			}
			if round > 0 {
				perSecond[i] = append(perSecond[i], n)
			}
		}
	}
	p99 := make([][]float64, len(requests))
	for range max(1, rounds/4) {
		for i, r := range requests {
			t, err := latency(r, rate, connections, 5*moment)
			if err != nil {
				return err
			}
			p99[i] = append(p99[i], float64(t.Microseconds()))
		}
	}
	print(os.Stdout, requests, sizes, perSecond, p99, rate)
	return nil
}

// print writes the table. The first request is what the others are held
// against.
func print(to io.Writer, requests []request, sizes []int, perSecond, p99 [][]float64, rate int) {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\tbytes\trequests/s\tof bare\tp99 at %d/s\tof bare\t\n", rate)
	bare, bareP99 := median(perSecond[0]), median(p99[0])
	for i, r := range requests {
		n, t := median(perSecond[i]), median(p99[i])
		fmt.Fprintf(w, "%s\t%d\t%.0f\t%.2f\t%.0f µs\t%.2f\t\n", r.name, sizes[i], n, n/bare, t, t/bareP99)
	}
	w.Flush()
	fmt.Fprintf(to, "Medians of %d rounds; %s %s/%s, the server on one processor.\n", len(perSecond[0]), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
