package cloudapi

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/url"
)

// SignatureHeader is the header in which Meta signs a webhook.
const SignatureHeader = "X-Hub-Signature-256"

// signaturePrefix names the algorithm inside the header.
const signaturePrefix = "sha256="

// Sign returns the whole value of SignatureHeader for body: "sha256=" and the
// lower-case hex HMAC-SHA256 of the raw bytes under the app secret.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	out := make([]byte, len(signaturePrefix)+hex.EncodedLen(sha256.Size))
	copy(out, signaturePrefix)
	hex.Encode(out[len(signaturePrefix):], mac.Sum(nil))
	return string(out)
}

// Verify reports whether header is exactly what Sign returns for body, in
// constant time. body must be the bytes as received: Meta may escape non-ASCII
// text, so a body that was decoded and encoded again does not verify. An empty
// secret verifies nothing, because everybody knows it.
func Verify(secret string, body []byte, header string) bool {
	return secret != "" && hmac.Equal([]byte(Sign(secret, body)), []byte(header))
}

// Handshake answers the GET with which Meta verifies a webhook address. When ok
// is true, reply 200 with challenge as the whole body; otherwise reply 403. An
// empty verifyToken never matches. The tokens are compared in constant time.
func Handshake(query url.Values, verifyToken string) (challenge string, ok bool) {
	if verifyToken == "" || query.Get("hub.mode") != "subscribe" {
		return "", false
	}
	// Hashed first, so that the time taken does not tell the token's length.
	want, got := sha256.Sum256([]byte(verifyToken)), sha256.Sum256([]byte(query.Get("hub.verify_token")))
	if subtle.ConstantTimeCompare(want[:], got[:]) != 1 {
		return "", false
	}
	return query.Get("hub.challenge"), true
}
