// Command bcrypt says whether the hash of an internal client secret fits it, with the library that flyteadmin compares
// them with. It reads lines of hash and secret, with a tab between, and writes "true" or "false" for each. The hash is in
// base64, as flyteadmin's configuration takes it.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"golang.org/x/crypto/bcrypt"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		encoded, secret, _ := strings.Cut(lines.Text(), "\t")
		hash, err := base64.StdEncoding.DecodeString(encoded)
		fmt.Println(err == nil && bcrypt.CompareHashAndPassword(hash, []byte(secret)) == nil)
	}
}
