package cloudapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// HostError says that an address for a file is not Meta's. Nothing was asked
// there.
type HostError struct{ Host string }

func (e *HostError) Error() string {
	return fmt.Sprintf("cloudapi: %q is no https host of Meta's: no file is fetched from there", e.Host)
}

// DownloadInfo describes what Download returns.
type DownloadInfo struct {
	// Offset is where in the file the bytes begin: as asked for, or 0 when the
	// server starts from the beginning.
	Offset int64
	Size   int64 // of the whole file; -1 where the server does not say
	MIME   string
}

// maxRedirects is more than Meta was ever seen to use.
const maxRedirects = 3

// Download fetches a file from an address of a webhook or of LookupMedia, from
// offset on; 0 is the beginning. The server may not know how to resume:
// DownloadInfo.Offset says where the bytes really begin. The caller closes the
// body. There is no limit of time while bytes move.
//
// The token goes along, and so only to hosts of Meta's over https (Cloud API,
// media), or to the client's own Graph address: a *HostError for any other, in a
// redirect too. ErrGone is a reason to look the address up again. Other errors are
// as of Phone. The body fails with what broke it; a body that ends with io.EOF is
// whole as far as the server said a size.
//
// It changes nothing and may be called again.
func (c *Client) Download(ctx context.Context, address string, offset int64) (io.ReadCloser, DownloadInfo, error) {
	if offset < 0 {
		return nil, DownloadInfo{}, &InvalidError{Field: "offset", Problem: "is negative"}
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, DownloadInfo{}, &InvalidError{Field: "media url", Problem: "is no address"}
	}
	p := newPace(ctx, c.patience)
	body, info, err := c.fetch(p, u, offset)
	if err != nil {
		p.stop()
		return nil, DownloadInfo{}, p.cause(err)
	}
	return &download{pace: p, body: body}, info, nil
}

// fetch follows redirects itself, since each may lead away from Meta.
func (c *Client) fetch(p *pace, u *url.URL, offset int64) (io.ReadCloser, DownloadInfo, error) {
	for range maxRedirects + 1 {
		if !c.trusts(u) {
			return nil, DownloadInfo{}, &HostError{Host: u.Host}
		}
		resp, err := c.get(p.ctx, u, offset)
		if err != nil {
			return nil, DownloadInfo{}, err
		}
		if resp.StatusCode == http.StatusRequestedRangeNotSatisfiable && offset > 0 {
			// The file is not longer than what is here: only the whole can tell.
			resp.Body.Close()
			offset = 0
			continue
		}
		if resp.StatusCode/100 != 3 {
			info, err := c.arrived(resp, offset)
			if err != nil {
				resp.Body.Close()
				return nil, DownloadInfo{}, err
			}
			return resp.Body, info, nil
		}
		resp.Body.Close()
		if u, err = resp.Location(); err != nil {
			return nil, DownloadInfo{}, fmt.Errorf("%w: HTTP %d without an address", ErrNoAnswer, resp.StatusCode)
		}
	}
	return nil, DownloadInfo{}, fmt.Errorf("%w: more than %d redirects", ErrNoAnswer, maxRedirects)
}

// trusts reports whether the token may be shown to u.
func (c *Client) trusts(u *url.URL) bool {
	if u.User != nil {
		return false
	}
	if origin(u) == c.origin {
		return true
	}
	if u.Scheme != "https" || u.Port() != "" && u.Port() != "443" {
		return false
	}
	host := strings.ToLower(u.Hostname())
	return host == "graph.facebook.com" || strings.HasSuffix(host, ".fbsbx.com") || strings.HasSuffix(host, ".whatsapp.net")
}

func (c *Client) get(ctx context.Context, u *url.URL, offset int64) (*http.Response, error) {
	req, w, err := c.request(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	// The bytes are counted: they must come as they are.
	req.Header.Set("Accept-Encoding", "identity")
	if offset > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", offset))
	}
	return do(c.files, req, w)
}

// arrived reads the head of an answer. What is an error it reads whole.
func (c *Client) arrived(resp *http.Response, offset int64) (DownloadInfo, error) {
	info := DownloadInfo{Size: resp.ContentLength, MIME: resp.Header.Get("Content-Type")}
	switch {
	case resp.StatusCode == http.StatusOK:
		return info, nil
	case resp.StatusCode == http.StatusPartialContent && offset > 0:
		first, size, ok := contentRange(resp.Header.Get("Content-Range"))
		if !ok || first != offset {
			return info, fmt.Errorf("%w: asked for the bytes from %d on, and got %q", ErrNoAnswer, offset, resp.Header.Get("Content-Range"))
		}
		info.Offset, info.Size = first, size
		return info, nil
	case isGone(resp.StatusCode):
		return info, fmt.Errorf("%w: HTTP %d", ErrGone, resp.StatusCode)
	}
	a, err := c.readAnswer(resp)
	if err != nil {
		return info, err
	}
	return info, a.unusable()
}

// contentRange reads "bytes 200-999/1000", where an unknown size is "*" and -1.
func contentRange(h string) (first, size int64, ok bool) {
	rest, ok := strings.CutPrefix(h, "bytes ")
	if !ok {
		return 0, 0, false
	}
	span, whole, ok := strings.Cut(rest, "/")
	from, _, dash := strings.Cut(span, "-")
	if !ok || !dash {
		return 0, 0, false
	}
	first, err := strconv.ParseInt(from, 10, 64)
	if err != nil {
		return 0, 0, false
	}
	if whole == "*" {
		return first, -1, true
	}
	size, err = strconv.ParseInt(whole, 10, 64)
	return first, size, err == nil
}

// download is the body of a file on its way.
type download struct {
	pace *pace
	body io.ReadCloser
}

func (d *download) Read(b []byte) (int, error) {
	n, err := d.pace.read(d.body, b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("cloudapi: download broke off: %w", d.pace.cause(err))
	}
	return n, err
}

func (d *download) Close() error {
	d.pace.stop()
	return d.body.Close()
}
