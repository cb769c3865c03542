package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/urfave/cli/v3"
)

// serveByDefault puts the word "serve" before arguments that begin with a flag,
// or where there are none.
func serveByDefault(args []string) []string {
	if len(args) == 0 {
		return []string{"serve"}
	}
	switch first := args[0]; {
	case first == "-h" || first == "--help" || first == "-v" || first == "--version":
		return args
	case strings.HasPrefix(first, "-"):
		return append([]string{"serve"}, args...)
	}
	return args
}

// command returns the program's commands and their flags.
func command(stdout, stderr io.Writer) *cli.Command {
	wrongUse := func(_ context.Context, _ *cli.Command, err error, _ bool) error { return err }
	commands := []*cli.Command{{
		Name:  "serve",
		Usage: "serve the site; also what happens without a command",
		Flags: []cli.Flag{
			addrFlag("listen on this `ADDRESS`"),
			text("base-url", "", "the site's public `ADDRESS`, such as https://compare.example; canonical links and previews need it"),
			text("content", "", "serve the content of this `FOLDER` rather than what is built in"),
			boolean("dev", "show drafts, and each change of the content folder as it is saved"),
			text("admin-addr", "", "serve metrics, version and profiles on this `ADDRESS`; keep it private"),
			text("drain", defaultDrain.String(), "on SIGTERM, tell balancers for this `TIME` before closing"),
			text("trusted-proxies", "", "believe these proxies when they say whom they ask for: `ADDRESSES` or networks, separated by commas"),
			text("tls-cert", "", "serve HTTPS with the certificate chain in this `FILE`"),
			text("tls-key", "", "… and the private key in this `FILE`"),
			text("log-format", "text", "`FORMAT` of the log: text or json"),
			text("log-level", "info", "log this `LEVEL` and above: debug, info, warn or error"),
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			o, err := readServeOptions(c)
			if err != nil {
				return err
			}
			return serve(ctx, o, stderr)
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
			o := checkOptions{Content: c.String("content"), Update: c.Bool("update"), Format: c.String("format")}
			if err := o.check(); err != nil {
				return err
			}
			return check(o, stdout)
		},
	}, {
		Name:      "new",
		Usage:     "begin a new comparison: write a complete folder to edit",
		ArgsUsage: "SLUG",
		Flags: []cli.Flag{
			text("first", "", "the first role's `NAME`, such as \"Gardener\""),
			text("second", "", "the second role's `NAME`"),
			text("content", "content", "the content `FOLDER` to write into"),
		},
		Action: func(_ context.Context, c *cli.Command) error {
			o := newOptions{Slug: c.Args().First(), First: c.String("first"), Second: c.String("second"), Content: c.String("content")}
			if err := o.check(); err != nil {
				return err
			}
			return begin(o, stdout)
		},
	}, {
		Name:  "health",
		Usage: "ask the server on this machine whether it is ready",
		Flags: []cli.Flag{addrFlag("the `ADDRESS` on which the server listens")},
		Action: func(ctx context.Context, c *cli.Command) error {
			return health(ctx, address(c), stdout)
		},
	}, {
		Name:  "version",
		Usage: "say which build this is",
		Action: func(context.Context, *cli.Command) error {
			return printVersion(stdout)
		},
	}}
	for _, c := range commands {
		c.OnUsageError = wrongUse
		c.HideHelpCommand = true
		c.Action = exactly(c.ArgsUsage, c.Action)
	}
	return &cli.Command{
		Name:           "rolecompare",
		Usage:          "compare two roles side by side, and recommend one by a questionnaire",
		Description:    "Every flag is also an environment variable: ROLECOMPARE_ and its name in capitals.\nPORT is honoured, too.",
		Commands:       commands,
		HideVersion:    true,
		Flags:          []cli.Flag{&cli.BoolFlag{Name: "version", Aliases: []string{"v"}, Local: true, Usage: "say which build this is"}},
		Writer:         stdout,
		ErrWriter:      stderr,
		OnUsageError:   wrongUse,
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
		Action: func(_ context.Context, c *cli.Command) error {
			if c.Bool("version") {
				return printVersion(stdout)
			}
			return fmt.Errorf("there is no command “%s”", c.Args().First())
		},
	}
}

// exactly refuses arguments that the command has no use for: all of them, or
// those beyond the one whose name is given.
func exactly(name string, action cli.ActionFunc) cli.ActionFunc {
	want := 0
	if name != "" {
		want = 1
	}
	return func(ctx context.Context, c *cli.Command) error {
		if c.Args().Len() > want {
			return fmt.Errorf("“rolecompare %s” has no use for “%s”", c.Name, c.Args().Get(want))
		}
		if c.Args().Len() < want {
			return fmt.Errorf("“rolecompare %s” needs a %s", c.Name, name)
		}
		return action(ctx, c)
	}
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

const defaultAddr = ":8080"

func addrFlag(usage string) *cli.StringFlag {
	return text("addr", defaultAddr, usage)
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
	Drain           time.Duration
	TrustedProxies  []netip.Prefix
	TLSCert, TLSKey string
	JSON            bool // logs
	Level           slog.Level
}

func readServeOptions(c *cli.Command) (o serveOptions, err error) {
	o = serveOptions{
		Addr: address(c), AdminAddr: c.String("admin-addr"),
		Content: c.String("content"), Dev: c.Bool("dev"),
		TLSCert: c.String("tls-cert"), TLSKey: c.String("tls-key"),
	}
	for name, addr := range map[string]string{"addr": o.Addr, "admin-addr": o.AdminAddr} {
		if _, _, err := net.SplitHostPort(addr); addr != "" && err != nil {
			return o, fmt.Errorf("--%s: “%s” is no address to listen on; write it as :8080 or 127.0.0.1:8080", name, addr)
		}
	}
	if base := c.String("base-url"); base != "" {
		u, err := url.Parse(base)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			return o, fmt.Errorf("--base-url: “%s” is no site's address; write it as https://compare.example, with nothing after the host", base)
		}
		o.BaseURL = u.Scheme + "://" + u.Host
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
	for part := range strings.FieldsFuncSeq(c.String("trusted-proxies"), func(r rune) bool { return r == ',' || r == ' ' }) {
		prefix, err := netip.ParsePrefix(part)
		if err != nil {
			addr, err := netip.ParseAddr(part)
			if err != nil {
				return o, fmt.Errorf("--trusted-proxies: “%s” is neither an address nor a network; write it as 10.0.0.1 or 10.0.0.0/8", part)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		o.TrustedProxies = append(o.TrustedProxies, prefix.Masked())
	}
	if (o.TLSCert == "") != (o.TLSKey == "") {
		return o, fmt.Errorf("--tls-cert and --tls-key belong together; give both or neither")
	}
	switch format := c.String("log-format"); format {
	case "text":
	case "json":
		o.JSON = true
	default:
		return o, fmt.Errorf("--log-format: “%s” is neither text nor json", format)
	}
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[strings.ToLower(c.String("log-level"))]
	if !ok {
		return o, fmt.Errorf("--log-level: “%s” is none of debug, info, warn and error", c.String("log-level"))
	}
	o.Level = level
	return o, nil
}

// inOurWords turns what the flag parser says into this program's words.
func inOurWords(err error) string {
	for _, said := range parserSays {
		if m := said.pattern.FindStringSubmatch(err.Error()); m != nil {
			return fmt.Sprintf(said.ours, m[1], m[2])
		}
	}
	return err.Error()
}

var parserSays = []struct {
	pattern *regexp.Regexp
	ours    string
}{
	{regexp.MustCompile(`^flag provided but not defined: -+(\S+)()`), "there is no flag --%s%s"},
	{regexp.MustCompile(`^flag needs an argument: -+(\S+)()`), "--%s needs a value%s"},
	{regexp.MustCompile(`^invalid value "(.*?)" for flag -(\S+?):`), "“%s” is no value for --%s"},
	{regexp.MustCompile(`^could not parse "(.*?)" as .* from environment variable "(\S+)"`), "“%s” is no value for the variable %s"},
}
