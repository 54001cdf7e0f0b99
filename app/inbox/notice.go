package inbox

import (
	"time"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// notice is what the banner under the header says.
type notice struct {
	kind    kit.BannerKind
	text    string
	actions []kit.Action
}

// shopNotice is what stands above the whole inbox, whatever is open in it: it is
// about every chat, and stops no answer.
func (d Deps) shopNotice(h desk.Health) (n notice, ok bool) {
	if !h.RulesBroken {
		return notice{}, false
	}
	return notice{kit.BannerRefused, d.Words.T("banner.rules_broken"), nil}, true
}

// notice chooses the one thing that matters most at a moment: what stops
// everybody before what stops this chat, and that before what only delays.
// ok is false where there is nothing to say.
func (t *talk) notice(h desk.Health, now time.Time, tryNow func()) (n notice, ok bool) {
	again := func(key string) []kit.Action { return []kit.Action{{Text: t.Words.T(key), Do: tryNow}} }
	switch {
	case h.State == desk.ConnectionFull:
		return notice{kit.BannerRefused, t.Words.T("banner.full"), again("try_again")}, true
	case h.State == desk.ConnectionRefused && locale.AccountRefused(h.Code):
		return notice{kit.BannerRefused, t.Words.T("banner.refused_account"), again("try_again")}, true
	case h.State == desk.ConnectionRefused:
		return notice{kit.BannerRefused, t.Words.T("banner.refused"), again("try_again")}, true
	case h.State == desk.ConnectionNoKey: // trying again would find none either
		return notice{kit.BannerRefused, t.Words.T("banner.no_key"), nil}, true
	case t.heldByOther(t.conv):
		return notice{kit.BannerLocked, t.Words.T("banner.locked", locale.Args{
			"Name": t.conv.Lock.HolderName, "Left": t.Words.Countdown(t.conv.Lock.Until.Sub(now)),
		}), nil}, true
	case t.windowClosed(now):
		return notice{kit.BannerClosed, t.Words.T("banner.closed"), nil}, true
	case h.State == desk.ConnectionOffline:
		return notice{kit.BannerOffline, t.Words.N("banner.offline", h.Waiting), again("banner.offline_action")}, true
	case t.page.State().Phase == live.Stale:
		reason := t.Words.Explain(t.page.State().Err).What
		return notice{kit.BannerOffline, t.Words.T("banner.stale", locale.Args{"Reason": reason}),
			[]kit.Action{{Text: t.Words.T("try_again"), Do: func() { t.page.Load(t.load()) }}}}, true
	}
	return notice{}, false
}

// windowClosed reports whether Meta takes no free-form message any more (24 h
// after the customer's last one, Cloud API). It is unknown, and not closed,
// until the conversation was loaded.
func (t *talk) windowClosed(now time.Time) bool {
	return t.loaded() && !chat.WindowOf(t.conv.LastInbound).Open(now)
}

// loaded reports whether the desk has answered for this chat.
func (t *talk) loaded() bool {
	phase := t.page.State().Phase
	return phase != live.Pending && phase != live.Loading && phase != live.Failed
}

// barred says why nothing can be written here now, and what will change that;
// both are empty where the person may write.
func (t *talk) barred(h desk.Health, now time.Time) (reason, hint string) {
	switch {
	case h.State == desk.ConnectionFull:
		return t.Words.T("composer.full"), ""
	case t.heldByOther(t.conv):
		name := t.conv.Lock.HolderName
		return t.Words.T("composer.locked", locale.Args{"Name": name, "Until": t.Words.Clock(t.conv.Lock.Until)}),
			t.Words.T("composer.locked_hint", locale.Args{"Name": name})
	case t.windowClosed(now):
		return t.Words.T("composer.closed"), ""
	}
	return "", ""
}
