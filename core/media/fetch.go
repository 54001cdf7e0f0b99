package media

import (
	"context"
	"errors"
	"fmt"
	"io"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/desk"
	"shopbell/core/store"
)

// errForgotten means that Meta has a file no more, and there is no use in asking.
var errForgotten = errors.New("media: the days that Meta keeps the file are over")

// fetch makes one try to bring a file here. Its error is a *desk.FileError for
// one that is not kept, errForgotten, or a reason to try again: what is here by
// then stays.
func (f *Fetcher) fetch(ctx context.Context, source Source, j store.MediaJob) (found store.MediaFound, err error) {
	p, err := f.Folder.resume(partName(j.Message))
	if err != nil {
		return found, err
	}
	defer func() {
		_, refused := errors.AsType[*desk.FileError](err)
		if err == nil || refused || errors.Is(err, errForgotten) {
			p.discard()
			return
		}
		err = errors.Join(err, p.Close())
	}()
	if !j.Until.IsZero() && !f.Now().Before(j.Until) {
		return found, errForgotten
	}
	resumed := p.size > 0
	if err := f.bring(ctx, source, j, p); err != nil {
		return found, err
	}
	m, err := InspectInbound(j.Kind, j.MIME, p, p.size)
	if refused, ok := errors.AsType[*desk.FileError](err); ok && resumed {
		// The halves may not belong together: the whole is fetched anew.
		return found, errors.Join(fmt.Errorf("media: the file that was resumed: %s", refused.Code), p.restart())
	}
	if err != nil {
		return found, err
	}
	found = store.MediaFound{MIME: m.MIME, Size: m.Size, Width: m.Width, Height: m.Height, Duration: m.Duration}
	found.File, err = f.Folder.keep(p)
	return found, err
}

// bring downloads the rest of a part. An address lives for 5 minutes (Cloud API,
// media): one that does not serve is looked up anew, once.
func (f *Fetcher) bring(ctx context.Context, source Source, j store.MediaJob, p *part) error {
	if j.URL != "" {
		err := f.download(ctx, source, j, j.URL, p)
		if _, refused := errors.AsType[*cloudapi.Error](err); !refused && !errors.Is(err, cloudapi.ErrGone) {
			return err
		}
	}
	info, err := source.LookupMedia(ctx, j.MetaID, j.PhoneNumberID)
	if _, invalid := errors.AsType[*cloudapi.InvalidError](err); invalid {
		return fmt.Errorf("%w: %w", errForgotten, err) // Meta never named it
	}
	if err != nil {
		return err
	}
	if info.Size > MaxInbound {
		return &desk.FileError{Code: chat.MediaTooLarge, MIME: info.MIME, Size: info.Size, Limit: MaxInbound}
	}
	return f.download(ctx, source, j, info.URL, p)
}

func (f *Fetcher) download(ctx context.Context, source Source, j store.MediaJob, address string, p *part) error {
	body, info, err := source.Download(ctx, address, p.size)
	if foreign, ok := errors.AsType[*cloudapi.HostError](err); ok {
		f.Log.Warn("Meta named an address that is not Meta's", "message", j.Message, "host", foreign.Host)
		return &desk.FileError{Code: chat.MediaForeignHost}
	}
	if err != nil {
		return err
	}
	defer body.Close()
	if info.Offset != p.size { // the server begins anew
		if err := p.restart(); err != nil {
			return fmt.Errorf("media: fetch a file: %w", Full(err))
		}
	}
	tooLarge := &desk.FileError{Code: chat.MediaTooLarge, MIME: info.MIME, Size: max(info.Size, MaxInbound+1), Limit: MaxInbound}
	if info.Size > MaxInbound {
		return tooLarge
	}
	err = f.copy(j.Message, p, io.LimitReader(body, MaxInbound+1-p.size))
	if err == nil && p.size > MaxInbound {
		return tooLarge
	}
	return err
}

// copy writes what comes to the end of p, and tells how far it is.
func (f *Fetcher) copy(m chat.MessageID, p *part, from io.Reader) error {
	f.move(m, p.size)
	f.Moved(m)
	told := f.Now()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if _, err := p.Write(buffer[:n]); err != nil {
			return fmt.Errorf("media: fetch a file: %w", Full(err))
		}
		p.size += int64(n)
		f.move(m, p.size)
		if now := f.Now(); now.Sub(told) >= movedEvery {
			f.Moved(m)
			told = now
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
