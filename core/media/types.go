package media

import (
	"path/filepath"
	"strings"

	"shopbell/core/chat"
)

// Limits of Meta's for a file by its kind, in bytes (Cloud API, section 4).
const (
	MaxImage           = 5 << 20
	MaxVideo           = 16 << 20 // mission C8 too
	MaxAudio           = 16 << 20
	MaxDocument        = 100 << 20
	MaxSticker         = 100 << 10
	MaxAnimatedSticker = 500 << 10
	// MaxInbound is the largest file a customer can send (Cloud API, section 4).
	MaxInbound = 100 << 20
	// maxVoice is the largest file that a phone plays as a voice note; a larger one
	// is offered to be downloaded (Cloud API, section 3).
	maxVoice = 512 << 10
	// stickerSide is width and height of a sticker in pixels (WhatsApp).
	stickerSide = 512
)

// sendable are the types that Meta takes, with the kind each goes as (Cloud API,
// section 4).
var sendable = map[string]chat.Kind{
	"image/jpeg": chat.KindImage,
	"image/png":  chat.KindImage,
	"image/webp": chat.KindSticker,

	"video/mp4":  chat.KindVideo,
	"video/3gpp": chat.KindVideo,

	"audio/aac":  chat.KindAudio,
	"audio/amr":  chat.KindAudio,
	"audio/mpeg": chat.KindAudio,
	"audio/mp4":  chat.KindAudio,
	opusMono:     chat.KindAudio,

	"text/plain":                    chat.KindDocument,
	"application/pdf":               chat.KindDocument,
	"application/msword":            chat.KindDocument,
	"application/vnd.ms-excel":      chat.KindDocument,
	"application/vnd.ms-powerpoint": chat.KindDocument,
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   chat.KindDocument,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         chat.KindDocument,
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": chat.KindDocument,
}

// opusMono is the one OGG that Meta takes: it refuses a bare "audio/ogg".
const opusMono = "audio/ogg; codecs=opus"

// aliases are names that the library has for types that Meta calls otherwise.
var aliases = map[string]string{
	"audio/x-m4a":               "audio/mp4",
	"application/ogg":           "audio/ogg",
	"text/csv":                  "text/plain",
	"text/tab-separated-values": "text/plain",
}

// programs are types that run when they are opened. They are never kept,
// whatever they are called.
var programs = map[string]bool{
	"application/vnd.microsoft.portable-executable": true,
	"application/x-elf":                             true,
	"application/x-executable":                      true,
	"application/x-sharedlib":                       true,
	"application/x-object":                          true,
	"application/x-mach-binary":                     true,
	"application/x-ms-installer":                    true,
	"application/x-ms-shortcut":                     true,
	"text/x-shellscript":                            true,
}

// unknown is the type of what has no known beginning.
const unknown = "application/octet-stream"

// family is what a person takes a file for by its name: a photo that is a PNG
// and is called .jpg deceives nobody, a program called so does.
type family string

const (
	picture   family = "picture"
	recording family = "recording" // sound and film share their containers
)

// documents are the families of the documents in sendable.
var documents = map[string]family{
	"text/plain":                    "text",
	"application/pdf":               "pdf",
	"application/msword":            "words",
	"application/vnd.ms-excel":      "table",
	"application/vnd.ms-powerpoint": "slides",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   "words",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         "table",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": "slides",
}

// claims are the families that endings of names claim.
var claims = map[string]family{
	".jpg": picture, ".jpeg": picture, ".png": picture, ".webp": picture, ".gif": picture,
	".mp4": recording, ".m4v": recording, ".mov": recording, ".3gp": recording, ".aac": recording, ".amr": recording,
	".mp3": recording, ".m4a": recording, ".wav": recording, ".ogg": recording, ".oga": recording, ".opus": recording,
	".txt": "text", ".csv": "text", ".tsv": "text",
	".pdf": "pdf",
	".doc": "words", ".docx": "words",
	".xls": "table", ".xlsx": "table",
	".ppt": "slides", ".pptx": "slides",
}

// claimOf is the family that a file's name claims; "" for none.
func claimOf(name string) family { return claims[strings.ToLower(filepath.Ext(name))] }

// familyOf is the family of a type; "" for what has none.
func familyOf(mime string) family {
	mime = canonical(mime)
	switch top, _, _ := strings.Cut(mime, "/"); top {
	case "image":
		return picture
	case "audio", "video":
		return recording
	}
	return documents[mime]
}

// familyOfKind is the family a message of that kind promises; "" for a
// document, which may be anything.
func familyOfKind(kind chat.Kind) family {
	switch kind {
	case chat.KindImage, chat.KindSticker:
		return picture
	case chat.KindVideo, chat.KindAudio:
		return recording
	}
	return ""
}

// canonical is a type as Meta calls it, without its parameters.
func canonical(mime string) string {
	mime, _, _ = strings.Cut(mime, ";")
	mime = strings.ToLower(strings.TrimSpace(mime))
	if name, ok := aliases[mime]; ok {
		return name
	}
	return mime
}
