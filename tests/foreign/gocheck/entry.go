package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
)

var integer = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,15})$`)

var classes = map[string]string{
	"1100": "issued", "1900": "conversion", "4000": "wallets", "2400": "campaigns", "2600": "due",
	"3100": "expired", "3300": "redeemed", "3310": "redeemed", "3400": "donated", "3500": "written-off",
	"3900": "rounding", "B000": "appropriated", "B100": "free", "B110": "encumbered", "B200": "encumbered",
	"B300": "executed", "B400": "returned", "K000": "cash", "K100": "deposit", "K300": "payable",
}

type posting struct {
	A string           `json:"a"`
	C string           `json:"c"`
	K string           `json:"k"`
	U string           `json:"u"`
	X map[string]int64 `json:"x"`
}

type entry struct {
	B     int64     `json:"b"`
	N     int64     `json:"n"`
	O     string    `json:"o"`
	P     []posting `json:"p"`
	Rules string    `json:"rules"`
	T     string    `json:"t"`
}

func (p posting) unit() string {
	if p.A == "" {
		return p.U
	}
	return strings.SplitN(p.A, ":", 3)[1]
}

func (p posting) class() string {
	if p.A == "" {
		return p.K
	}
	return classes[p.A[:4]]
}

// parseCanonical refuses what encoding/json would write otherwise, and every number that is no integer.
func parseCanonical(data []byte) (interface{}, error) {
	var value interface{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	var again bytes.Buffer
	encoder := json.NewEncoder(&again)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	if !bytes.Equal(bytes.TrimSuffix(again.Bytes(), []byte("\n")), data) {
		return nil, errors.New("not canonical")
	}
	return value, onlyIntegers(value)
}

func onlyIntegers(value interface{}) error {
	switch v := value.(type) {
	case nil:
		return errors.New("null")
	case json.Number:
		if !integer.MatchString(v.String()) {
			return errors.New("not an integer")
		}
	case []interface{}:
		for _, item := range v {
			if err := onlyIntegers(item); err != nil {
				return err
			}
		}
	case map[string]interface{}:
		for _, item := range v {
			if err := onlyIntegers(item); err != nil {
				return err
			}
		}
	}
	return nil
}

func parseEntry(data []byte) (e entry, err error) {
	if len(data) > 65535 {
		return e, errors.New("entry is too long")
	}
	if _, err = parseCanonical(data); err == nil {
		err = json.Unmarshal(data, &e)
	}
	return e, err
}
