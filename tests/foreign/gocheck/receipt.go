package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

func checkReceipt(line []byte) error {
	var q struct {
		Receipt   []byte
		Vkey      string
		Witnesses []string
		Quorum    int
	}
	if err := json.Unmarshal(line, &q); err != nil {
		return err
	}
	if len(q.Receipt) > 131072 {
		return errors.New("too long")
	}
	parts := bytes.SplitN(q.Receipt, []byte("\n\n"), 2)
	if len(parts) != 2 {
		return errors.New("no checkpoint")
	}
	lines := strings.Split(string(parts[0]), "\n")
	if len(lines) < 3 || len(lines) > 3+63 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "extra ") {
		return errors.New("not a receipt")
	}
	extra, err := unbase64(lines[1][len("extra "):])
	if err != nil {
		return err
	}
	if !strings.HasPrefix(lines[2], "index ") || !index.MatchString(lines[2][len("index "):]) {
		return errors.New("no index")
	}
	at, err := strconv.ParseInt(lines[2][len("index "):], 10, 64)
	if err != nil {
		return err
	}
	var path tlog.RecordProof
	for _, text := range lines[3:] {
		hash, err := hashOf(text)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	tree, err := openCheckpoint(parts[1], q.Vkey, q.Witnesses, q.Quorum)
	if err != nil {
		return err
	}
	if len(extra) < 36 || extra[0] != 1 {
		return errors.New("not our extra data")
	}
	end := 36 + int(binary.BigEndian.Uint16(extra[34:36]))
	if end >= len(extra) {
		return errors.New("extra data is cut off")
	}
	if at >= tree.N {
		return errors.New("index is not in the tree")
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, at, tlog.RecordHash(extra[end:])); err != nil {
		return err
	}
	return checkPosting(extra[end:], at, int(extra[1]), extra[2:34], extra[36:end])
}

func checkPosting(data []byte, at int64, position int, opening, payload []byte) error {
	e, err := parseEntry(data)
	if err != nil {
		return err
	}
	if e.N != at {
		return errors.New("another index")
	}
	sums := map[string]int64{}
	for _, p := range e.P {
		for vintage, amount := range p.X {
			sums[p.unit()+" "+vintage] += amount
		}
	}
	for _, sum := range sums {
		if sum != 0 {
			return errors.New("does not sum to zero")
		}
	}
	if position >= len(e.P) || e.P[position].C == "" {
		return errors.New("no such posting")
	}
	if len(payload) > 1000 {
		return errors.New("payload is too long")
	}
	if _, err := parseCanonical(payload); err != nil {
		return err
	}
	message := append(append(append([]byte{}, opening...), payload...), 0x80)
	for (len(message)-len(opening))%256 != 0 {
		message = append(message, 0)
	}
	mac := hmac.New(sha256.New, []byte("pumasi/commit/v1"))
	mac.Write(message)
	if base64.StdEncoding.EncodeToString(mac.Sum(nil)) != e.P[position].C {
		return errors.New("another commitment")
	}
	return nil
}
