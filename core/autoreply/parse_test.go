package autoreply

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func parseFile(t *testing.T, path string) (File, []Warning) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, warnings, err := Parse(data)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return f, warnings
}

func parse(t *testing.T, data string) File {
	t.Helper()
	f, _, err := Parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParseTakesEveryValidExample(t *testing.T) {
	for _, path := range examples(t, "valid") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			f, _ := parseFile(t, path)
			if _, err := Compile(f); err != nil {
				t.Fatal(err)
			}
			first, err := f.Marshal()
			if err != nil {
				t.Fatal(err)
			}
			again, err := parse(t, string(first)).Marshal()
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, again) {
				t.Errorf("a second round changes the file:\n%s", cmp.Diff(string(first), string(again)))
			}
		})
	}
}

func TestParseNamesTheFault(t *testing.T) {
	faults := map[string]struct {
		rule, field string
		limit       int
		problem     string // part of it
		schema      bool   // a schema can say it too
	}{
		"unknown_field":             {rule: "a", field: "replys", problem: "spelling", schema: true},
		"unknown_nested_field":      {rule: "a", field: "replies[0].buttons[0].titel", problem: "spelling", schema: true},
		"wrong_case":                {rule: "a", field: "Replies", problem: "spelling", schema: true},
		"not_a_list":                {rule: "a", field: "replies", problem: "a list", schema: true},
		"null_text":                 {rule: "a", field: "replies[0].text", problem: "a text", schema: true},
		"future_version":            {field: "version", limit: 1, problem: "update Shopbell", schema: true},
		"no_version":                {field: "version", limit: 1, problem: "version 1", schema: true},
		"no_name":                   {rule: "a", field: "name", limit: 80, problem: "is missing", schema: true},
		"unknown_trigger":           {rule: "a", field: "trigger", problem: "off_hours", schema: true},
		"unknown_match":             {rule: "a", field: "match", problem: "phrase", schema: true},
		"unknown_action":            {rule: "a", field: "replies[0].buttons[0].action", problem: "hand_over", schema: true},
		"unknown_language":          {field: "language", problem: "en, ru, pt", schema: true},
		"unknown_day":               {field: "open[0].days[0]", problem: "mon, tue", schema: true},
		"bad_time":                  {field: "open[0].from", problem: "08:00", schema: true},
		"bad_holiday":               {field: "holidays[0]", problem: "2026-12-25", schema: true},
		"four_buttons":              {rule: "a", field: "replies[0].buttons", limit: 3, problem: "take out 1", schema: true},
		"long_title":                {rule: "a", field: "replies[0].buttons[0].title", limit: 20, problem: "shorten it by 1", schema: true},
		"six_replies":               {rule: "a", field: "replies", limit: 5, problem: "take out 1", schema: true},
		"long_text":                 {rule: "a", field: "replies[0].text", limit: 256, problem: "shorten it by 1", schema: true},
		"many_keywords":             {rule: "a", field: "keywords", limit: 50, problem: "take out 1", schema: true},
		"negative_stock":            {rule: "a", field: "stock.below", limit: 1, problem: "at least 1", schema: true},
		"stock_without_text":        {rule: "a", field: "stock.text", problem: "write a text", schema: true},
		"bad_interval":              {rule: "a", field: "min_interval", limit: 720, problem: "6h or 90m", schema: true},
		"picture_named_as_a_device": {rule: "a", field: "replies[0].picture", problem: "no file name"},
		"picture_in_a_folder":       {rule: "a", field: "replies[0].picture", problem: "without a folder", schema: true},
		"twice_a_field":             {rule: "a", field: "replies[0].text", problem: "stands twice"},
		"twice_an_id":               {rule: "a", field: "id", problem: "another rule"},
		"unknown_zone":              {field: "timezone", problem: "Europe/Lisbon"},
		"zone_of_the_machine":       {field: "timezone", problem: "Europe/Lisbon"},
		"emoji_count_twice":         {rule: "a", field: "replies[0].text", limit: 256, problem: "has 258 characters"},
		"no_room_for_a_name":        {rule: "a", field: "replies[0].text", limit: 256, problem: "can have 260"},
		"no_room_for_the_offer":     {rule: "a", field: "replies[0].text", limit: 256, problem: "can have 257"},
		"link_beside_others":        {rule: "a", field: "replies[0].buttons[0].action", limit: 1, problem: "keep it alone"},
		"link_without_scheme":       {rule: "a", field: "replies[0].buttons[0].url", problem: "https://"},
		"rule_button_without_rule":  {rule: "a", field: "replies[0].buttons[0].rule", limit: 64, problem: "is missing"},
		"button_with_a_stray_field": {rule: "a", field: "replies[0].buttons[0].sku", problem: "take it out"},
		"equal_titles":              {rule: "a", field: "replies[0].buttons[1].title", problem: "different"},
		"keyword_without_letters":   {rule: "a", field: "keywords[0]", problem: "no letter or digit"},
		"window_of_no_length":       {field: "open[0].to", problem: "24:00"},
		"blank_text":                {rule: "a", field: "replies[0].text", problem: "write a text"},
		"only_a_name":               {rule: "a", field: "replies[0].text", problem: "without a name"},
		"unfilled":                  {rule: "delivery", field: "replies[0].text", problem: "still to be filled in"},
		"no_reply":                  {rule: "a", field: "replies", limit: 1, problem: "at least one"},
		"no_such_date":              {field: "holidays[0]", problem: "is no date"},
		"truncated":                 {problem: "is not JSON: line 1, column 92"},
		"trailing":                  {problem: "is not JSON: line 1, column 29"},
		"over_5_kb":                 {rule: "a", limit: 5120, problem: "the limit of one update is 5120"},
	}
	root := readSchema(t)
	for _, path := range examples(t, "invalid") {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		t.Run(name, func(t *testing.T) {
			want, ok := faults[name]
			if !ok {
				t.Fatal("the example stands in no line of the table")
			}
			delete(faults, name)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f, warnings, err := Parse(data)
			got, ok := errors.AsType[*FileError](err)
			if !ok {
				t.Fatalf("error is %v, want a *FileError", err)
			}
			if got.Code == "" {
				t.Error("the fault has no code")
			}
			if got.Rule != want.rule || got.Field != want.field || got.Limit != want.limit || !strings.Contains(got.Problem, want.problem) {
				t.Errorf("got %+v, want %+v", *got, want)
			}
			if !cmp.Equal(f, File{}) || warnings != nil {
				t.Errorf("a refused file leaves something behind: %+v %v", f, warnings)
			}
			if want.schema && root.check(root, decoded(t, data), "file") == "" {
				t.Error("the schema takes what Parse refuses")
			}
		})
	}
	for name := range faults {
		t.Errorf("%s: there is no such example", name)
	}
}

func TestFileErrorSaysEverything(t *testing.T) {
	e := &FileError{Rule: "delivery", Field: "replies[0].text", Limit: 256, Problem: "has 300 characters, the limit is 256: shorten it by 44"}
	want := `rules file: rule "delivery": replies[0].text: has 300 characters, the limit is 256: shorten it by 44`
	if e.Error() != want {
		t.Errorf("got  %s\nwant %s", e, want)
	}
}

func TestParseReadsWhatEditorsWrite(t *testing.T) {
	f := parse(t, "\ufeff{\"version\": 1,\r\n\t\"rules\": []}\r\n")
	if f.Version != 1 {
		t.Errorf("version %d", f.Version)
	}
	if _, _, err := Parse([]byte("{\"version\": 1, \"timezone\": \"\xff\", \"rules\": []}")); err == nil || !strings.Contains(err.Error(), "UTF-8") {
		t.Errorf("text that is no UTF-8 gives %v", err)
	}
}

func TestParseSaysWhatHasNoEffect(t *testing.T) {
	if _, warnings := parseFile(t, "testdata/valid/shop.json"); len(warnings) > 0 {
		t.Errorf("a shop in order: %v", warnings)
	}
	_, warnings, err := Parse([]byte(`{"version": 1, "rules": [
		{"name": "K", "trigger": "keyword", "keywords": ["Доставка", "доставка!"], "department": "Nowhere", "min_interval": "1h",
		 "replies": [{"text": "{stock} of {nmae}"}]},
		{"name": "L", "trigger": "keyword", "replies": [{"text": "` + strings.Repeat("x", 200) + `", "buttons": [{"title": "T", "action": "link", "url": "https://example.com/page"}]}]},
		{"name": "O", "trigger": "off_hours", "keywords": ["x"], "department": "D", "replies": [{"text": "t"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Warning{
		{Field: "timezone"},
		{Rule: "k", Field: "min_interval"}, {Rule: "k", Field: "department"}, {Rule: "k", Field: "keywords[1]"},
		{Rule: "k", Field: "replies[0].text"}, {Rule: "k", Field: "replies[0].text"},
		{Rule: "l", Field: "keywords"},
		{Rule: "o", Field: "keywords"}, {Rule: "o", Field: "department"}, {Rule: "o", Field: "department"},
	}
	if diff := cmp.Diff(want, placesOf(warnings)); diff != "" {
		t.Errorf("%s\n%v", diff, warnings)
	}
}

// placesOf leaves the wording out, which may change.
func placesOf(warnings []Warning) []Warning {
	var out []Warning
	for _, w := range warnings {
		out = append(out, Warning{Rule: w.Rule, Field: w.Field})
	}
	return out
}

func TestIDsAreMadeFromNames(t *testing.T) {
	f := parse(t, `{"version": 1, "rules": [
		{"name": "Доставка и оплата", "trigger": "off_hours", "replies": [{"text": "t"}]},
		{"name": "Lunch", "trigger": "off_hours", "replies": [{"text": "t"}]},
		{"name": "LUNCH!", "trigger": "off_hours", "replies": [{"text": "t"}]},
		{"id": "lunch-2", "name": "Lunch", "trigger": "off_hours", "replies": [{"text": "t"}]},
		{"name": "👍", "trigger": "off_hours", "replies": [{"text": "t"}]},
		{"name": "`+strings.TrimSpace(strings.Repeat("пятнадцатьбукв ", 5))+`", "trigger": "off_hours", "replies": [{"text": "t"}]}]}`)
	var got []string
	for _, r := range f.Rules {
		got = append(got, r.ID)
	}
	want := []string{
		"доставка-и-оплата", "lunch", "lunch-3", "lunch-2", "rule", "пятнадцатьбукв-пятнадцатьбукв-пятнадцатьбукв",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestARuleIsEnabledUnlessItSaysOtherwise(t *testing.T) {
	f := parse(t, `{"version": 1, "rules": [
		{"name": "A", "trigger": "off_hours", "replies": [{"text": "t"}]},
		{"name": "B", "trigger": "off_hours", "enabled": false, "replies": [{"text": "t"}]}]}`)
	if !f.Rules[0].Enabled || f.Rules[1].Enabled {
		t.Errorf("enabled: %v and %v, want true and false", f.Rules[0].Enabled, f.Rules[1].Enabled)
	}
}

func TestMergeAddsAndOverwritesByID(t *testing.T) {
	base := parse(t, `{"version": 1, "timezone": "Europe/Lisbon", "departments": ["Returns"], "holidays": ["2026-12-25"], "rules": [
		{"id": "a", "name": "A", "trigger": "keyword", "keywords": ["a"], "replies": [{"text": "old"}]},
		{"id": "b", "name": "B", "trigger": "keyword", "keywords": ["b"], "replies": [{"text": "kept"}]}]}`)
	over := parse(t, `{"version": 1, "departments": ["returns", "Sales"], "rules": [
		{"id": "c", "name": "C", "trigger": "keyword", "keywords": ["c"], "replies": [{"text": "new", "buttons": [{"title": "B", "action": "rule", "rule": "b"}]}]},
		{"id": "a", "name": "A", "trigger": "keyword", "keywords": ["a"], "replies": [{"text": "changed"}]}]}`)
	if _, err := Compile(over); err == nil {
		t.Error("a button of the part alone leads to no rule, and Compile takes it")
	}
	before, _ := base.Marshal()
	got := base.Merge(over)
	if _, err := Compile(got); err != nil {
		t.Errorf("merged: %v", err)
	}
	want := base
	want.Departments = []string{"Returns", "Sales"}
	want.Rules = []Rule{over.Rules[1], base.Rules[1], over.Rules[0]}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if after, _ := base.Marshal(); !bytes.Equal(before, after) {
		t.Error("Merge changed the file it was called on")
	}
}

func TestMergeReplacesTheHoursThatAreGiven(t *testing.T) {
	base := File{Version: 1, Timezone: "Europe/Lisbon", Language: "en", Open: []Window{{From: "08:00", To: "20:00"}}, Holidays: []string{"2026-12-25"}}
	over := File{Version: 1, Timezone: "Asia/Almaty", Language: "ru", Open: []Window{{From: "10:00", To: "18:00"}}, Holidays: []string{"2027-01-01"}}
	if diff := cmp.Diff(over, base.Merge(over)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(base, base.Merge(File{Version: 1})); diff != "" {
		t.Error(diff)
	}
}

func TestCompileRefusesWhatParseRefuses(t *testing.T) {
	// An editor makes a File without Parse.
	f := File{Version: 1, Rules: []Rule{{ID: "a", Name: "A", Trigger: TriggerKeyword, Replies: []Variant{{Text: strings.Repeat("x", 257)}}}}}
	_, err := Compile(f)
	if e, ok := errors.AsType[*FileError](err); !ok || e.Field != "replies[0].text" || e.Limit != MaxText {
		t.Errorf("got %v", err)
	}
}

// What parses must marshal, and parse again to the same bytes; what does not
// must leave nothing behind.
func FuzzParse(f *testing.F) {
	for _, folder := range []string{"valid", "invalid"} {
		paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.json"))
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, warnings, err := Parse(data)
		if err != nil {
			if _, ok := errors.AsType[*FileError](err); !ok || !cmp.Equal(file, File{}) || warnings != nil {
				t.Fatalf("refused with %v, leaving %+v", err, file)
			}
			return
		}
		first, err := file.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(first) {
			t.Fatalf("Marshal writes no JSON: %s", first)
		}
		file, _, err = Parse(first)
		if err != nil {
			t.Fatalf("what Marshal wrote is refused: %v\n%s", err, first)
		}
		second, err := file.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, second) {
			t.Fatalf("a second round changes the file:\n%s", cmp.Diff(string(first), string(second)))
		}
		if _, err := Compile(file); err != nil && file.references() == nil {
			t.Fatalf("Parse takes what Compile refuses: %v", err)
		}
	})
}
