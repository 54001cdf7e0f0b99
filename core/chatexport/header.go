package chatexport

import "unicode"

// halves are the words for the halves of the day, as phones write them.
var halves = map[string]half{
	"am": morning, "a.m.": morning, "a. m.": morning, "a.m": morning, "a m": morning, "vm.": morning, "fm": morning, "f.m.": morning,
	"pm": afternoon, "p.m.": afternoon, "p. m.": afternoon, "p.m": afternoon, "p m": afternoon, "nm.": afternoon, "em": afternoon, "e.m.": afternoon,
	"ص": morning, "م": afternoon, "صباحًا": morning, "مساءً": afternoon,
	"ق.ظ.": morning, "ب.ظ.": afternoon, "قبل\u200cازظهر": morning, "بعدازظهر": afternoon,
	"öö": morning, "ös": afternoon, "πμ": morning, "μμ": afternoon, "π.μ.": morning, "μ.μ.": afternoon,
	"дп": morning, "пп": afternoon, "пр.об.": morning, "сл.об.": afternoon,
	"上午": morning, "下午": afternoon, "午前": morning, "午後": afternoon, "오전": morning, "오후": afternoon,
	"de": morning, "du": afternoon, "sa": morning, "ch": afternoon, "pg": morning, "ptg": afternoon,
}

// betweens are the words between a date and its time: "14.03.2025 в 14:01".
var betweens = map[string]half{
	"в": 0, "о": 0, "г.": 0, "г., в": 0, "г. в": 0, "at": 0, "às": 0, "as": 0, "a las": 0, "a la": 0, "à": 0, "alle": 0, "um": 0, "kl.": 0, "klo": 0,
	"o": 0, "pukul": 0, "jam": 0, "saat": 0, "ob": 0, "u": 0, "la": 0, "di": 0,
}

// header reads the beginning of a message: its date and time, and what follows. ok
// is false for a line that begins none.
func header(line string) (s stamp, as shape, body string, ok bool) {
	c := &cursor{rest: line}
	as.bracket = c.take('[')
	if !c.date(&s, &as) {
		return s, as, "", false
	}
	c.take(',')
	c.take('،')
	c.blanks()
	c.word(betweens)
	c.take(',')
	c.blanks()
	if !c.time(&s, &as) {
		return s, as, "", false
	}
	if as.bracket {
		if !c.take(']') {
			return s, as, "", false
		}
		c.blank()
		return s, as, c.rest, true
	}
	c.blanks()
	if !c.take('-') && !c.take('–') && !c.take('—') {
		return s, as, "", false
	}
	if !unicode.IsSpace(c.peek()) {
		return s, as, "", false
	}
	c.blank()
	return s, as, c.rest, true
}

// date reads three numbers with one separator between them: "14.03.25", "2025-3-14",
// "14. 3. 2025", "2025. 03. 14.".
func (c *cursor) date(s *stamp, as *shape) bool {
	digits := [3]int{}
	for i := range s.date {
		if i > 0 {
			r := c.peek()
			if i == 1 && (r == '.' || r == '/' || r == '-') {
				as.separator = r
			}
			if as.separator == 0 || !c.take(as.separator) {
				return false
			}
			if as.separator == '.' {
				c.blanks()
			}
		}
		n, d, ok := c.number(1, 4)
		if !ok {
			return false
		}
		s.date[i], digits[i] = n, d
	}
	if as.separator == '.' {
		c.take('.')
	}
	as.yearFirst = digits[0] == 4
	s.yearDigits = digits[2]
	short := digits[1:2]
	if as.yearFirst {
		s.yearDigits = digits[0]
		short = digits[1:]
	} else if digits[0] > 2 {
		return false
	}
	for _, d := range short {
		if d > 2 {
			return false
		}
	}
	return s.yearDigits == 2 || s.yearDigits == 4
}

// time reads "14:01", "14:01:22", "2:01 PM", "下午2:01", "14.01".
func (c *cursor) time(s *stamp, as *shape) bool {
	s.half, _ = c.word(halves)
	c.blanks()
	hour, _, ok := c.number(1, 2)
	between := c.peek()
	if !ok || between != ':' && between != '.' && between != 'h' || !c.take(between) {
		return false
	}
	minute, _, ok := c.number(2, 2)
	if !ok {
		return false
	}
	second := 0
	if between != 'h' && c.peek() == between {
		c.take(between)
		if second, _, ok = c.number(2, 2); !ok {
			return false
		}
		as.seconds = true
	}
	if s.half == wholeDay {
		before := *c
		c.blanks()
		if which, ok := c.word(halves); ok {
			s.half = which
		} else {
			*c = before
		}
	}
	s.hour, s.minute, s.second = hour, minute, second
	return hour < 24 && minute < 60 && second < 60 && (s.half == wholeDay || hour <= 12)
}

// blank passes over one blank and leaves marks: they say what the text is.
func (c *cursor) blank() {
	c.peek()
	if c.rest != "" && c.rest[0] == ' ' {
		c.rest = c.rest[1:]
	}
}
