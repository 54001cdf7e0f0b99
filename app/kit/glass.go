package kit

import "math"

// Sight is the part of a picture that a viewer has in sight.
type Sight struct {
	Width, Height int     // of what is to be drawn, in device pixels
	Zoom          float64 // device pixels for one pixel of the picture
	X, Y          float64 // where in the picture it begins, in the picture's pixels
}

// mostZoom is as near as one can go.
const mostZoom = 8

// zoomStep is how much nearer one step brings.
const zoomStep = 1.25

// glass is how near somebody looks at a picture, and at which place of it. Distances
// are in device pixels where nothing else is said. The picture is never smaller than
// the room shows it whole, and stands in the middle where it is smaller than the room.
type glass struct {
	width, height float64 // of the picture, in its own pixels; 0: there is none
	roomW, roomH  float64
	zoom          float64
	fitted        bool    // the zoom follows the room
	midX, midY    float64 // what of the picture is in the middle, in its own pixels
}

// put looks at another picture, whole.
func (g *glass) put(width, height int) {
	g.width, g.height, g.fitted = float64(width), float64(height), true
	g.settle()
}

// setRoom is told how much room there is.
func (g *glass) setRoom(width, height float64) {
	g.roomW, g.roomH = width, height
	g.settle()
}

// whole is the zoom that shows all of the picture; none is made larger than it is.
func (g *glass) whole() float64 {
	if g.width <= 0 || g.height <= 0 || g.roomW <= 0 || g.roomH <= 0 {
		return 1
	}
	return min(g.roomW/g.width, g.roomH/g.height, 1)
}

// to sets the zoom; what is x and y off the middle of the room stays there.
func (g *glass) to(zoom, x, y float64) {
	before := g.zoom
	g.zoom = min(max(zoom, g.whole()), mostZoom)
	g.fitted = g.zoom == g.whole()
	if before > 0 {
		g.midX += x/before - x/g.zoom
		g.midY += y/before - y/g.zoom
	}
	g.settle()
}

// move drags the picture.
func (g *glass) move(dx, dy float64) {
	if g.zoom > 0 {
		g.midX -= dx / g.zoom
		g.midY -= dy / g.zoom
	}
	g.settle()
}

// settle keeps zoom and place within the picture.
func (g *glass) settle() {
	if g.fitted {
		g.zoom = g.whole()
	}
	g.zoom = min(max(g.zoom, g.whole()), mostZoom)
	g.midX = within(g.midX, g.width, g.roomW/g.zoom)
	g.midY = within(g.midY, g.height, g.roomH/g.zoom)
}

// within is the middle of what is seen, kept so that no room is left at one side.
func within(mid, size, seen float64) float64 {
	if size <= seen {
		return size / 2
	}
	return min(max(mid, seen/2), size-seen/2)
}

// sight is what is seen of the picture, and where in the room that is drawn.
func (g *glass) sight() (s Sight, left, top float64) {
	s.Zoom = g.zoom
	var width, height float64
	width, left, s.X = along(g.width, g.zoom, g.roomW, g.midX)
	height, top, s.Y = along(g.height, g.zoom, g.roomH, g.midY)
	s.Width, s.Height = int(width), int(height)
	return s, left, top
}

// along is sight of one direction.
func along(size, zoom, room, mid float64) (drawn, at, from float64) {
	drawn = math.Round(size * zoom)
	if drawn <= room {
		return max(1, drawn), math.Floor((room - drawn) / 2), 0
	}
	return math.Ceil(room), 0, max(0, mid-room/2/zoom)
}
