// Command go-decoder reads one JSON string (an API key) per line on stdin and writes one JSON
// result per line.
//
// Same steps and error texts as the key reader of the Union Terraform provider
// (terraform-provider-unionai, internal/provider/oauth.go), written anew: Go's standard base64,
// no look at the encoding of the text, four parts with all further colons in the last one.
// A text that is not UTF-8 is accepted; its fields are given in hex, as JSON cannot hold them.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"
)

var fieldNames = [4]string{"domain", "clientId", "clientSecret", "org"}

func readKey(key string) ([]string, error) {
	plain, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return nil, fmt.Errorf("failed to decode API key: %w", err)
	}
	fields := strings.SplitN(string(plain), ":", len(fieldNames))
	if len(fields) < len(fieldNames) {
		return nil, errors.New("invalid API key format")
	}
	return fields, nil
}

func describe(key string) map[string]any {
	fields, err := readKey(key)
	if err != nil {
		return map[string]any{"accepts": false, "error": err.Error()}
	}
	result := map[string]any{"accepts": true}
	isText := true
	for _, field := range fields {
		isText = isText && utf8.ValidString(field)
	}
	for i, field := range fields {
		if isText {
			result[fieldNames[i]] = field
		} else {
			result[fieldNames[i]+"Hex"] = hex.EncodeToString([]byte(field))
		}
	}
	if !isText {
		result["notUtf8"] = true
	}
	return result
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for lines.Scan() {
		var key string
		if err := json.Unmarshal(lines.Bytes(), &key); err != nil {
			panic(err)
		}
		if err := encoder.Encode(describe(key)); err != nil {
			panic(err)
		}
	}
	if err := lines.Err(); err != nil {
		panic(err)
	}
}
