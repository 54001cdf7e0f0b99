package measure

import "testing"

func TestWhatPaintsIsMesaAndTheHeapOfC(t *testing.T) {
	mapping := func(path, rss string) string {
		return "7f0000000000-7f0000800000 r-xp 00000000 08:01 1311 " + path + "\nSize:  8192 kB\nRss:   " + rss + " kB\nPss:    512 kB\nVmFlags: rd ex mr mw me sd\n"
	}
	for _, c := range []struct {
		name, smaps string
		want        float64 // MiB
	}{
		{"nothing of no mapping", "", 0},
		{"the heap", mapping("[heap]", "1024"), 1},
		{"the compiler of shaders", mapping("/usr/lib/x86_64-linux-gnu/libLLVM.so.19.1", "3072"), 3},
		{"a driver", mapping("/usr/lib/x86_64-linux-gnu/dri/swrast_dri.so", "512"), 0.5},
		{"what drivers share", mapping("/usr/lib/x86_64-linux-gnu/libgallium-25.0.7.so", "256"), 0.25},
		{"a library at a path with a space", mapping("/opt/my libs/libLLVM.so", "1024"), 1},
		{"not the program, other libraries, a stack or memory without a file",
			mapping("/opt/shopbell", "1024") + mapping("/usr/lib/libX11.so.6", "1024") + mapping("[stack]", "1024") + mapping("", "1024"), 0},
		{"not what follows the heap", mapping("[heap]", "1024") + mapping("", "2048"), 1},
		{"all of them together", mapping("[heap]", "1024") + mapping("/opt/shopbell", "4096") + mapping("/usr/lib/libgallium-25.0.7.so", "2048"), 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := painterIn(c.smaps); err != nil || got != c.want {
				t.Errorf("%v MiB, %v; want %v", got, err, c.want)
			}
		})
	}
	if _, err := painterIn(mapping("[heap]", "many")); err == nil {
		t.Error("a size that is no number is taken")
	}
}
