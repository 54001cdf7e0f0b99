package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/autoreply"
)

func nameOf(id string) string { return strings.ToUpper(id[:1]) + id[1:] }

func said(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Bold {
			b.WriteString("*" + s.Text + "*")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestReason(t *testing.T) {
	w := open(t, English)
	reason := func(code autoreply.ReasonCode, data ...string) autoreply.Reason {
		r := autoreply.Reason{Code: code, RuleID: "returns", Data: map[string]string{}}
		for i := 0; i+1 < len(data); i += 2 {
			r.Data[data[i]] = data[i+1]
		}
		return r
	}
	for _, tt := range []struct {
		name   string
		reason autoreply.Reason
		want   string
	}{
		{"a word form is told with its keyword", reason(autoreply.ReasonKeyword, "words", "вернуть", "keyword", "возврат", "how", "form"), "“*вернуть*” is a form of keyword *возврат*"},
		{"a keyword as it stands is told once", reason(autoreply.ReasonKeyword, "words", "PRICE", "keyword", "price", "how", "exact"), "“*PRICE*” is a keyword"},
		{"a way that is not known tells the keyword all the same", reason(autoreply.ReasonKeyword, "words", "a", "keyword", "b", "how", "dream"), "“*a*” is keyword *b*"},
		{"another rule is named", reason(autoreply.ReasonOutdone, "by", "lunch"), "*Lunch* goes before it"},
		{"a rule that was not asked says what stopped it", reason(autoreply.ReasonStopped, "code", "cap"), "3 automatic messages in 24 h are reached: a person answers now"},
		{"a route says where to and why", reason(autoreply.ReasonRouted, "department", "Returns", "keyword", "возврат"), "goes to *Returns*: keyword *возврат*"},
		{"a route by a button names no keyword", reason(autoreply.ReasonRouted, "department", "Returns", "action", "rule"), "goes to *Returns*: the rule of the button"},
		{"an age is told as a wait", reason(autoreply.ReasonTooOld, "age", "7m0s"), "the message came 7 min late"},
		{"a text that is no variant has no number", reason(autoreply.ReasonNoFit, "variant", "0"), "its text is over 256 characters once it is filled in"},
		{"a level without an article says so", reason(autoreply.ReasonNoStock, "sku", "", "variant", "1"), "its text tells a stock level, and it has no article"},
		{"a level that is not known is not told as none", reason(autoreply.ReasonLevel, "sku", "BT-1", "below", "10"), "the stock of *BT-1* is not known, low is below 10"},
		{"a word of a customer's that looks like a mark does no harm", reason(autoreply.ReasonKeyword, "words", "a\uE001b", "keyword", "k", "how", "typo"), "“*ab*” is keyword *k* with a slip"},
		{"a code of a newer desk is no riddle", reason("quantum"), "a reason that this version does not know"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := said(w.Reason(tt.reason, nameOf)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// constantsOf are the values of the constants of a type in the files of a package.
func constantsOf(t *testing.T, glob, typeName string) (values []string) {
	t.Helper()
	files, err := filepath.Glob(glob)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v, %d files", glob, err, len(files))
	}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if id, ok := spec.Type.(*ast.Ident); !ok || id.Name != typeName {
				return true
			}
			for _, v := range spec.Values {
				if lit, ok := v.(*ast.BasicLit); ok {
					value, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					values = append(values, value)
				}
			}
			return true
		})
	}
	return values
}

// Every code that the decision has, in every form, is a sentence of its own in every
// language. The codes are read from the source, so that a new one cannot be forgotten.
func TestEveryReasonHasASentence(t *testing.T) {
	codes := constantsOf(t, "../../core/autoreply/decision.go", "ReasonCode")
	hows := constantsOf(t, "../../core/autoreply/words/found.go", "How")
	actions := constantsOf(t, "../../core/autoreply/file.go", "Action")
	if len(codes) < 31 || len(hows) < 8 || len(actions) < 6 {
		t.Fatalf("found %d codes, %d ways, %d actions: have they moved?", len(codes), len(hows), len(actions))
	}
	data := map[string]string{
		"keyword": "K", "words": "W", "department": "D", "by": "lunch", "sku": "S", "level": "4", "below": "10", "variant": "2",
		"from": "11:30", "to": "13:00", "age": time.Hour.String(), "kind": "image", "picture": "P", "trigger": "keyword",
	}
	var all []autoreply.Reason
	for _, code := range codes {
		forms := map[string][]string{"": {""}}
		switch autoreply.ReasonCode(code) {
		case autoreply.ReasonKeyword:
			forms = map[string][]string{"how": hows}
		case autoreply.ReasonPressed:
			forms = map[string][]string{"action": append(actions, "")}
		case autoreply.ReasonRouted:
			forms = map[string][]string{"action": {"rule", ""}}
		case autoreply.ReasonAnswers:
			forms = map[string][]string{"text": {"reply", "stock", "order", "level"}}
		case autoreply.ReasonStopped:
			forms = map[string][]string{"code": codes}
		case autoreply.ReasonNoFit:
			forms = map[string][]string{"variant": {"0", "1"}}
		}
		for name, values := range forms {
			for _, value := range values {
				r := autoreply.Reason{Code: autoreply.ReasonCode(code), RuleID: "r", Data: maps.Clone(data)}
				if name != "" {
					r.Data[name] = value
				}
				all = append(all, r)
			}
		}
	}
	for _, lang := range Languages() {
		w := open(t, lang)
		seen := map[string]bool{}
		for _, r := range all {
			got := said(w.Reason(r, nameOf))
			if got == w.T("reason.other") || strings.Contains(got, "<no value>") || strings.Contains(got, "reason.") || strings.ContainsAny(got, "\uE000\uE001") {
				t.Errorf("%s: %s with %v is %q", lang, r.Code, r.Data, got)
			}
			if own := r.Code != autoreply.ReasonStopped; own && r.Code != autoreply.ReasonPressed && seen[got] {
				t.Errorf("%s: %s says what another reason says: %q", lang, r.Code, got)
			} else if own {
				seen[got] = true
			}
		}
	}
}

func TestWeekdaysDiffer(t *testing.T) {
	for _, lang := range Languages() {
		var names []string
		for d := time.Sunday; d <= time.Saturday; d++ {
			names = append(names, open(t, lang).Weekday(d))
		}
		sorted := slices.Sorted(slices.Values(names))
		if diff := cmp.Diff(len(names), len(slices.Compact(sorted))); diff != "" || strings.Contains(names[0], ".") {
			t.Errorf("%s: %q", lang, names)
		}
	}
}
