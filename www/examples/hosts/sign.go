// Go: what your server gives the page of who has signed in. docs/identity.md says how the page uses it.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
)

func mac(text, secret string) []byte {
	hash := hmac.New(sha256.New, []byte(secret))
	hash.Write([]byte(text))
	return hash.Sum(nil)
}

// SignatureOf says for good that the user is who they are: for identify(userId, traits, { signature }).
func SignatureOf(userID, secret string) string {
	return hex.EncodeToString(mac(userID, secret))
}

// MembershipOf says for good that the user belongs to the account: for group(account, traits, { signature }).
func MembershipOf(userID, account, secret string) string {
	return hex.EncodeToString(mac(userID+"\x00"+account, secret+"/account"))
}

// TokenOf says who the user is, and to which account they belong if you give it, until exp (seconds since 1970): for
// init({ token }). Any library for JSON Web Tokens (HS256) does the same.
func TokenOf(userID string, exp int64, account *string, secret string) (string, error) {
	claims, err := json.Marshal(struct {
		Sub     string  `json:"sub"`
		Exp     int64   `json:"exp"`
		Account *string `json:"account,omitempty"`
	}{userID, exp, account})
	if err != nil {
		return "", err
	}
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode(claims)
	return signed + "." + encode(mac(signed, secret)), nil
}

// go run sign.go USER, USER member ACCOUNT, or USER EXP [ACCOUNT]
func main() {
	if len(os.Args) < 3 {
		fmt.Println(SignatureOf(os.Args[1], os.Getenv("RIPEN_SIGNING_SECRET")))
		return
	}
	if os.Args[2] == "member" {
		fmt.Println(MembershipOf(os.Args[1], os.Args[3], os.Getenv("RIPEN_SIGNING_SECRET")))
		return
	}
	var account *string
	if len(os.Args) > 3 {
		account = &os.Args[3]
	}
	exp, err := strconv.ParseInt(os.Args[2], 10, 64)
	if err != nil {
		panic(err)
	}
	token, err := TokenOf(os.Args[1], exp, account, os.Getenv("RIPEN_TOKEN_SECRET"))
	if err != nil {
		panic(err)
	}
	fmt.Println(token)
}
