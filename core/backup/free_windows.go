package backup

import "golang.org/x/sys/windows"

// free returns how many bytes this user may still write to the disk of a folder.
func free(dir string) (uint64, error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var left uint64
	err = windows.GetDiskFreeSpaceEx(path, &left, nil, nil)
	return left, err
}
