package desk

import (
	"slices"
	"strings"

	"shopbell/core/chat"
)

// LabelChange adds some labels to a customer and takes others off; all others stay, so
// that two people can change labels at once. Upper and lower case are the same. What is
// in both is added.
type LabelChange struct{ Add, Remove []string }

// Reverse is the change that takes c back.
func (c LabelChange) Reverse() LabelChange { return LabelChange{Add: c.Remove, Remove: c.Add} }

// Apply returns the labels of a customer who had others before, tidied, and what of c
// changed them: a label that they have is not added, nor one taken off that they have
// not. A *chat.ProfileError as chat.TidyLabels says.
func (c LabelChange) Apply(had []string) (labels []string, made LabelChange, err error) {
	add, err := chat.TidyLabels(c.Add)
	if err != nil {
		return nil, made, err
	}
	for _, l := range had {
		if hasLabel(c.Remove, l) && !hasLabel(add, l) {
			made.Remove = append(made.Remove, l)
		} else {
			labels = append(labels, l)
		}
	}
	for _, l := range add {
		if !hasLabel(had, l) {
			made.Add = append(made.Add, l)
		}
	}
	if len(made.Add) == 0 {
		return labels, made, nil
	}
	labels, err = chat.TidyLabels(append(labels, made.Add...))
	return labels, made, err
}

func hasLabel(list []string, label string) bool {
	key := strings.ToLower(label) // as chat.TidyLabels compares
	return slices.ContainsFunc(list, func(l string) bool { return strings.ToLower(l) == key })
}
