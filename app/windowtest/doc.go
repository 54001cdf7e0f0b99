// Package windowtest drives the real window: the program's own screens on a real
// display, real keys and clicks from the X server, the sandbox at the other end.
// Its tests have the build tag "window", since they need a display: see "make
// test-window".
package windowtest
