package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

func checkLog(folder, vkey string) error {
	data, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(data, vkey, nil, 0)
	if err != nil {
		return err
	}
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) (found []tlog.Hash, err error) {
		for _, at := range indexes {
			found = append(found, stored[at])
		}
		return found, nil
	})
	supply := map[string]map[string]int64{}
	var first, last entry
	for n := int64(0); n < tree.N; n += 256 {
		entries, err := readBundle(folder, n/256, tree.N-n)
		if err != nil {
			return err
		}
		for offset, data := range entries {
			hashes, err := tlog.StoredHashes(n+int64(offset), data, reader)
			if err != nil {
				return err
			}
			stored = append(stored, hashes...)
			if last, err = parseEntry(data); err != nil {
				return fmt.Errorf("entry %d: %v", n+int64(offset), err)
			}
			if last.N == 0 {
				first = last
			}
			add(supply, last)
		}
	}
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return errors.New("the entries do not make the checkpoint's root")
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(map[string]interface{}{
		"blocks": last.B + 1, "origin": first.O, "root": root.String(), "rules": first.Rules, "size": tree.N, "supply": supply, "v": 1,
	})
}

func add(supply map[string]map[string]int64, e entry) {
	for _, p := range e.P {
		unit, class := p.unit(), p.class()
		if supply[unit] == nil {
			supply[unit] = map[string]int64{}
		}
		for _, amount := range p.X {
			if class == "issued" {
				amount = -amount
			}
			supply[unit][class] += amount
		}
	}
}

func readBundle(folder string, number, left int64) (entries [][]byte, err error) {
	// sumdb's own paths of tiles: level -1 is data, and tlog-tiles only spells it `entries`, without the height.
	tile := tlog.Tile{H: 8, L: -1, N: number, W: 256}
	if left < 256 {
		tile.W = int(left)
	}
	path := strings.Replace(tile.Path(), "tile/8/data", "tile/entries", 1)
	data, err := os.ReadFile(filepath.Join(folder, path))
	for err == nil && len(data) > 1 {
		end := 2 + int(binary.BigEndian.Uint16(data))
		if end > len(data) {
			return nil, errors.New("bundle is cut off")
		}
		entries, data = append(entries, data[2:end]), data[end:]
	}
	if err == nil && (len(data) != 0 || len(entries) != tile.W) {
		err = errors.New("bundle of another length")
	}
	return entries, err
}
