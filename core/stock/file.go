package stock

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"shopbell/core/desk"
)

// Content is a stock file as it was found.
type Content struct {
	// State is StockFileGood where Data is all of it; else StockFileMissing,
	// StockFileLocked or StockFileUnusable, with a Problem.
	State   desk.StockFileState
	Data    []byte
	Problem desk.StockProblem
}

// Open reads a whole file; one over MaxFile is not read on.
func Open(path string) Content {
	info, err := os.Stat(path)
	if err != nil {
		return troubled(err)
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for who writes into it
		return unusable(desk.StockNotAFilePath)
	}
	f, err := os.Open(path)
	if err != nil {
		return troubled(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return troubled(err)
	}
	return Content{State: desk.StockFileGood, Data: data}
}

// troubled is what an error of the system means. One that is neither about a name
// nor about rights comes from another program that holds the file (Excel on
// Windows) or from a network drive that is away: both pass.
func troubled(err error) Content {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Content{State: desk.StockFileMissing, Problem: desk.StockProblem{Code: desk.StockNotThere}}
	case errors.Is(err, fs.ErrPermission):
		return unusable(desk.StockNotReadable)
	case errors.Is(err, syscall.EINVAL), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.ENAMETOOLONG):
		return unusable(desk.StockNotAFilePath)
	}
	return Content{State: desk.StockFileLocked, Problem: desk.StockProblem{Code: desk.StockLocked}}
}

func unusable(code desk.StockProblemCode) Content {
	return Content{State: desk.StockFileUnusable, Problem: desk.StockProblem{Code: code}}
}
