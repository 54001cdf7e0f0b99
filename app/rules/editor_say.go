package rules

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/chat"
)

// units counts as WhatsApp does.
func units(s string) int { return chat.Units(s) }

// sayBlock is what a rule says: its variants, each with a text and a picture.
type sayBlock struct {
	*editor
	stack   *kit.Stack
	numbers *kit.Numbers
	insert  *kit.Button
	order   *kit.IconButton
	text    *kit.Field
	gauge   *kit.Gauge
	hint    *kit.Status
	left    *leftPlaces
	picture *kit.Button
	thumb   *kit.Thumb
	noThumb *kit.IconButton
	drawn   string // the picture in the thumb
}

func newSayBlock(e *editor) *sayBlock {
	w := e.Words
	b := &sayBlock{editor: e, text: kit.NewAreaField(kit.FieldWords{Placeholder: w.T("rules.text_hint")}, 3), gauge: kit.NewGauge(), hint: kit.NewStatus(kit.FindingNone, "")}
	b.numbers = kit.NewNumbers(autoreply.MaxReplies, b.editing.ShowVariant)
	b.order = kit.NewIconButton(look.IconMore, w.T("rules.variant_more"), func() { b.menuUnder(b.order, b.variantMenu()) })
	b.insert = e.small("rules.insert", func() { b.menuUnder(b.insert, b.insertMenu()) })
	b.insert.SetIcon(look.IconBraces, false)
	b.text.SetLimit(autoreply.MaxText)
	b.text.OnChanged = func() { b.changeVariant("text", func(v *autoreply.Variant) { v.Text = b.text.Text() }) }
	b.text.OnFocus = func() {
		b.pane.Reveal(b.text)
		b.left.beyond = spot{} // the next place is behind this caret
	}
	b.picture = e.small("rules.add_picture", b.choosePicture)
	b.picture.SetIcon(look.IconPicture, false)
	b.thumb = kit.NewThumb(56)
	b.noThumb = kit.NewIconButton(look.IconClose, w.T("rules.remove_picture"), func() {
		b.changeVariant("", func(v *autoreply.Variant) { v.Picture = "" })
	})
	b.left = newLeftPlaces(b)
	b.stack = kit.NewStack(8,
		kit.NewRun(8, kit.Own(kit.NewLine(w.T("rules.say"), kit.BodyBold, look.Text)), kit.Own(b.numbers), kit.Own(b.order),
			kit.Rest(kit.NewParagraph(w.T("rules.variants"), kit.Small, look.Text2), 150), kit.Own(b.insert)),
		b.text, b.gauge, b.left.run, b.hint,
		kit.NewRun(8, kit.Own(b.thumb), kit.Own(b.noThumb), kit.Own(b.picture)))
	return b
}

func (b *sayBlock) content() kit.Fitting { return b.stack }
func (b *sayBlock) settle()              {}

// target implements what editor.focus asks: the text of a rule without words.
func (b *sayBlock) target() fyne.Focusable { return b.text.Target() }

// variant is the reply that is shown; the one after the last is empty.
func (e *editor) variant(r autoreply.Rule) autoreply.Variant {
	if n := e.editing.Variant(); n < len(r.Replies) {
		return r.Replies[n]
	}
	return autoreply.Variant{}
}

// changeVariant changes the reply that is shown. The one after the last begins to be
// there with it.
func (e *editor) changeVariant(field string, fn func(*autoreply.Variant)) {
	n := e.editing.Variant()
	e.change(field, func(r *autoreply.Rule) {
		for len(r.Replies) <= n {
			r.Replies = append(r.Replies, autoreply.Variant{})
		}
		fn(&r.Replies[n])
	})
}

func (b *sayBlock) sync(r autoreply.Rule) {
	v, n := b.variant(r), b.editing.Variant()
	long := map[int]bool{}
	for i, other := range r.Replies {
		long[i] = excess(other) > 0
	}
	b.numbers.Set(len(r.Replies), n, long)
	setField(b.text, v.Text)
	b.text.Set(b.textFault(v))
	showPlaces(b.text)
	b.left.show(r)
	from, to := autoreply.Recommended(r.Trigger)
	length := units(v.Text)
	late := autoreply.Late(v.Text)
	b.gauge.Set(kit.GaugeData{
		Value: length, Most: autoreply.MaxText, From: from, To: to, Tick: autoreply.PreviewEnd, Warn: late != "",
		Good: length >= from && length <= to,
		Text: b.Words.T(lengthAdvice(to), locale.Args{"From": from, "To": to, "N": autoreply.PreviewEnd}),
	})
	b.hint.Set(b.hintOf(r, v, late))
	b.syncPicture(v)
}

// lengthAdvice is the key of what is said of a length that is good up to a number:
// whether all of such a text is seen in the phone's notification, or its beginning.
func lengthAdvice(to int) string {
	if to > autoreply.PreviewEnd {
		return "rules.length_beyond"
	}
	return "rules.length_within"
}

// excess is by how many UTF-16 units a reply is too long once it is filled in.
func excess(v autoreply.Variant) int {
	n := autoreply.Filled(v.Text) - autoreply.MaxText
	for _, button := range v.Buttons {
		if button.Action == autoreply.ActionLink {
			n += autoreply.OfferReserve
			break
		}
	}
	return n
}

// textFault says by how much a text is too long, and what fills the room it has not.
func (b *sayBlock) textFault(v autoreply.Variant) (kit.Finding, string) {
	over := excess(v)
	switch {
	case over <= 0:
		return kit.FindingNone, ""
	case units(v.Text) > autoreply.MaxText:
		return kit.FindingBad, b.Words.N("rules.too_long", over, locale.Args{"Most": autoreply.MaxText})
	}
	return kit.FindingBad, b.Words.N("rules.too_long_filled", over, locale.Args{"Most": autoreply.MaxText})
}

// hintOf is advice: nothing of it keeps a rule from being saved.
func (b *sayBlock) hintOf(r autoreply.Rule, v autoreply.Variant, late string) (kit.Finding, string) {
	switch {
	case late != "":
		return kit.FindingWarn, b.Words.T("rules.late", locale.Args{"Word": late, "N": autoreply.PreviewEnd})
	case b.editing.Variant() >= len(r.Replies) && len(r.Replies) > 0:
		return kit.FindingNone, b.Words.T("rules.next_variant")
	case len(r.Replies) == 0 && r.Department != "" && r.Trigger == autoreply.TriggerKeyword:
		return kit.FindingNone, b.Words.T("rules.routes_only")
	}
	return kit.FindingNone, ""
}

func (b *sayBlock) insertMenu() []kit.MenuItem {
	_, r, _ := b.editing.Rule()
	put := func(place string) func() {
		return func() {
			b.text.Insert(place)
			b.Focus(b.text.Target())
		}
	}
	w := b.Words
	stock := kit.MenuItem{Icon: look.IconStock, Text: w.T("rules.insert_stock"), Keys: "{stock}", Do: put("{stock}")}
	if r.Stock == nil {
		stock = kit.MenuItem{Icon: look.IconStock, Text: w.T("rules.insert_stock"), Reason: w.T("rules.insert_stock_off")}
	}
	return []kit.MenuItem{
		{Icon: look.IconPerson, Text: w.T("rules.insert_name"), Keys: "{name}", Do: put("{name}")},
		{Icon: look.IconBag, Text: w.T("rules.insert_shop"), Keys: "{shop}", Do: put("{shop}")},
		stock,
	}
}

// variantMenu is what can be done with the reply that is shown.
func (b *sayBlock) variantMenu() []kit.MenuItem {
	w := b.Words
	_, r, _ := b.editing.Rule()
	n, count := b.editing.Variant(), len(r.Replies)
	swap := func(to int) func() {
		return func() {
			b.change("", func(r *autoreply.Rule) { r.Replies[n], r.Replies[to] = r.Replies[to], r.Replies[n] })
			b.editing.ShowVariant(to)
		}
	}
	item := func(icon look.IconName, key, why string, can bool, do func()) kit.MenuItem {
		if !can {
			return kit.MenuItem{Icon: icon, Text: w.T(key), Reason: w.T(why)}
		}
		return kit.MenuItem{Icon: icon, Text: w.T(key), Do: do}
	}
	return []kit.MenuItem{
		item(look.IconBack, "rules.variant_earlier", "rules.variant_first", n > 0 && n < count, swap(n-1)),
		item(look.IconArrowRight, "rules.variant_later", "rules.variant_last", n+1 < count, swap(n+1)),
		item(look.IconTrash, "rules.variant_remove", "rules.variant_none", n < count, func() {
			b.change("", func(r *autoreply.Rule) { r.Replies = slices.Delete(r.Replies, n, n+1) })
			b.editing.ShowVariant(max(0, min(n, count-2)))
		}),
	}
}

// syncPicture shows the picture of a reply, or offers to add one.
func (b *sayBlock) syncPicture(v autoreply.Variant) {
	visible(b.thumb, v.Picture != "")
	visible(b.noThumb, v.Picture != "")
	b.picture.SetText(b.Words.T("rules.add_picture"))
	if v.Picture == "" {
		b.drawn = ""
		return
	}
	b.picture.SetText(b.Words.T("rules.other_picture"))
	if v.Picture == b.drawn {
		return
	}
	b.thumb.Set(nil)
	b.thumbs.show(v.Picture, func(img *image.NRGBA) {
		b.drawn = v.Picture
		b.thumb.Set(middle(img, 1, 1))
	})
}
