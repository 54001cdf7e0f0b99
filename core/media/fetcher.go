package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/desk"
	"shopbell/core/retry"
	"shopbell/core/store"
)

// Source is where customers' files are fetched from; *cloudapi.Client is one.
// Safe for use by many goroutines.
type Source interface {
	LookupMedia(ctx context.Context, id, phoneNumberID string) (cloudapi.MediaInfo, error)
	Download(ctx context.Context, address string, offset int64) (io.ReadCloser, cloudapi.DownloadInfo, error)
}

// FetcherOptions configure a Fetcher. DB, Folder, Source and Now are needed.
type FetcherOptions struct {
	DB     *store.DB
	Folder *Folder
	// Source returns the way to Meta as it is now; nil while the shop has no key:
	// then nothing is fetched until Wake.
	Source func() Source
	Now    func() time.Time
	// Moved is called when Fetched has something new to say of a message, at most 4
	// times a second for each. It must return soon. May be nil.
	Moved func(chat.MessageID)
	// Workers is how many files are fetched at once; 0 means 4.
	Workers int
	// Rand returns numbers in [0, 1) for jitter; safe for many goroutines. Nil: math/rand.
	Rand func() float64
	// Log gets what cannot be fetched: ids and errors. Nil: nowhere.
	Log *slog.Logger
}

const (
	defaultWorkers = 4
	// movedEvery keeps a screen's progress smooth without drawing each packet.
	movedEvery = 250 * time.Millisecond
	// A file is asked for again after firstWait, then ever later.
	firstWait, maxWait = 2 * time.Second, time.Hour
	// maxSleep bounds how long the loop sleeps: a computer that was suspended
	// wakes with its timers behind. minSleep is how long it sleeps at least.
	maxSleep, minSleep = 30 * time.Second, time.Second
)

// Fetcher fetches the files of customers' messages before Meta forgets them, 7
// days after they came (Cloud API, media): those of the newest messages first, a
// half file from where it ended. The table is the queue: what is not here is
// tried again after a restart. Wake and Fetched may be called by any goroutine.
type Fetcher struct {
	FetcherOptions
	wake    chan struct{}
	started atomic.Bool

	mu     sync.Mutex
	taken  map[chat.MessageID]bool  // a worker has it
	moving map[chat.MessageID]int64 // bytes that are here
}

// NewFetcher returns a Fetcher that fetches nothing until Run.
func NewFetcher(o FetcherOptions) (*Fetcher, error) {
	if o.DB == nil || o.Folder == nil || o.Source == nil || o.Now == nil {
		return nil, errors.New("media: FetcherOptions need a DB, a Folder, a Source and Now")
	}
	if o.Workers < 0 {
		return nil, fmt.Errorf("media: Workers is %d: give 1 or more, or 0 for %d", o.Workers, defaultWorkers)
	}
	if o.Workers == 0 {
		o.Workers = defaultWorkers
	}
	if o.Moved == nil {
		o.Moved = func(chat.MessageID) {}
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Fetcher{
		FetcherOptions: o, wake: make(chan struct{}, 1),
		taken: map[chat.MessageID]bool{}, moving: map[chat.MessageID]int64{},
	}, nil
}

// Wake says that a file may have become due, or that there is a Source now. It
// does not block.
func (f *Fetcher) Wake() {
	select {
	case f.wake <- struct{}{}:
	default: // one is pending already
	}
}

// Fetched returns how many bytes of a message's file are here; ok is false
// while it is not being fetched.
func (f *Fetcher) Fetched(m chat.MessageID) (bytes int64, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	bytes, ok = f.moving[m]
	return bytes, ok
}

// Run fetches until ctx ends, and returns nil then. What is under way is cut
// off and goes on at the next Run. It may be called only once.
func (f *Fetcher) Run(ctx context.Context) error {
	if !f.started.CompareAndSwap(false, true) {
		return errors.New("media: Run was called twice: make a new Fetcher")
	}
	var workers sync.WaitGroup
	defer workers.Wait()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-f.wake:
		case <-timer.C:
		}
		next, err := f.start(ctx, &workers)
		if err != nil && ctx.Err() == nil {
			f.Log.Error("Files to be fetched could not be read", "error", err)
		}
		timer.Reset(min(max(minSleep, next), maxSleep))
	}
}

// start gives free workers what is due, and returns when to look again.
func (f *Fetcher) start(ctx context.Context, workers *sync.WaitGroup) (time.Duration, error) {
	source := f.Source()
	if source == nil {
		return maxSleep, nil
	}
	// Workers hold rows that are due still, so more is read than may be started. What
	// is read of theirs may be out of date before it is looked at.
	busy := f.busy()
	jobs, err := f.DB.MediaDue(ctx, f.Now(), 2*f.Workers)
	if err != nil {
		return minSleep, err
	}
	for _, j := range jobs {
		if !busy[j.Message] && f.take(j.Message) {
			workers.Go(func() {
				f.work(ctx, source, j)
				f.release(j.Message)
				f.Wake()
			})
		}
	}
	next, err := f.DB.MediaNext(ctx)
	if next.IsZero() {
		return maxSleep, err
	}
	return next.Sub(f.Now()), err
}

// busy are the messages that workers have.
func (f *Fetcher) busy() map[chat.MessageID]bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.taken)
}

// take gives a message to a worker where one is free.
func (f *Fetcher) take(m chat.MessageID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.taken) >= f.Workers {
		return false
	}
	f.taken[m] = true
	return true
}

func (f *Fetcher) release(m chat.MessageID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.taken, m)
}

// move notes how much of a file is here.
func (f *Fetcher) move(m chat.MessageID, bytes int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.moving[m] = bytes
}

// still drops that note.
func (f *Fetcher) still(m chat.MessageID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.moving, m)
}

// result is what became of one try, as it is stored.
type result func(*store.Tx) error

// work makes one try and stores what became of it, as often as it takes.
func (f *Fetcher) work(ctx context.Context, source Source, j store.MediaJob) {
	found, err := f.fetch(ctx, source, j)
	f.still(j.Message)
	if err != nil && ctx.Err() != nil {
		return // it was cut off: that is no try
	}
	note := f.judge(j, found, err)
	for wait := firstWait; ; wait = min(2*wait, maxWait) {
		// A file that is here when ctx ends is noted still: the database closes last.
		err := f.DB.Update(context.WithoutCancel(ctx), note)
		if err == nil || notThere(err) {
			return
		}
		f.Log.Error("What became of a file could not be stored", "message", j.Message, "error", err)
		if !retry.Wait(ctx, wait) {
			return
		}
	}
}

// notThere reports whether the message was erased meanwhile.
func notThere(err error) bool { return errors.Is(err, store.ErrNotFound) }

// judge decides what a try means.
func (f *Fetcher) judge(j store.MediaJob, found store.MediaFound, err error) result {
	if err == nil {
		return func(tx *store.Tx) error { return tx.MediaHere(j.Message, found) }
	}
	f.Log.Warn("File was not fetched", "message", j.Message, "try", j.Tries+1, "error", err)
	if refused, ok := errors.AsType[*desk.FileError](err); ok {
		return func(tx *store.Tx) error { return tx.MediaRefused(j.Message, refused.Code) }
	}
	if errors.Is(err, errForgotten) {
		return func(tx *store.Tx) error { return tx.MediaLost(j.Message, chat.MediaGone) }
	}
	wait := maxWait
	if j.Tries < 16 {
		wait = min(firstWait<<j.Tries, maxWait)
	}
	at := f.Now().Add(wait/2 + time.Duration(float64(wait/2)*f.Rand()))
	if !j.Until.IsZero() && at.After(j.Until) {
		at = j.Until // the moment to give it up
	}
	return func(tx *store.Tx) error { return tx.MediaAgain(j.Message, at, "") }
}

// partName is what the half file of a message is called.
func partName(m chat.MessageID) string { return "message-" + strconv.FormatInt(int64(m), 10) }
