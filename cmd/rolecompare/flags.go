package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v3"
)

// withCommand adds the command that is meant where none is named.
func withCommand(args []string) []string {
	if len(args) == 0 {
		return []string{"serve"}
	}
	switch first := args[0]; {
	case first == "--version" || first == "-v":
		return []string{"version"}
	case first != "--help" && first != "-h" && strings.HasPrefix(first, "-"):
		return append([]string{"serve"}, args...)
	}
	return args
}

func command(stdout, stderr io.Writer) *cli.Command {
	wrongUse := func(_ context.Context, _ *cli.Command, err error, _ bool) error { return err }
	commands := []*cli.Command{{
		Name:  "serve",
		Usage: "serve the site; also what happens without a command",
		Flags: []cli.Flag{
			text("addr", ":8080", "listen on this `ADDRESS`"),
			text("base-url", "", "the site's public `ADDRESS`, such as https://compare.example; canonical links and previews need it"),
			text("content", "", "serve the content of this `FOLDER` rather than what is built in"),
			boolean("dev", "show drafts, and each change of the content folder as it is saved"),
			text("editor", "vscode://file/{path}:{line}:{column}", "in --dev, open a fault in your editor at this `ADDRESS`"),
			text("admin-addr", "", "serve metrics, version and profiles on this `ADDRESS`; keep it private"),
			text("drain", defaultDrain.String(), "on SIGTERM, tell balancers for this `TIME` before closing"),
			text("trusted-proxies", "", "believe these proxies when they say whom they ask for: `ADDRESSES` or networks, separated by commas"),
			text("tls-cert", "", "serve HTTPS with the certificate chain in this `FILE`"),
			text("tls-key", "", "… and the private key in this `FILE`"),
			text("log-format", "text", "`FORMAT` of the log: text or json"),
			text("log-level", "info", "log this `LEVEL` and above: debug, info, warn or error"),
		},
		Action: func(_ context.Context, c *cli.Command) error {
			o, err := readServeOptions(c)
			if err != nil {
				return err
			}
			return serve(o, stderr)
		},
	}, {
		Name:  "check",
		Usage: "report every fault of the content: of what is built in, or of a folder",
		Flags: []cli.Flag{
			text("content", "", "check this `FOLDER`"),
			boolean("update", "write links.txt and decisions.tsv anew: published links are added, never removed"),
			text("format", "text", "`FORMAT` of the report: text, json, or github (annotations)"),
		},
		Action: func(_ context.Context, c *cli.Command) error {
			return check(c.String("content"), c.Bool("update"), c.String("format"), stdout)
		},
	}, {
		Name:      "new",
		Usage:     "begin a new comparison: write a complete folder to edit",
		ArgsUsage: "SLUG",
		Flags: []cli.Flag{
			text("first", "", "the `NAME` of the role that a business usually needs first, such as \"Gardener\""),
			text("second", "", "the `NAME` of the other role"),
			text("content", "content", "the content `FOLDER` to write into"),
		},
		Action: func(_ context.Context, c *cli.Command) error {
			return begin(c.Args().First(), c.String("first"), c.String("second"), c.String("content"), stdout)
		},
	}, {
		Name:  "schema",
		Usage: "write JSON Schemas of the front matter, for editors that check as one types",
		Flags: []cli.Flag{text("content", "content", "the content `FOLDER` to write into")},
		Action: func(_ context.Context, c *cli.Command) error {
			return schemas(c.String("content"), stdout)
		},
	}, {
		Name:  "health",
		Usage: "ask the server on this machine whether it is ready",
		Flags: []cli.Flag{&cli.StringFlag{Name: "addr", Usage: "the `ADDRESS` on which the server listens"}},
		Action: func(_ context.Context, c *cli.Command) error {
			return health(cmp.Or(c.String("addr"), served("/proc/1/cmdline"), address(c), ":8080"), stdout)
		},
	}, {
		Name:  "version",
		Usage: "say which build this is",
		Action: func(context.Context, *cli.Command) error {
			b := build()
			_, err := fmt.Fprintf(stdout, "rolecompare %s %s %s\n", b.Version, b.Go, b.Platform)
			return err
		},
	}}
	for _, c := range commands {
		c.OnUsageError = wrongUse
		c.HideHelpCommand = true
		c.ArgValidator = checkArguments
	}
	return &cli.Command{
		Name:           "rolecompare",
		Usage:          "compare two roles side by side, and recommend one by a questionnaire",
		Description:    "Every flag is also an environment variable: ROLECOMPARE_ and its name in capitals.\nPORT is honoured, too.",
		Commands:       commands,
		Writer:         stdout,
		ErrWriter:      stderr,
		OnUsageError:   wrongUse,
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
		Action: func(_ context.Context, c *cli.Command) error {
			return fmt.Errorf("there is no command “%s”", c.Args().First())
		},
	}
}

// checkArguments refuses more arguments than a command needs, and fewer.
func checkArguments(_ context.Context, c *cli.Command) error {
	need := len(strings.Fields(c.ArgsUsage))
	if c.Args().Len() > need {
		return fmt.Errorf("“rolecompare %s” has no use for “%s”", c.Name, c.Args().Get(need))
	}
	if c.Args().Len() < need {
		return fmt.Errorf("“rolecompare %s” needs a %s", c.Name, c.ArgsUsage)
	}
	return nil
}

func text(name, value, usage string) *cli.StringFlag {
	return &cli.StringFlag{Name: name, Value: value, Usage: usage, Sources: env(name)}
}

func boolean(name, usage string) *cli.BoolFlag {
	return &cli.BoolFlag{Name: name, Usage: usage, Sources: env(name)}
}

// env is the variable that stands for a flag. One that is set to nothing counts
// as unset: that is how many a service file leaves a choice open.
func env(flag string) cli.ValueSourceChain {
	variable := "ROLECOMPARE_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
	if os.Getenv(variable) == "" {
		os.Unsetenv(variable)
	}
	return cli.EnvVars(variable)
}

// address returns --addr, or what PORT says where nobody gave one.
func address(c *cli.Command) string {
	if port := os.Getenv("PORT"); port != "" && !c.IsSet("addr") {
		return ":" + port
	}
	return c.String("addr")
}

// serveOptions are the flags of serve, read and checked.
type serveOptions struct {
	Addr, AdminAddr string
	BaseURL         string // no slash at the end
	Content         string // a folder; empty: what is built in
	Dev             bool
	Editor          string // the address that opens a file
	Drain           time.Duration
	TrustedProxies  []netip.Prefix
	TLSCert, TLSKey string
	JSON            bool // logs
	Level           slog.Level
}

func readServeOptions(c *cli.Command) (o serveOptions, err error) {
	o = serveOptions{
		Addr:      address(c),
		AdminAddr: c.String("admin-addr"),
		BaseURL:   strings.TrimRight(c.String("base-url"), "/"),
		Content:   c.String("content"),
		Dev:       c.Bool("dev"),
		Editor:    c.String("editor"),
		TLSCert:   c.String("tls-cert"),
		TLSKey:    c.String("tls-key"),
		JSON:      c.String("log-format") == "json",
	}
	for flag, addr := range map[string]string{"addr": o.Addr, "admin-addr": o.AdminAddr} {
		if _, _, err := net.SplitHostPort(addr); addr != "" && err != nil {
			return o, fmt.Errorf("--%s: “%s” is no address to listen on; write it as :8080 or 127.0.0.1:8080", flag, addr)
		}
	}
	if o.BaseURL != "" {
		u, err := url.Parse(o.BaseURL)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || o.BaseURL != u.Scheme+"://"+u.Host {
			return o, fmt.Errorf("--base-url: “%s” is no site's address; write it as https://compare.example, with nothing after the host", o.BaseURL)
		}
	}
	if o.Dev && o.Content == "" {
		return o, fmt.Errorf("--dev shows changes of a folder; name it with --content")
	}
	if o.Drain, err = time.ParseDuration(c.String("drain")); err != nil || o.Drain < 0 {
		return o, fmt.Errorf("--drain: “%s” is no length of time; write it as 5s or 1m30s", c.String("drain"))
	}
	if o.Dev && !c.IsSet("drain") {
		o.Drain = 0 // no balancer watches an editor's server
	}
	for part := range strings.FieldsSeq(strings.ReplaceAll(c.String("trusted-proxies"), ",", " ")) {
		network, err := netip.ParsePrefix(part)
		if addr, noAddr := netip.ParseAddr(part); noAddr == nil {
			network, err = addr.Prefix(addr.BitLen())
		}
		if err != nil {
			return o, fmt.Errorf("--trusted-proxies: “%s” is neither an address nor a network; write it as 10.0.0.1 or 10.0.0.0/8", part)
		}
		o.TrustedProxies = append(o.TrustedProxies, network.Masked())
	}
	if (o.TLSCert == "") != (o.TLSKey == "") {
		return o, fmt.Errorf("--tls-cert and --tls-key belong together; give both or neither")
	}
	if format := c.String("log-format"); format != "text" && format != "json" {
		return o, fmt.Errorf("--log-format: “%s” is neither text nor json", format)
	}
	if err := o.Level.UnmarshalText([]byte(c.String("log-level"))); err != nil {
		return o, fmt.Errorf("--log-level: “%s” is none of debug, info, warn and error", c.String("log-level"))
	}
	return o, nil
}
