package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// graph stands in for the Graph API: it accepts every send at once and hands it
// to the phase that runs. It sends no statuses back, to either program.
type graph struct {
	server *http.Server
	url    string
	token  string
	accept atomic.Pointer[func(customer int64, text string)]
	ids    atomic.Int64
	// refused counts sends that the real API would not have taken.
	refused atomic.Int64
}

// openGraph listens on a free loopback port until close.
func openGraph(token string) (*graph, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	g := &graph{url: "http://" + listener.Addr().String(), token: token}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{version}/{phone}/messages", g.send)
	g.server = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go g.server.Serve(listener) //nolint:errcheck // ends with ErrServerClosed when closed
	return g, nil
}

func (g *graph) close() error { return g.server.Close() }

// outgoing is what both programs send: a text, or a text with reply buttons.
type outgoing struct {
	To          string
	Text        struct{ Body string }
	Interactive struct {
		Body struct{ Text string }
	}
}

func (g *graph) send(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	var message outgoing
	if err == nil {
		err = json.Unmarshal(body, &message)
	}
	customer, bad := strconv.ParseInt(strings.TrimPrefix(message.To, "+"), 10, 64)
	if err != nil || bad != nil || r.Header.Get("Authorization") != "Bearer "+g.token {
		g.refused.Add(1)
		http.Error(w, `{"error":{"code":100,"message":"refused by the stand-in"}}`, http.StatusBadRequest)
		return
	}
	text := message.Text.Body
	if text == "" {
		text = message.Interactive.Body.Text
	}
	if accept := g.accept.Load(); accept != nil {
		(*accept)(customer, text)
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"messaging_product":"whatsapp","contacts":[{"input":"+%d","wa_id":"%d"}],"messages":[{"id":"wamid.out%d"}]}`,
		customer, customer, g.ids.Add(1))
}
