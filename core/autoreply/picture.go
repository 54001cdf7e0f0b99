package autoreply

import "fmt"

// PictureUse is a place in a rules file that names a picture.
type PictureUse struct {
	Rule, Field string // as in FileError
	Name        string
}

// Missing makes a FileError of a picture that the shop does not have, or that is
// none.
func (u PictureUse) Missing(problem string) *FileError {
	return &FileError{Code: FaultNoPicture, Rule: u.Rule, Field: u.Field, Problem: fmt.Sprintf("%q %s", u.Name, problem)}
}

// CheckPictureName returns what keeps a name from being one of a picture in rules,
// as a *FileError, and nil where nothing does.
func CheckPictureName(name string) error {
	c := &checker{}
	if c.picture("name", name); c.fault != nil {
		return c.fault
	}
	return nil
}

// Pictures returns the places of f that name a picture, in the order of the file.
func (f File) Pictures() (list []PictureUse) {
	for _, r := range f.Rules {
		for i, v := range r.Replies {
			if v.Picture != "" {
				list = append(list, PictureUse{Rule: r.ID, Field: fmt.Sprintf("replies[%d].picture", i), Name: v.Picture})
			}
		}
	}
	return list
}

// Articles returns the articles that rules of f depend on or have buttons for, each
// once, as it is first spelled.
func (f File) Articles() (list []string) {
	seen := make(map[string]bool)
	add := func(sku string) {
		if key := fold(sku); sku != "" && !seen[key] {
			seen[key] = true
			list = append(list, sku)
		}
	}
	for _, r := range f.Rules {
		if r.Stock != nil {
			add(r.Stock.SKU)
		}
		for _, v := range r.Replies {
			for _, b := range v.Buttons {
				add(b.SKU)
			}
		}
	}
	return list
}
