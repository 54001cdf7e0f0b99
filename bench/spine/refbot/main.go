// Command refbot is the plain bot that bench/spine measures Shopbell against: what
// a careful programmer writes in an afternoon. It verifies the signature, stores
// each message durably in a transaction of its own before it answers 200, and
// sends the keyword's reply from a goroutine. No limits, no cap, no retries.
//
// It reads the same SHOPBELL_… variables as shopbelld, answers to the word
// "price", and is no part of the product.
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the same driver as Shopbell's store
)

type webhook struct {
	Entry []struct {
		Changes []struct {
			Value struct {
				Messages []struct {
					ID, From string
					Text     struct{ Body string }
				}
			}
		}
	}
}

type bot struct {
	db            *sql.DB
	secret, token string
	url           string
}

func main() {
	log.SetFlags(0)
	file := filepath.Join(os.Getenv("SHOPBELL_DATA"), "refbot.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE IF NOT EXISTS message (id TEXT PRIMARY KEY, sender TEXT, body TEXT, reply TEXT)`); err != nil {
		log.Fatal(err)
	}
	b := &bot{db: db, secret: os.Getenv("SHOPBELL_APP_SECRET"), token: os.Getenv("SHOPBELL_TOKEN"),
		url: strings.Join([]string{os.Getenv("SHOPBELL_GRAPH_URL"), os.Getenv("SHOPBELL_GRAPH_VERSION"), os.Getenv("SHOPBELL_PHONE_NUMBER_ID"), "messages"}, "/")}
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = 64
	http.HandleFunc("GET /webhook", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL.Query().Get("hub.challenge")) })
	http.HandleFunc("POST /webhook", b.receive)
	log.Fatal(http.ListenAndServe(os.Getenv("SHOPBELL_LISTEN"), nil))
}

func (b *bot) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	mac := hmac.New(sha256.New, []byte(b.secret))
	mac.Write(body)
	if !hmac.Equal([]byte("sha256="+hex.EncodeToString(mac.Sum(nil))), []byte(r.Header.Get("X-Hub-Signature-256"))) {
		http.Error(w, "bad signature", http.StatusUnauthorized)
		return
	}
	var hook webhook
	if err := json.Unmarshal(body, &hook); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	for _, entry := range hook.Entry {
		for _, change := range entry.Changes {
			for _, m := range change.Value.Messages {
				result, err := b.db.ExecContext(r.Context(), `INSERT OR IGNORE INTO message (id, sender, body) VALUES (?, ?, ?)`, m.ID, m.From, m.Text.Body)
				if err != nil {
					http.Error(w, err.Error(), http.StatusInternalServerError)
					return
				}
				if n, err := result.RowsAffected(); err == nil && n == 1 && strings.Contains(m.Text.Body, "price") {
					go b.reply(m.ID, m.From)
				}
			}
		}
	}
}

func (b *bot) reply(id, to string) {
	body, err := json.Marshal(map[string]any{"messaging_product": "whatsapp", "to": "+" + to, "type": "text", "text": map[string]string{"body": "It is 39 euros."}})
	if err != nil {
		log.Print(err)
		return
	}
	request, err := http.NewRequest(http.MethodPost, b.url, bytes.NewReader(body))
	if err != nil {
		log.Print(err)
		return
	}
	request.Header.Set("Authorization", "Bearer "+b.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Print(err)
		return
	}
	defer response.Body.Close()
	var accepted struct{ Messages []struct{ ID string } }
	if err := json.NewDecoder(response.Body).Decode(&accepted); err != nil || len(accepted.Messages) != 1 {
		log.Printf("reply to %s: %s, %v", id, response.Status, err)
		return
	}
	if _, err := b.db.Exec(`UPDATE message SET reply = ? WHERE id = ?`, accepted.Messages[0].ID, id); err != nil {
		log.Print(err)
	}
}
