package intake

import (
	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

// kindOf is what an automatic reply is sent as.
func kindOf(r autoreply.Reply) chat.Kind {
	switch {
	case len(r.Buttons) > 0:
		return chat.KindInteractive
	case r.Link != nil:
		return chat.KindLink
	case r.Picture != "":
		return chat.KindImage
	}
	return chat.KindText
}

// letter puts an automatic reply into the words of the Graph API. A picture alone
// has the text as its caption; above buttons and links it is the header.
func letter(m chat.Message, to chat.Address, callback string) cloudapi.Outgoing {
	o := cloudapi.Outgoing{To: to, Text: m.Text, Buttons: m.Buttons, Link: m.Link, Opaque: callback}
	if m.Media == nil {
		return o
	}
	picture := &cloudapi.Media{Kind: chat.KindImage, File: m.Media.File}
	if m.Kind == chat.KindImage {
		o.Media = picture
	} else {
		o.Header = &cloudapi.Header{Media: picture}
	}
	return o
}
