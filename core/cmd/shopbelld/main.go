// Command shopbelld is the desk without a screen: it takes webhooks, answers by
// the shop's rules and sends, on a computer that never sleeps.
//
//	shopbelld serve                           run the desk until SIGTERM or Ctrl+C
//	shopbelld rules import FILE [--merge]     put a rules file in force, all or nothing
//	shopbelld rules export FILE [--force]     write the rules in force ("-": standard output)
//	shopbelld rules test --message TEXT       tell what would answer a message, and why
//	shopbelld stock import FILE [--sku COLUMN] [--level COLUMN]
//	                                          put the levels of a stock file in force, once
//	shopbelld stock list [--search WORDS]     print the levels in force
//	shopbelld doctor                          look for what keeps the desk from working
//
// All take --data DIR, or SHOPBELL_DATA. Settings come from SHOPBELL_… variables (see settings),
// never from flags: an argument can be read by every user of the computer.
//
// Exit status: 0 done, 1 it failed, 2 the command line or a setting is wrong.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // rules name a time zone, and not every computer has the list

	"github.com/alecthomas/kong"
)

// Exit statuses; scripts depend on them.
const (
	exitFailed = 1
	exitUsage  = 2
)

// errUsage marks an error that the person at the command line can mend there.
var errUsage = errors.New("usage")

// commands is the command line.
type commands struct {
	Data string `env:"SHOPBELL_DATA" placeholder:"DIR" help:"The shop's folder; made where it is missing. Needed."`

	Serve serveCommand `cmd:"" help:"Run the desk until SIGTERM or Ctrl+C."`
	Rules struct {
		Import importCommand `cmd:"" help:"Put a rules file in force, all or nothing. A running desk takes it up at once."`
		Export exportCommand `cmd:"" help:"Write the rules in force to a file."`
		Test   testCommand   `cmd:"" help:"Tell what would answer a message, and why. Nothing is sent."`
	} `cmd:"" help:"Automatic replies."`
	Stock struct {
		Import stockImportCommand `cmd:"" help:"Put the levels of a file in force, once. A running desk takes them up at once."`
		List   stockListCommand   `cmd:"" help:"Print the levels in force."`
	} `cmd:"" help:"How many are left of articles."`
	Doctor doctorCommand `cmd:"" help:"Look for what keeps the desk from working, and say what to do."`
}

// surroundings are what a command is given: its Run takes them as an argument.
type surroundings struct {
	ctx         context.Context // ends with SIGTERM or Ctrl+C
	dir         string          // the shop's folder
	env         func(string) string
	out, errOut io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is the program with everything it touches as an argument. It returns the
// exit status.
func run(ctx context.Context, args []string, env func(string) string, out, errOut io.Writer) int {
	var line commands
	helped := false
	parser, err := kong.New(&line, kong.Name("shopbelld"), kong.Description("The Shopbell desk without a screen."),
		kong.Writers(out, errOut), kong.Exit(func(int) { helped = true }))
	if err != nil {
		fmt.Fprintln(errOut, "shopbelld:", err)
		return exitFailed
	}
	chosen, err := parser.Parse(args)
	switch {
	case helped:
		return 0
	case err != nil:
		fmt.Fprintf(errOut, "shopbelld: %v\nTry \"shopbelld --help\".\n", err)
		return exitUsage
	case line.Data == "":
		fmt.Fprintln(errOut, "shopbelld: which shop? Give its folder with --data DIR, or set SHOPBELL_DATA.")
		return exitUsage
	}
	err = chosen.Run(&surroundings{ctx: ctx, dir: line.Data, env: env, out: out, errOut: errOut})
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintln(errOut, "shopbelld:", err)
		return exitUsage
	}
	fmt.Fprintln(errOut, "shopbelld:", err)
	return exitFailed
}
