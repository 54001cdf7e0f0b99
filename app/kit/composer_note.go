package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

// SetNotes gives the composer the switch to a note, which is written on its own
// ground, where an answer is barred, too, up to limit UTF-16 units. It is called once,
// after SetParts.
func (c *Composer) SetNotes(key *ToolSwitch, limit int) {
	c.noteKey, c.noteMost, c.edge = key, limit, NewDivider()
	c.parts.Objects = append(c.parts.Objects, c.edge, key)
	c.Refresh()
}

// SetNoting says whether a note is written, or an answer. The text is the owner's to
// replace.
func (c *Composer) SetNoting(on bool) {
	if c.noteKey != nil {
		c.noteKey.SetOn(on)
	}
	if on == c.noting {
		return
	}
	c.noting = on
	placeholder, send, tip, icon := c.words.Placeholder, c.words.Send, c.words.SendTip, look.IconSend
	if on {
		placeholder, send, tip, icon = c.words.NotePlaceholder, c.words.NoteSave, c.words.NoteTip, look.IconNote
	}
	c.entry.SetPlaceHolder(placeholder)
	c.send.SetText(send)
	c.send.SetTip(tip)
	c.send.SetIcon(icon, true)
	c.Refresh()
	if c.OnGrow != nil {
		c.OnGrow()
	}
}

// Noting reports whether a note is written.
func (c *Composer) Noting() bool { return c.noting }

// most is how long the text may be.
func (c *Composer) most() int {
	if c.noting {
		return c.noteMost
	}
	return c.limit
}

func (c *Composer) counterToken() look.Token {
	if c.noting {
		return look.AccentText
	}
	return look.Text3
}

// beganWithSlash reports whether text is before with a "/" more, at the beginning of
// a line.
func beganWithSlash(before, text string) bool {
	for i := range text {
		if text[i] == '/' && (i == 0 || text[i-1] == '\n') && text[:i]+text[i+1:] == before {
			return !strings.HasPrefix(text[i+1:], "/") // else the second one was typed
		}
	}
	return false
}

// Insert puts text where the caret is, as if it were pasted: what is marked is
// replaced, and the person can undo it. eaten letters before the caret go first.
func (c *Composer) Insert(text string, eaten int) {
	for range eaten {
		c.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	c.entry.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip(strings.ReplaceAll(text, "\r\n", "\n"))})
}

// clip is a clipboard that holds one text.
type clip string

func (c clip) Content() string   { return string(c) }
func (c clip) SetContent(string) {}

// layoutTools puts the tools in a row, in their words where there is room for them,
// and returns where it ends.
func (c *Composer) layoutTools(x, mid, room float32) float32 {
	tools := c.shownTools()
	for _, brief := range []bool{false, true} {
		wide := float32(0)
		for _, tool := range tools {
			tool.brief(brief)
			wide += tool.MinSize().Width + toolsGap
		}
		if wide <= room {
			break
		}
	}
	for _, tool := range tools {
		size := tool.MinSize()
		if tool == Tool(c.noteKey) && len(tools) > 1 {
			box(c.edge, x+5, px(mid-9), 1, 18)
			x += 10
		}
		box(tool, x, px(mid-size.Height/2), size.Width, size.Height)
		x += size.Width + toolsGap
	}
	return x + 7
}

const toolsGap float32 = 2

// shownTools are those of use for what is written now, the switch of notes last.
func (c *Composer) shownTools() []Tool {
	var tools []Tool
	for _, tool := range c.tools {
		if tool.Visible() {
			tools = append(tools, tool)
		}
	}
	if c.noteKey != nil {
		tools = append(tools, c.noteKey)
	}
	return tools
}

func (c *Composer) paintTools() {
	any := false
	for _, tool := range c.tools {
		b, ok := tool.(*ToolButton)
		on := c.reason == "" && (!c.noting || ok && b.inNotes)
		show(tool, on)
		any = any || on
	}
	if c.edge != nil {
		show(c.edge, any)
	}
	if c.instead != nil {
		show(c.instead, c.showsInstead())
		show(c.send, !c.showsInstead())
	}
}
