//go:build unix

package stock_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"shopbell/core/desk"
	"shopbell/core/stock"
)

func TestAPipeIsNoStockFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stock.csv")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if c := stock.Open(path); c.State != desk.StockFileUnusable || c.Problem.Code != desk.StockNotAFilePath {
		t.Errorf("it is %s, %+v", c.State, c.Problem)
	}
}
