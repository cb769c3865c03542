package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// health asks the server that listens on addr of this machine whether it is
// ready, which is what a container's health check wants to know.
func health(ctx context.Context, addr string, stdout io.Writer) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("--addr: “%s” is no address; write it as :8080 or 127.0.0.1:8080", addr)
	}
	switch host { // where every address is listened on, ask one
	case "", "0.0.0.0":
		host = "127.0.0.1"
	case "::":
		host = "::1"
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()

	status, body, err := ask(ctx, "http://"+net.JoinHostPort(host, port)+"/readyz")
	if err == nil && status == http.StatusBadRequest && strings.Contains(body, "HTTPS server") {
		status, _, err = ask(ctx, "https://"+net.JoinHostPort(host, port)+"/readyz")
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return failed("the server at %s does not answer", addr)
	case err != nil:
		return failed("no server answers at %s", addr)
	case status != http.StatusOK:
		return failed("the server at %s is not ready: it answers %d", addr, status)
	}
	fmt.Fprintln(stdout, "ready")
	return nil
}

// client keeps no connection, takes no proxy and believes any certificate: it
// talks to this machine only, whose certificate names the public host.
var client = &http.Client{Transport: &http.Transport{
	DisableKeepAlives: true,
	TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
}}

func ask(ctx context.Context, url string) (status int, body string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, 1024))
	return resp.StatusCode, string(b), err
}
