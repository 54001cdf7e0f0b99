package inbox

import (
	"path"
	"slices"
	"strings"

	"shopbell/core/chat"
)

// openable are the types whose content is handed to the system's program, with the endings
// of names that lead to one that only shows it. What can run is not among them: whoever
// sent it is a stranger, and one tap is no decision.
var openable = map[string][]string{
	"image/jpeg": {".jpg", ".jpeg"}, "image/png": {".png"}, "image/webp": {".webp"}, "image/gif": {".gif"},
	"image/bmp": {".bmp"}, "image/tiff": {".tiff", ".tif"}, "image/heic": {".heic"}, "image/heif": {".heif"},
	"audio/ogg": {".ogg", ".oga", ".opus"}, "audio/mpeg": {".mp3"}, "audio/mp4": {".m4a"}, "audio/aac": {".aac"},
	"audio/amr": {".amr"}, "audio/wav": {".wav"}, "audio/flac": {".flac"},
	"video/mp4": {".mp4", ".m4v"}, "video/3gpp": {".3gp"}, "video/quicktime": {".mov"}, "video/webm": {".webm"},
	"video/x-msvideo": {".avi"}, "video/x-matroska": {".mkv"},
	"application/pdf": {".pdf"}, "text/plain": {".txt", ".csv", ".tsv"}, "text/csv": {".csv"},
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   {".docx"},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         {".xlsx"},
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": {".pptx"},
}

// endings are those of a type; none where it is not opened.
func endings(mime string) []string {
	mime, _, _ = strings.Cut(mime, ";")
	return openable[strings.ToLower(strings.TrimSpace(mime))]
}

// mayOpen reports whether content of a type is handed to the system's program.
func mayOpen(mime string) bool { return endings(mime) != nil }

// fileName is what a file is called outside: a document's own name, for all
// others the kind and the type of the content.
func fileName(m chat.Message) string {
	name := m.Media.Name
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if strings.Trim(name, ". ") != "" {
		return name
	}
	name = string(m.Kind) + "-" + keyOf(m.ID)
	if known := endings(m.Media.MIME); known != nil {
		name += known[0]
	}
	return name
}

// openName is fileName of what is opened: the system chooses the program by the ending,
// and a text that is called prices.bat would run. It gets the ending of its content.
func openName(m chat.Message) string {
	name, known := strings.TrimRight(fileName(m), ". "), endings(m.Media.MIME)
	if slices.Contains(known, strings.ToLower(path.Ext(name))) {
		return name
	}
	return name + known[0]
}
