package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"
)

// request is what one measurement sends, one variant after the other, and the
// status that the answers must have.
type request struct {
	name     string // as the table shows it
	addr     string
	variants [][]byte
	status   int
}

// connection is a client's end of a kept connection. It does no more than the
// measurement needs, so that the server is what limits it: net/http's own
// client costs more than the server does.
type connection struct {
	net.Conn
	in *bufio.Reader
}

func dial(addr string) (*connection, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &connection{c, bufio.NewReaderSize(c, 32<<10)}, nil
}

var (
	contentLength = []byte("Content-Length: ")
	chunked       = []byte("Transfer-Encoding: chunked")
)

// do sends variant i of the request and reads the whole answer. It returns the
// number of bytes received.
func (c *connection) do(r request, i int) (int, error) {
	if _, err := c.Write(r.variants[i%len(r.variants)]); err != nil {
		return 0, err
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, fmt.Errorf("%s: answered %q", r.name, line)
	}
	if status, _ := strconv.Atoi(string(line[9:12])); status != r.status {
		return 0, fmt.Errorf("%s: answered %q, want status %d", r.name, bytes.TrimSpace(line), r.status)
	}
	received, length, chunks := len(line), 0, false
	for {
		line, err = c.in.ReadSlice('\n')
		if err != nil {
			return received, err
		}
		received += len(line)
		if len(line) == 2 {
			break
		}
		if value, ok := bytes.CutPrefix(line, contentLength); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return received, err
			}
		}
		chunks = chunks || bytes.HasPrefix(line, chunked)
	}
	if !chunks {
		n, err := c.in.Discard(length)
		return received + n, err
	}
	for {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return received, err
		}
		size, err := strconv.ParseUint(string(bytes.TrimSpace(line)), 16, 31)
		if err != nil {
			return received, err
		}
		received += len(line)
		n, err := c.in.Discard(int(size) + 2)
		received += n
		if err != nil || size == 0 {
			return received, err
		}
	}
}

// throughput sends the request over that many connections for that long, each
// as soon as the answer to the last one is in. It returns requests a second.
func throughput(r request, connections int, d time.Duration) (float64, error) {
	var wg sync.WaitGroup
	counts := make([]int, connections)
	faults := make([]error, connections)
	start := time.Now()
	for i := range connections {
		wg.Go(func() {
			c, err := dial(r.addr)
			if err != nil {
				faults[i] = err
				return
			}
			defer c.Close()
			for time.Since(start) < d {
				// Each connection begins with another variant.
				if _, err := c.do(r, i*len(r.variants)/connections+counts[i]); err != nil {
					faults[i] = err
					return
				}
				counts[i]++
			}
		})
	}
	wg.Wait()
	took := time.Since(start)
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return float64(sum) / took.Seconds(), errors.Join(faults...)
}

// latency sends the request at a constant rate for that long, whether or not
// earlier answers are in, and returns the 99th percentile of the time from when
// each was due to when its answer was whole. A server that falls behind cannot
// hide it by slowing the client down.
func latency(r request, rate, connections int, d time.Duration) (time.Duration, error) {
	due := make(chan time.Time, rate) // a second's worth may wait for a connection
	var wg sync.WaitGroup
	times := make([][]time.Duration, connections)
	faults := make([]error, connections)
	for i := range connections {
		wg.Go(func() {
			c, err := dial(r.addr)
			if err != nil {
				faults[i] = err
			} else {
				defer c.Close()
			}
			for at := range due {
				if faults[i] != nil {
					continue // drain
				}
				if _, err := c.do(r, len(times[i])); err != nil {
					faults[i] = err
					continue
				}
				times[i] = append(times[i], time.Since(at))
			}
		})
	}
	tick := time.NewTicker(time.Millisecond)
	start := time.Now()
	for sent := 0; ; {
		now := <-tick.C
		for ; sent < int(now.Sub(start).Seconds()*float64(rate)); sent++ {
			due <- start.Add(time.Duration(float64(sent+1) / float64(rate) * float64(time.Second)))
		}
		if now.Sub(start) >= d {
			break
		}
	}
	tick.Stop()
	close(due)
	wg.Wait()
	all := slices.Concat(times...)
	if len(all) == 0 {
		return 0, errors.Join(append(faults, errors.New(r.name+": no answers"))...)
	}
	slices.Sort(all)
	return all[len(all)*99/100], errors.Join(faults...)
}

func median(xs []float64) float64 {
	slices.Sort(xs)
	if n := len(xs); n%2 == 0 {
		return (xs[n/2-1] + xs[n/2]) / 2
	}
	return xs[len(xs)/2]
}
