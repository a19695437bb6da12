package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var index = regexp.MustCompile(`^(0|[1-9][0-9]*)$`)

// cosigner verifies C2SP tlog-cosignature v1 lines; sumdb/note knows only plain Ed25519.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize || sig[0] > 127 {
		return false
	}
	said := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(said), sig[8:])
}

func newCosigner(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a key")
	}
	hash, err := hex.DecodeString(parts[1])
	key, err2 := unbase64(parts[2])
	if err != nil || err2 != nil || len(hash) != 4 || len(key) != 33 || key[0] != 4 {
		return nil, errors.New("not a cosigner's key")
	}
	return cosigner{parts[0], binary.BigEndian.Uint32(hash), key[1:]}, nil
}

func openCheckpoint(data []byte, vkey string, witnesses []string, quorum int) (tree tlog.Tree, err error) {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, err
	}
	known := []note.Verifier{log}
	for _, witness := range witnesses {
		cosigner, err := newCosigner(witness)
		if err != nil {
			return tree, err
		}
		known = append(known, cosigner)
	}
	opened, err := note.Open(data, note.VerifierList(known...))
	if err != nil {
		return tree, err
	}
	for _, signature := range append(opened.UnverifiedSigs, opened.Sigs...) {
		// sumdb/note takes base64 with spare bits; the standard has one spelling.
		if _, err := unbase64(signature.Base64); err != nil {
			return tree, err
		}
	}
	signed := map[string]bool{}
	for _, signature := range opened.Sigs {
		signed[fmt.Sprint(signature.Name, signature.Hash)] = true
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != log.Name() || !signed[fmt.Sprint(log.Name(), log.KeyHash())] {
		return tree, errors.New("not this log's checkpoint")
	}
	if len(signed)-1 < quorum {
		return tree, errors.New("quorum not reached")
	}
	if !index.MatchString(lines[1]) {
		return tree, errors.New("not a size")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	tree.Hash, err = hashOf(lines[2])
	return tree, err
}

func unbase64(text string) ([]byte, error) {
	data, err := base64.StdEncoding.Strict().DecodeString(text)
	if err == nil && base64.StdEncoding.EncodeToString(data) != text {
		err = errors.New("base64 with line breaks")
	}
	return data, err
}

func hashOf(text string) (hash tlog.Hash, err error) {
	data, err := unbase64(text)
	if err == nil && len(data) != tlog.HashSize {
		err = errors.New("not a hash")
	}
	copy(hash[:], data)
	return hash, err
}
