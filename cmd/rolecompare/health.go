package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// health asks the server that listens on addr of this machine whether it is
// ready, which is what a container's health check wants to know.
func health(addr string, stdout io.Writer) error {
	status, body, err := ask("http://" + addr + "/readyz")
	if status == http.StatusBadRequest && strings.Contains(body, "HTTPS server") {
		status, _, err = ask("https://" + addr + "/readyz")
	}
	if err != nil {
		return failed("no server answers at %s", addr)
	}
	if status != http.StatusOK {
		return failed("the server at %s is not ready: it answers %d", addr, status)
	}
	fmt.Fprintln(stdout, "ready")
	return nil
}

// served returns where the server listens whose health a container's own check asks
// for: its first process may have been started with --addr, which no variable tells.
func served(cmdline string) string {
	line, _ := os.ReadFile(cmdline) // where there is none, there is no container
	_, rest, found := strings.Cut(string(line), "\x00--addr")
	if ours := strings.Contains(string(line), filepath.Base(os.Args[0])+"\x00"); found && ours && rest != "" && rest[0] != '-' {
		rest, _, _ = strings.Cut(rest[1:], "\x00")
		return rest
	}
	return os.Getenv("ROLECOMPARE_ADDR")
}

// ask takes no proxy and believes any certificate: it talks to this machine only,
// whose certificate names the public host.
func ask(url string) (status int, body string, err error) {
	client := http.Client{
		Timeout:   3 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}},
	}
	resp, err := client.Get(url)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(b), err
}
