package desk

// Secret is a key that must not be seen: it prints, logs and marshals as dots.
// Reveal is the only way to its letters.
type Secret string

const dots = "•••"

// Reveal returns the letters. For who sends them to their owner, and nobody else.
func (s Secret) Reveal() string { return string(s) }

func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return dots
}

// GoString implements fmt.GoStringer: %#v shows no letters either.
func (s Secret) GoString() string { return s.String() }

// MarshalText implements encoding.TextMarshaler, which JSON and logs use too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
