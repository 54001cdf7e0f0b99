package host_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// shelf is a shop with a stock file.
type shelf struct {
	*shop
	path string
}

func openShelf(t *testing.T, rules ...[]byte) *shelf {
	t.Helper()
	return &shelf{openShop(t, rules...), filepath.Join(t.TempDir(), "stock.csv")}
}

func (s *shelf) write(content string) {
	s.t.Helper()
	if err := os.WriteFile(s.path, []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// watch chooses the file.
func (s *shelf) watch(columns desk.StockColumns) {
	s.t.Helper()
	if err := s.SetStockFile(s.t.Context(), s.anna, desk.StockFile{Path: s.path, Columns: columns}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) report() desk.StockReport {
	s.t.Helper()
	r, err := s.StockReport(s.t.Context(), s.anna)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// levels lists what is known, as "SKU=level origin".
func levels(t *testing.T, h *host.Host) (list []string) {
	t.Helper()
	page, err := h.Articles(t.Context(), h.Owner(), desk.StockQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range page.Articles {
		list = append(list, fmt.Sprintf("%s=%d %s", a.SKU, a.Level, a.Origin))
	}
	return list
}

// becomeLevels waits until these are known.
func (s *shelf) becomeLevels(want ...string) {
	s.t.Helper()
	s.until(fmt.Sprintf("the levels are %v", want), func() bool { return slices.Equal(levels(s.t, s.Host), want) })
}

// becomesState waits until the file stands so.
func (s *shelf) becomesState(want desk.StockFileState) desk.StockReport {
	s.t.Helper()
	s.until("the file is "+string(want), func() bool { return s.report().State == want })
	return s.report()
}

// customer is somebody new: nobody's limit of automatic messages is reached.
func customer(n int) sandbox.Customer {
	return sandbox.Customer{Phone: fmt.Sprintf("1555012%04d", n), Name: "Ines"}
}

// lastSaid is the last that the shop told a customer.
func (s *shelf) lastSaid(c sandbox.Customer) string {
	s.t.Helper()
	inbox := s.Sandbox().Inbox(c)
	if len(inbox) == 0 {
		return ""
	}
	return inbox[len(inbox)-1].Text
}

const stockRules = `{"version": 1, "rules": [{"id": "boots", "name": "Boots", "trigger": "keyword", "keywords": ["boots"],
	"stock": {"sku": "BT-39", "below": 10, "text": "Only {stock} left"}, "replies": [{"text": "Plenty"}]}]}`

func TestAStockFileChangesTheReply(t *testing.T) {
	s := openShelf(t, []byte(stockRules))
	s.shop.hear(customer(0), "boots")
	if got := s.lastSaid(customer(0)); got != "Plenty" {
		t.Errorf("with no level known the answer is %q", got)
	}
	s.write("sku;stock\nBT-39;4\n")
	s.watch(desk.StockColumns{})
	for n, c := range []struct{ content, level, want string }{
		{"sku;stock\nBT-39;4\n", "BT-39=4 file", "Only 4 left"},
		{"sku;stock\nBT-39;0\n", "BT-39=0 file", "Only 0 left"},
		{"sku;stock\nBT-39;10\n", "BT-39=10 file", "Plenty"},
		{"sku;stock\nbt-39;3,00\n", "bt-39=3 file", "Only 3 left"},
	} {
		s.write(c.content)
		s.becomeLevels(c.level)
		s.shop.hear(customer(n+1), "boots")
		if got := s.lastSaid(customer(n + 1)); got != c.want {
			t.Errorf("with %s the answer is %q, want %q", c.level, got, c.want)
		}
	}
	t.Run("and so does an edit, at once", func(t *testing.T) {
		if err := s.SetLevels(t.Context(), s.anna, []desk.StockChange{{SKU: "BT-39", Level: 7}}); err != nil {
			t.Fatal(err)
		}
		s.shop.hear(customer(10), "boots")
		if got := s.lastSaid(customer(10)); got != "Only 7 left" {
			t.Errorf("the answer is %q", got)
		}
	})
}

func TestAWatchedFile(t *testing.T) {
	t.Run("that cannot be stored is not called good, and is tried again", func(t *testing.T) {
		s := openShelf(t)
		s.write("sku;stock\nA;1\n")
		s.watch(desk.StockColumns{})
		read := s.becomesState(desk.StockFileGood)
		cure := storetest.Poison(t, s.file(), "stock", "level", "7")
		s.write("sku;stock\nA;7\n")
		if r := s.becomesState(desk.StockFileReading); !r.At.Equal(read.At) || r.Rows != 1 {
			t.Errorf("the report is %+v, want what was read before", r)
		}
		cure()
		s.becomesState(desk.StockFileGood)
		s.becomeLevels("A=7 file")
	})
	t.Run("that breaks in a row keeps that article's last good level", func(t *testing.T) {
		s := openShelf(t)
		s.write("sku;stock\nA;1\nB;2\n")
		s.watch(desk.StockColumns{})
		s.becomeLevels("A=1 file", "B=2 file")
		s.write("sku;stock\nA;5\nB;x\n")
		s.becomeLevels("A=5 file", "B=2 file")
		if r := s.becomesState(desk.StockFilePartly); r.Broken != 1 || r.Problems[0].Line != 3 || r.Changed != 1 || r.Rows != 2 {
			t.Errorf("the report is %+v", r)
		}
		s.write("sku;stock\nA;5\nB;3\n")
		s.becomeLevels("A=5 file", "B=3 file")
		if r := s.becomesState(desk.StockFileGood); r.Broken != 0 || len(r.Problems) != 0 {
			t.Errorf("then the report is %+v", r)
		}
	})
	t.Run("that cannot be read any more changes nothing", func(t *testing.T) {
		s := openShelf(t)
		s.write("sku;stock\nA;1\n")
		s.watch(desk.StockColumns{})
		s.becomeLevels("A=1 file")
		s.write("article;remaining\nA;7\n")
		if r := s.becomesState(desk.StockFileUnusable); len(r.Problems) != 1 || r.Problems[0].Code != desk.StockNoColumns {
			t.Errorf("the report is %+v", r)
		}
		if err := os.Remove(s.path); err != nil {
			t.Fatal(err)
		}
		s.becomesState(desk.StockFileMissing)
		if got := levels(t, s.Host); !slices.Equal(got, []string{"A=1 file"}) {
			t.Errorf("the levels became %v", got)
		}
		s.write("sku;stock\nA;2\n")
		s.becomeLevels("A=2 file")
	})
	t.Run("that names an article no more forgets it, and no edited one", func(t *testing.T) {
		s := openShelf(t)
		s.write("sku;stock\nA;1\nB;2\n")
		s.watch(desk.StockColumns{})
		s.becomeLevels("A=1 file", "B=2 file")
		if err := s.SetLevels(t.Context(), s.anna, []desk.StockChange{{SKU: "P", Level: 9}}); err != nil {
			t.Fatal(err)
		}
		s.write("sku;stock\nA;1\n")
		s.becomeLevels("A=1 file", "P=9 person")
	})
	t.Run("of more than 5 KB takes effect whole", func(t *testing.T) {
		s := openShelf(t)
		var content strings.Builder
		content.WriteString("sku;stock\n")
		for i := range 400 {
			fmt.Fprintf(&content, "SKU-%04d;%d\n", i, i)
		}
		s.write(content.String())
		s.watch(desk.StockColumns{})
		s.until("it is read", func() bool { return s.report().State == desk.StockFileGood })
		if r := s.report(); r.Changed != 400 {
			t.Errorf("the report is %+v", r)
		}
		page, err := s.Articles(t.Context(), s.anna, desk.StockQuery{Limit: 500})
		if err != nil || len(page.Articles) != 400 {
			t.Errorf("there are %d articles, %v", len(page.Articles), err)
		}
	})
	t.Run("is read no more once another is chosen", func(t *testing.T) {
		s := openShelf(t)
		s.write("sku;stock\nA;1\n")
		s.watch(desk.StockColumns{})
		s.becomeLevels("A=1 file")
		old := s.path
		s.path = filepath.Join(t.TempDir(), "other.csv")
		s.write("sku;stock\nB;2\n")
		s.watch(desk.StockColumns{})
		s.becomeLevels("B=2 file")
		if err := os.WriteFile(old, []byte("sku;stock\nA;3\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.write("sku;stock\nB;4\n")
		s.becomeLevels("B=4 file")
	})
}

func TestTheDeskRemembersItsStock(t *testing.T) {
	dir, path := t.TempDir(), filepath.Join(t.TempDir(), "stock.csv")
	open := func() *host.Host {
		t.Helper()
		h, err := host.Open(t.Context(), host.Options{DataDir: dir, Sandbox: true, NetworkDelay: -1})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { h.Close() })
		return h
	}
	write := func(content string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h := open()
	write("Code;Stock;Free\nA;9;1\n")
	if err := h.SetStockFile(t.Context(), h.Owner(), desk.StockFile{Path: path, Columns: desk.StockColumns{Level: "free"}}); err != nil {
		t.Fatal(err)
	}
	eventually(t, h, "the file is read", func() bool { return slices.Equal(levels(t, h), []string{"A=1 file"}) })
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}

	// Its columns have another order now, and what was guessed has another header.
	write("SKU;Free;Code;Stock\nX;2;A;9\n")
	h = open()
	if got := levels(t, h); len(got) != 1 {
		t.Errorf("at the start there are %v", got)
	}
	eventually(t, h, "the file is read by its old headers", func() bool { return slices.Equal(levels(t, h), []string{"A=2 file"}) })
	write("SKU;Free;Stock\nA;3;9\n")
	eventually(t, h, "the column that was guessed is missed", func() bool {
		r, err := h.StockReport(t.Context(), h.Owner())
		return err == nil && r.State == desk.StockFileUnusable && r.Problems[0].Column == "Code"
	})
}

func TestLevelsOfAnotherProgramTakeEffect(t *testing.T) {
	s := openShelf(t)
	s.write("sku;stock\nA;1\nB;x\n")
	events := s.Subscribe(t.Context())
	changed, problems, err := host.ImportStock(t.Context(), s.dir, desk.StockFile{Path: s.path})
	if err != nil || changed != 1 || len(problems) != 1 {
		t.Fatalf("%d changed, %v, %v", changed, problems, err)
	}
	for e := range events {
		if e.Kind == desk.EventStock {
			break
		}
	}
	if got := levels(t, s.Host); !slices.Equal(got, []string{"A=1 person"}) {
		t.Errorf("once it is told the levels are %v", got)
	}
}

func TestWhoMaySeeAndChangeStock(t *testing.T) {
	s := openShelf(t)
	s.write("sku;stock\nA;1\n")
	ctx := t.Context()
	for what, c := range map[string]struct {
		call        func(desk.Actor) error
		pedro, olga desk.Code
	}{
		"Articles":    {func(who desk.Actor) error { _, err := s.Articles(ctx, who, desk.StockQuery{}); return err }, "", desk.Forbidden},
		"StockReport": {func(who desk.Actor) error { _, err := s.StockReport(ctx, who); return err }, "", desk.Forbidden},
		"SetLevels":   {func(who desk.Actor) error { return s.SetLevels(ctx, who, []desk.StockChange{{SKU: "A", Level: 1}}) }, desk.Forbidden, desk.Forbidden},
		"PreviewStock": {func(who desk.Actor) error {
			_, err := s.PreviewStock(ctx, who, desk.StockFile{Path: s.path})
			return err
		}, desk.Forbidden, desk.Forbidden},
		"SetStockFile": {func(who desk.Actor) error { return s.SetStockFile(ctx, who, desk.StockFile{Path: s.path}) }, desk.Forbidden, desk.Forbidden},
	} {
		s.is(c.call(s.anna), "", what+" by an administrator")
		s.is(c.call(s.pedro), c.pedro, what+" by an operator")
		s.is(c.call(s.olga), c.olga, what+" by an analyst")
	}
}

func TestTheLocalAPIPushesLevels(t *testing.T) {
	const token = "a-random-word-of-the-shop"
	dir := t.TempDir()
	h, err := host.Open(t.Context(), host.Options{DataDir: dir, Sandbox: true, NetworkDelay: -1, APIToken: token})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	push := func(body string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, "http://"+h.Addr()+"/v1/stock", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		content, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(content)
	}
	for range 2 { // what is sent again changes nothing
		if status, body := push(`{"levels":[{"sku":"A","level":4}]}`); status != http.StatusNoContent {
			t.Fatalf("%d, %s", status, body)
		}
		if got := levels(t, h); !slices.Equal(got, []string{"A=4 push"}) {
			t.Errorf("the levels are %v", got)
		}
	}
	if status, body := push(`{"levels":[{"sku":"B","level":1},{"sku":"A","level":-4}]}`); status != http.StatusUnprocessableEntity {
		t.Errorf("%d, %s", status, body)
	}
	if got := levels(t, h); !slices.Equal(got, []string{"A=4 push"}) {
		t.Errorf("after a refusal the levels are %v", got)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, host.SandboxFolder, store.FileName)
	if n := storetest.Count(t, file, "audit WHERE action = 'stock.push' AND agent_id = 0 AND allowed"); n != 1 {
		t.Errorf("%d entries in the audit, want 1", n)
	}
}

func TestStockNamesArticlesAsRulesDo(t *testing.T) {
	if desk.MaxSKU != autoreply.MaxSKU || len(fmt.Sprint(desk.MaxStockLevel)) != autoreply.StockReserve {
		t.Errorf("a SKU of %d and a level to %d, rules have room for %d and %d digits", desk.MaxSKU, desk.MaxStockLevel, autoreply.MaxSKU, autoreply.StockReserve)
	}
}
