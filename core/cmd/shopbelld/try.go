package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/host"
)

// testCommand tells what would answer a message, and sends nothing.
type testCommand struct {
	Message    string         `help:"What the customer writes."`
	At         string         `placeholder:"TIME" help:"When it arrives, as 2026-11-25T12:00:00Z. Now, where it is missing."`
	First      bool           `help:"It is the customer's first message ever."`
	Before     int            `placeholder:"N" help:"Automatic messages the customer got in the 24 h before, 0 to 3."`
	Button     string         `placeholder:"ID" help:"The customer presses a button instead; --json prints the ids under a reply."`
	Stock      map[string]int `placeholder:"SKU=LEVEL" help:"How many are left of an article. May be given again. Of other articles the shop's own level counts."`
	Name       string         `help:"The customer's first name, for {name}."`
	Department string         `help:"Where the conversation stands."`
	JSON       bool           `name:"json" help:"Print it as JSON, for programs."`
}

// Run asks the rules in force in the data folder.
func (c testCommand) Run(s *surroundings) error {
	t := autoreply.Trial{
		Message: c.Message, At: time.Now(), First: c.First, Before: c.Before, Button: c.Button, Stock: c.Stock,
		FirstName: c.Name, Department: c.Department, Shop: strings.TrimSpace(s.env("SHOPBELL_SHOP")),
	}
	if c.At != "" {
		at, err := time.Parse(time.RFC3339, c.At)
		if err != nil {
			return fmt.Errorf("%w: --at is %q: write it as 2026-11-25T12:00:00Z", errUsage, c.At)
		}
		t.At = at
	}
	if c.Message == "" && c.Button == "" {
		return fmt.Errorf("%w: give --message or --button", errUsage)
	}
	e, err := host.TryRules(s.ctx, s.dir, t)
	if _, ok := errors.AsType[*autoreply.TrialError](err); ok {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		enc := json.NewEncoder(s.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(reportOf(e))
	}
	return printTrial(s.out, e)
}

// printTrial says it in English, one thing a line.
func printTrial(out io.Writer, e autoreply.Explanation) error {
	d := e.Decision
	var b strings.Builder
	open := "the shop is closed"
	if e.Open {
		open = "the shop is open"
	}
	fmt.Fprintf(&b, "%s, by the shop's clock: %s. Automatic messages in the 24 h before: %d.\n\n", e.Local.Format("Monday 2006-01-02 15:04 -07:00"), open, e.Before)
	for i, r := range d.Replies {
		fmt.Fprintf(&b, "Reply %d, of rule %s (%s):\n", i+1, r.RuleID, r.RuleName)
		if r.Picture != "" {
			fmt.Fprintf(&b, "  picture %s\n", r.Picture)
		}
		fmt.Fprintf(&b, "  %s\n", strings.ReplaceAll(r.Text, "\n", "\n  "))
		for _, button := range r.Buttons {
			fmt.Fprintf(&b, "  [%s]\n", button.Title)
		}
		if r.Link != nil {
			fmt.Fprintf(&b, "  [%s] %s\n", r.Link.Title, r.Link.URL)
		}
	}
	if len(d.Replies) == 0 {
		b.WriteString("No reply.\n")
	}
	for _, outcome := range []struct {
		holds bool
		text  string
	}{
		{d.Answered, "The customer is answered, and waits no more."},
		{!d.Answered && !d.Solved && !d.OptOut, "The customer waits for a person."},
		{d.Solved, "The conversation is resolved."},
		{d.OptOut, "The customer gets no automatic messages any more."},
		{d.WantsOrder, "The customer wants to order."},
		{d.Department != "", "The conversation goes to the department " + d.Department + "."},
		{d.Question != "", "The question counts as one of the kind " + d.Question + "."},
	} {
		if outcome.holds {
			b.WriteString(outcome.text + "\n")
		}
	}
	b.WriteString("\nWhy:\n")
	for _, r := range d.Reasons {
		if r.RuleID == "" {
			fmt.Fprintf(&b, "  %s\n", sayReason(r))
		}
	}
	for _, v := range e.Rules {
		mark := "-"
		if v.Answers {
			mark = "+"
		}
		fmt.Fprintf(&b, "%s %s (%s)\n", mark, v.RuleID, v.RuleName)
		for _, r := range v.Reasons {
			fmt.Fprintf(&b, "    %s\n", sayReason(r))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// sayReason gives a reason's code, what it means, and its data.
func sayReason(r autoreply.Reason) string {
	text := string(r.Code) + ": " + meanings[r.Code]
	var data []string
	for _, key := range slices.Sorted(maps.Keys(r.Data)) {
		data = append(data, key+" "+r.Data[key])
	}
	if len(data) > 0 {
		text += " (" + strings.Join(data, ", ") + ")"
	}
	return text
}

// meanings say the codes in words, for the person at the command line.
var meanings = map[autoreply.ReasonCode]string{
	autoreply.ReasonPressed:        "the customer pressed a button",
	autoreply.ReasonOptOut:         "the message asks for silence",
	autoreply.ReasonOrder:          "the message is an order",
	autoreply.ReasonRouted:         "it decides the department",
	autoreply.ReasonKind:           "nothing follows from a message of this kind",
	autoreply.ReasonOptedOut:       "the customer asked for silence before",
	autoreply.ReasonTooOld:         "the message is too old",
	autoreply.ReasonLocked:         "a person has the conversation in hand",
	autoreply.ReasonPersonAnswered: "a person answered a short while ago",
	autoreply.ReasonCap:            "the customer got all automatic messages of 24 h",
	autoreply.ReasonAnswers:        "its text is sent",
	autoreply.ReasonOff:            "it is switched off",
	autoreply.ReasonNotNow:         "its times do not hold now",
	autoreply.ReasonOutdone:        "another rule goes before it",
	autoreply.ReasonRoutes:         "it has no reply, and routes only",
	autoreply.ReasonInterval:       "the customer got one of its kind a short while ago",
	autoreply.ReasonNoFit:          "a text is too long once it is filled in",
	autoreply.ReasonNoStock:        "a stock level is needed and not known",
	autoreply.ReasonEnough:         "there are enough, and it has no other reply",
	autoreply.ReasonPicture:        "the shop does not have the picture",
	autoreply.ReasonGone:           "the button leads to no rule any more",
	autoreply.ReasonNoRule:         "no rule answers: people do",
	autoreply.ReasonKeyword:        "the message holds its keyword",
	autoreply.ReasonNow:            "its times hold now",
	autoreply.ReasonLevel:          "it depends on an article",
	autoreply.ReasonRepeat:         "the customer got this variant last",
	autoreply.ReasonNoKeyword:      "the message holds none of its keywords",
	autoreply.ReasonNotFirst:       "the customer wrote before",
	autoreply.ReasonOpen:           "the shop is open",
	autoreply.ReasonStopped:        "it was not asked",
	autoreply.ReasonNotNeeded:      "another rule took its place",
}

// trialReport is what --json prints; its names are kept stable, for scripts.
type trialReport struct {
	At         time.Time      `json:"at"` // by the shop's clock
	Open       bool           `json:"open"`
	Before     int            `json:"before"`
	Replies    []replyReport  `json:"replies"`
	Department string         `json:"department"`
	Question   string         `json:"question"`
	Answered   bool           `json:"answered"`
	Solved     bool           `json:"solved"`
	OptOut     bool           `json:"opt_out"`
	WantsOrder bool           `json:"wants_order"`
	Reasons    []reasonReport `json:"reasons"`
	Rules      []ruleReport   `json:"rules"`
}

type replyReport struct {
	Rule    string        `json:"rule"`
	Trigger string        `json:"trigger"`
	Variant int           `json:"variant"` // counted from 1; 0: another text than its replies
	Text    string        `json:"text"`
	Picture string        `json:"picture,omitempty"`
	Buttons []chat.Button `json:"buttons,omitempty"`
	Link    *linkReport   `json:"link,omitempty"`
}

type linkReport struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

type reasonReport struct {
	Code string            `json:"code"`
	Rule string            `json:"rule,omitempty"`
	Data map[string]string `json:"data,omitempty"`
}

type ruleReport struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	Trigger string         `json:"trigger"`
	Matched bool           `json:"matched"`
	Answers bool           `json:"answers"`
	Reasons []reasonReport `json:"reasons"`
}

func reportOf(e autoreply.Explanation) trialReport {
	d := e.Decision
	out := trialReport{
		At: e.Local, Open: e.Open, Before: e.Before, Replies: []replyReport{}, Rules: []ruleReport{}, Department: d.Department, Question: d.Question,
		Answered: d.Answered, Solved: d.Solved, OptOut: d.OptOut, WantsOrder: d.WantsOrder, Reasons: reasonsOf(d.Reasons),
	}
	for _, r := range d.Replies {
		reply := replyReport{Rule: r.RuleID, Trigger: string(r.Trigger), Variant: r.Variant + 1, Text: r.Text, Picture: r.Picture, Buttons: r.Buttons}
		if r.Link != nil {
			reply.Link = &linkReport{Title: r.Link.Title, URL: r.Link.URL}
		}
		out.Replies = append(out.Replies, reply)
	}
	for _, v := range e.Rules {
		out.Rules = append(out.Rules, ruleReport{
			ID: v.RuleID, Name: v.RuleName, Trigger: string(v.Trigger), Matched: v.Matched, Answers: v.Answers, Reasons: reasonsOf(v.Reasons),
		})
	}
	return out
}

func reasonsOf(list []autoreply.Reason) []reasonReport {
	out := []reasonReport{}
	for _, r := range list {
		out = append(out, reasonReport{Code: string(r.Code), Rule: r.RuleID, Data: r.Data})
	}
	return out
}
