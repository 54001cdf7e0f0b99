package chat

// Template is a message text that Meta has approved.
type Template struct {
	Name, Language, Category string // category: marketing, utility, authentication
	Status                   string // Meta's own word; only "APPROVED" may be sent
	Header                   TemplateHeader
	Body                     string // with its variables as {{1}} or {{name}}
	Footer                   string
	Buttons                  []TemplateButton
	// Named: the variables have names; else they are numbered from 1.
	Named    bool
	Rejected string // Meta's reason; empty where there is none
}

// TemplateHeader is what stands above the text. Format is "", text, image, video,
// document or location.
type TemplateHeader struct {
	Format, Text string
}

// TemplateButton is one button of a template. Type is Meta's own word in lower
// case: quick_reply, url, phone_number, ...
type TemplateButton struct {
	Type, Title, URL string
}
