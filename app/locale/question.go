package locale

import "shopbell/core/autoreply"

// QuestionKinds are the kinds of question that reports know (rules-file.md), with the
// one for all others at the end.
func QuestionKinds() []string {
	return []string{"delivery", "price", "complaint", "returns", "size", "stock", "payment", autoreply.KindOrder, autoreply.KindOther}
}

// Question names a kind of question. One that the shop made itself has the name that it
// gave; none at all is autoreply.KindOther.
func (w *Words) Question(kind string) string {
	if kind == "" {
		kind = autoreply.KindOther
	}
	if name, known := w.find("question."+kind, Args{}); known {
		return name
	}
	return kind
}
