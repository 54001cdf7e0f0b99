package filebox

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/adrg/xdg"

	"shopbell/app/look"
)

// place is a folder that is one tap away.
type place struct {
	folder string
	icon   look.IconName
	key    string // of its words; empty: it is called as the folder is
}

// places are those of this person on this computer that are there, and the disks
// and sticks put in.
func places() []place {
	all := []place{
		{xdg.Home, look.IconFolder, "files.home"},
		{xdg.UserDirs.Desktop, look.IconFolder, "files.desktop"},
		{xdg.UserDirs.Download, look.IconArrowDown, "files.downloads"},
		{xdg.UserDirs.Documents, look.IconNote, "files.documents"},
		{xdg.UserDirs.Pictures, look.IconPicture, "files.pictures"},
		{filepath.VolumeName(xdg.Home) + string(filepath.Separator), look.IconDrive, "files.computer"},
	}
	for _, pattern := range []string{"/run/media/*/*", "/media/*/*", "/Volumes/*"} {
		found, _ := filepath.Glob(pattern) // its only error is a broken pattern
		for _, folder := range found {
			all = append(all, place{folder: folder, icon: look.IconDrive})
		}
	}
	return there(all)
}

// there keeps the places that are there, each once: a system without a folder for
// pictures names the home in its place.
func there(all []place) []place {
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(p place) bool {
		info, err := os.Stat(p.folder)
		if err != nil || !info.IsDir() || seen[p.folder] {
			return true
		}
		seen[p.folder] = true
		return false
	})
}
