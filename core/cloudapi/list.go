package cloudapi

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidwall/gjson"
)

const (
	pageSize = 100 // the most that every list of Graph takes
	// maxPages bounds a list that never ends. A business account has at most 6,000
	// templates, the longest list there is.
	maxPages = 100
)

// list reads an edge of a business account to its end, page by page. The cursor
// is put into an address of our own: the one that Graph offers for the next page
// would have to be trusted with the token.
func (c *Client) list(ctx context.Context, waba, edge, fields string, each func(gjson.Result)) error {
	if err := numeric("business account id", waba); err != nil {
		return err
	}
	query := url.Values{"limit": {strconv.Itoa(pageSize)}}
	if fields != "" {
		query.Set("fields", fields)
	}
	for range maxPages {
		a, err := c.ask(ctx, call{method: http.MethodGet, node: waba, edge: edge, query: query})
		if err != nil {
			return err
		}
		data := a.body.Get("data")
		if a.status != http.StatusOK || !data.IsArray() {
			return a.unusable()
		}
		n := 0
		data.ForEach(func(_, v gjson.Result) bool {
			n++
			each(v)
			return true
		})
		// Some lists have a cursor on the last page and only lack "next" there, some
		// have no "next" at all.
		after := text(a.body.Get("paging.cursors.after"))
		more := a.body.Get("paging.next").Exists() || n >= pageSize
		if after == "" || !more {
			return nil
		}
		query.Set("after", after)
	}
	return fmt.Errorf("cloudapi: the list %s of %s does not end after %d pages", edge, waba, maxPages)
}
