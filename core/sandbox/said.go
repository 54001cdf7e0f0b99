package sandbox

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"shopbell/core/chat"
)

// Said is one message of a customer in one of the shapes that the Cloud API
// delivers (cloud-api 2.1). It may be said more than once.
type Said struct {
	kind string         // Meta's type
	body any            // stands under the name of the type; nil: nothing does
	also map[string]any // context, referral, errors and the like
	file *File          // Say gives it an id, and the desk fetches it
	at   time.Time      // zero: now
	// failure stands beside the message, not in it; nil for most.
	failure object
}

// Text is a text message.
func Text(body string) Said { return Said{kind: "text", body: object{"body": body}} }

// Image is a picture; caption may be empty, as everywhere here.
func Image(f File, caption string) Said { return sent("image", f, object{"caption": caption}) }

// Video is a clip.
func Video(f File, caption string) Said { return sent("video", f, object{"caption": caption}) }

// VoiceNote was recorded on the spot; AudioFile was not.
func VoiceNote(f File) Said { return sent("audio", f, object{"voice": true}) }

// AudioFile is music or speech from a file.
func AudioFile(f File) Said { return sent("audio", f, object{"voice": false}) }

// Document is a file by its name.
func Document(f File, caption string) Said {
	return sent("document", f, object{"caption": caption, "filename": f.Name})
}

// StickerOf is a sticker.
func StickerOf(f File, animated bool) Said { return sent("sticker", f, object{"animated": animated}) }

// Place is a location; only the coordinates are always there.
func Place(l chat.Location) Said {
	return Said{kind: "location", body: object{
		"latitude": l.Latitude, "longitude": l.Longitude, "name": l.Name, "address": l.Address, "url": l.URL,
	}.bare()}
}

// Cards are people out of the customer's phone book.
func Cards(cards ...chat.Card) Said {
	list := []any{}
	for _, c := range cards {
		first, last, _ := strings.Cut(c.Name, " ")
		entry := object{"name": object{"formatted_name": c.Name, "first_name": first, "last_name": last}.bare()}
		var phones, emails []any
		for _, p := range c.Phones {
			phones = append(phones, object{"phone": p.Phone, "wa_id": p.WaID, "type": p.Type}.bare())
		}
		for _, e := range c.Emails {
			emails = append(emails, object{"email": e})
		}
		if phones != nil {
			entry["phones"] = phones
		}
		if emails != nil {
			entry["emails"] = emails
		}
		if c.Company != "" {
			entry["org"] = object{"company": c.Company}
		}
		list = append(list, entry)
	}
	return Said{kind: "contacts", body: list}
}

// Basket is an order from the catalogue; prices are numbers that may have a
// fraction.
func Basket(o chat.Order, text string) Said {
	items := []any{}
	for _, it := range o.Items {
		items = append(items, object{
			"product_retailer_id": it.Product, "quantity": it.Quantity, "item_price": decimal(it.Price), "currency": it.Currency,
		})
	}
	return Said{kind: "order", body: object{"catalog_id": o.Catalog, "text": text, "product_items": items}.bare()}
}

// decimal writes an amount exactly.
func decimal(m chat.Micros) json.Number {
	const unit = 1_000_000
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	fraction := strings.TrimRight(strconv.FormatInt(unit+int64(m%unit), 10)[1:], "0")
	if fraction != "" {
		fraction = "." + fraction
	}
	return json.Number(sign + strconv.FormatInt(int64(m/unit), 10) + fraction)
}

// Reaction is an emoji on the message wamid; "" takes it off again, and then the
// webhook has no emoji at all.
func Reaction(wamid, emoji string) Said {
	return Said{kind: "reaction", body: object{"message_id": wamid, "emoji": emoji}.bare()}
}

// Edit changes the text of the customer's own message wamid.
func Edit(wamid, text string) Said {
	return Said{kind: "edit", body: object{
		"original_message_id": wamid, "message": object{"type": "text", "text": object{"body": text}},
	}}
}

// Revoke takes the customer's own message wamid back.
func Revoke(wamid string) Said {
	return Said{kind: "revoke", body: object{"original_message_id": wamid}}
}

// PressOf is the press of a reply button under the message wamid of the shop's.
func PressOf(b chat.Button, wamid string) Said {
	return Said{kind: "interactive", body: object{"type": "button_reply", "button_reply": object{"id": b.ID, "title": b.Title}}}.under(wamid)
}

// ChoiceOf is the choice of a row from the list wamid of the shop's.
func ChoiceOf(r chat.ListRow, wamid string) Said {
	row := object{"id": r.ID, "title": r.Title, "description": r.Description}.bare()
	return Said{kind: "interactive", body: object{"type": "list_reply", "list_reply": row}}.under(wamid)
}

// TemplatePress is the press of a quick reply under a template.
func TemplatePress(payload, title, wamid string) Said {
	return Said{kind: "button", body: object{"payload": payload, "text": title}}.under(wamid)
}

// FormOf is a filled-in form; answers is JSON, which Meta sends as a string.
func FormOf(answers, wamid string) Said {
	form := object{"name": "flow", "body": "Sent", "response_json": answers}
	return Said{kind: "interactive", body: object{"type": "nfm_reply", "nfm_reply": form}}.under(wamid)
}

// Unsupported is what the Cloud API does not deliver: a poll ("poll_creation"),
// a "gif". kind may be empty: Meta does not always name it.
func Unsupported(kind string) Said {
	m := Said{kind: "unsupported"}.with("errors", []any{object{
		"code": 131051, "title": "Message type unknown", "message": "Message type unknown",
		"error_data": object{"details": "Message type is currently not supported."},
	}})
	if kind != "" {
		m.body = object{"type": kind}
	}
	return m
}

// Hollow is an answer to the message wamid that Meta delivers without its body:
// what was pressed is lost, and the webhook says so beside the message.
func Hollow(wamid string) Said {
	m := Said{kind: "interactive"}.under(wamid)
	m.failure = object{
		"code": 131000, "title": "Something went wrong", "message": "Something went wrong",
		"error_data": object{"details": "Unsupported webhook payload"},
	}
	return m
}

// Quoting answers the message wamid.
func (m Said) Quoting(wamid string) Said { return m.under(wamid) }

// Forwarded was passed on.
func (m Said) Forwarded() Said { return m.with("context", object{"forwarded": true}) }

// Asking is about an article of the catalogue.
func (m Said) Asking(catalog, product string) Said {
	return m.with("context", object{"referred_product": object{"catalog_id": catalog, "product_retailer_id": product}})
}

// Through came by an ad or a post.
func (m Said) Through(r chat.Referral) Said {
	ad := object{
		"source_type": r.Type, "source_id": r.ID, "source_url": r.URL, "headline": r.Headline, "body": r.Body,
		"image_url": r.ImageURL, "ctwa_clid": r.ClickID,
	}
	if r.ImageURL != "" {
		ad["media_type"] = "image"
	}
	return m.with("referral", ad.bare())
}

// At was written then, and arrives now.
func (m Said) At(t time.Time) Said {
	m.at = t
	return m
}

func (m Said) under(wamid string) Said { return m.with("context", object{"id": wamid}) }

// with sets one part beside the body; m itself stays as it was.
func (m Said) with(key string, part any) Said {
	also := map[string]any{key: part}
	for k, v := range m.also {
		if k != key {
			also[k] = v
		}
	}
	m.also = also
	return m
}

func sent(kind string, f File, body object) Said {
	return Said{kind: kind, body: body.bare(), file: &f}
}

// object is a JSON object.
type object map[string]any

// bare leaves out the empty strings: Meta leaves a field out rather than empty.
func (o object) bare() object {
	out := object{}
	for k, v := range o {
		if v != "" {
			out[k] = v
		}
	}
	return out
}
