// A verifier that shares no code with ours: Go's own transparency log (golang.org/x/mod/sumdb, the one behind go.sum)
// checks notes, trees and paths; only the glue below is ours, written from docs/formats.md. It is a test's oracle.
//
//	gocheck receipts          JSON lines {receipt, vkey, witnesses, quorum} -> {"ok":true} or {"ok":false,"why":...}
//	gocheck consistency       JSON lines {old, new, old_root, new_root, path} -> the same
//	gocheck log DIR VKEY      the log's files -> solvency.json, recomputed
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	var err error
	switch {
	case len(os.Args) == 2 && os.Args[1] == "receipts":
		err = eachLine(checkReceipt)
	case len(os.Args) == 2 && os.Args[1] == "consistency":
		err = eachLine(checkConsistency)
	case len(os.Args) == 4 && os.Args[1] == "log":
		err = checkLog(os.Args[2], os.Args[3])
	default:
		err = errors.New("usage: gocheck receipts | consistency | log DIR VKEY")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func eachLine(check func([]byte) error) error {
	in, out := bufio.NewScanner(os.Stdin), bufio.NewWriter(os.Stdout)
	in.Buffer(make([]byte, 1<<16), 1<<24)
	for in.Scan() {
		answer := map[string]interface{}{"ok": true}
		if err := check(in.Bytes()); err != nil {
			answer = map[string]interface{}{"ok": false, "why": err.Error()}
		}
		line, _ := json.Marshal(answer)
		out.Write(append(line, '\n'))
	}
	out.Flush()
	return in.Err()
}

func checkConsistency(line []byte) error {
	var q struct {
		Old, New int64
		OldRoot  tlog.Hash `json:"old_root"`
		NewRoot  tlog.Hash `json:"new_root"`
		Path     []tlog.Hash
	}
	if err := json.Unmarshal(line, &q); err != nil {
		return err
	}
	return tlog.CheckTree(tlog.TreeProof(q.Path), q.New, q.NewRoot, q.Old, q.OldRoot)
}
