package connection

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// seen is what Meta said last of the number whose id stands in the field, and
// whether it said anything of it.
func (c *numberCard) seen() (desk.Number, bool) {
	id := c.keys.fields["phone_number_id"].Text()
	i := slices.IndexFunc(c.meta.Numbers, func(n desk.Number) bool { return n.PhoneNumberID == id })
	if i < 0 {
		return desk.Number{}, false
	}
	return c.meta.Numbers[i], true
}

// stateOfMeta is one of its words, with ours and how good it is.
type stateOfMeta struct {
	key     string
	finding kit.Finding
}

// The words of Meta's that have words of ours; another one is shown as it is.
var (
	qualities = map[string]stateOfMeta{
		"GREEN": {"connect.quality_green", kit.FindingGood}, "YELLOW": {"connect.quality_yellow", kit.FindingWarn},
		"RED": {"connect.quality_red", kit.FindingBad}, "UNKNOWN": {"connect.quality_new", kit.FindingNone}, "NA": {"connect.quality_new", kit.FindingNone},
	}
	verifications = map[string]stateOfMeta{
		"VERIFIED": {"connect.verified", kit.FindingGood}, "NOT_VERIFIED": {"connect.not_verified", kit.FindingWarn}, "EXPIRED": {"connect.verified_once", kit.FindingNone},
	}
	nameStates = map[string]stateOfMeta{
		"APPROVED": {"connect.name_approved", kit.FindingGood}, "AVAILABLE_WITHOUT_REVIEW": {"connect.name_approved", kit.FindingGood},
		"PENDING_REVIEW": {"connect.name_pending", kit.FindingWarn}, "DECLINED": {"connect.name_declined", kit.FindingBad},
	}
)

// said are the facts that only Meta knows, by the keys of their names.
func (c *numberCard) said(n desk.Number) []kit.Fact {
	return []kit.Fact{
		c.fact("connect.fact_name_state", nameStates, n.NameStatus), c.fact("connect.fact_verified", verifications, n.Verification),
		c.fact("connect.fact_quality", qualities, n.Quality), {Name: "connect.fact_limit", Value: c.limit(n.Limit)},
		{Name: "connect.fact_about", Value: firstOf(n.Profile.About, n.Profile.Description)},
		{Name: "connect.fact_address", Value: n.Profile.Address}, {Name: "connect.fact_email", Value: n.Profile.Email},
		{Name: "connect.fact_site", Value: strings.Join(n.Profile.Websites, ", ")},
	}
}

func (c *numberCard) fact(name string, known map[string]stateOfMeta, word string) kit.Fact {
	state, ok := known[word]
	if !ok {
		return kit.Fact{Name: name, Value: word}
	}
	return kit.Fact{Name: name, Value: c.Words.T(state.key), Finding: state.finding}
}

// limit says a tier, as TIER_250, TIER_2K or TIER_UNLIMITED; another word as it is.
func (c *numberCard) limit(tier string) string {
	size, ok := strings.CutPrefix(tier, "TIER_")
	if size == "UNLIMITED" {
		return c.Words.T("connect.no_limit")
	}
	thousands, isK := strings.CutSuffix(size, "K")
	n, err := strconv.Atoi(thousands)
	if !ok || err != nil {
		return tier
	}
	if isK {
		n *= 1000
	}
	return c.Words.N("connect.limit", n)
}

// mostNumbers is how many numbers an account may have at most without asking Meta
// for more (Cloud API, phone numbers).
const mostNumbers = 20

// numberList is the account's numbers, where it has several: one press takes one.
type numberList struct {
	*Screen
	stack *kit.Stack
	title *kit.Paragraph
	links []*kit.Link
	ids   []string
}

func newNumberList(s *Screen) *numberList {
	l := &numberList{Screen: s, title: words("")}
	items := []fyne.CanvasObject{l.title}
	for i := range mostNumbers {
		link := kit.NewOption("", look.IconChat, func() { l.take(i) })
		l.links = append(l.links, link)
		items = append(items, link)
	}
	l.stack = kit.NewStack(2, items...)
	return l
}

// set shows them; what has no room is counted in the title.
func (l *numberList) set(numbers []desk.Number, current string) {
	show(l.stack, len(numbers) > 1)
	l.title.Set(l.Words.T("connect.numbers", locale.Args{"N": len(numbers)}))
	l.ids = l.ids[:0]
	for i, link := range l.links {
		show(link, i < len(numbers))
		if i < len(numbers) {
			n := numbers[i]
			link.SetText(strings.TrimSpace(n.Phone + "  " + n.Name))
			link.SetCurrent(n.PhoneNumberID == current)
			l.ids = append(l.ids, n.PhoneNumberID)
		}
	}
}

// take puts a number's id into its field, as if it were typed.
func (l *numberList) take(i int) {
	if i >= len(l.ids) || l.forbidden() != "" {
		return
	}
	const field = "phone_number_id"
	l.keys.fields[field].SetText(l.ids[i])
	l.keys.changed(field)
	l.Focus(l.keys.fields[field].Target())
}
