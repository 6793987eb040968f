// Stands in for Flyte's own authorization server, whose program needs a database and a cluster: the OAuth library that
// flyteadmin v1.16.8 is built with, put together and called as its authzserver package does (initialize.go,
// provider.go, token.go). Its one argument is a file of JSON.
package main

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"log"
	"math/big"
	"net/http"
	"os"
	"time"

	"github.com/ory/fosite"
	"github.com/ory/fosite/compose"
	"github.com/ory/fosite/handler/oauth2"
	"github.com/ory/fosite/storage"
	"github.com/ory/fosite/token/jwt"
	"golang.org/x/crypto/bcrypt"
)

type staticClient struct {
	ID         string   `json:"id"`
	Secret     string   `json:"secret"`
	Public     bool     `json:"public"`
	GrantTypes []string `json:"grantTypes"`
	Scopes     []string `json:"scopes"`
}

type configuration struct {
	Issuer        string         `json:"issuer"`
	Address       string         `json:"address"`
	StaticClients []staticClient `json:"staticClients"`
}

func main() {
	var config configuration
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := json.Unmarshal(text, &config); err != nil {
		log.Fatal(err)
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		log.Fatal(err)
	}
	provider := newProvider(config.StaticClients, key)
	http.HandleFunc("/oauth2/token", func(writer http.ResponseWriter, request *http.Request) {
		serveToken(provider, config.Issuer, writer, request)
	})
	http.HandleFunc("/oauth2/jwks", func(writer http.ResponseWriter, _ *http.Request) {
		writeJSON(writer, map[string]any{"keys": []any{publicKey(key)}})
	})
	http.HandleFunc("/.well-known/oauth-authorization-server", func(writer http.ResponseWriter, _ *http.Request) {
		writeJSON(writer, map[string]any{
			"issuer":                                config.Issuer,
			"authorization_endpoint":                config.Issuer + "/oauth2/authorize",
			"token_endpoint":                        config.Issuer + "/oauth2/token",
			"jwks_uri":                              config.Issuer + "/oauth2/jwks",
			"token_endpoint_auth_methods_supported": []string{"client_secret_basic"},
		})
	})
	log.Fatal(http.ListenAndServe(config.Address, nil))
}

func newProvider(clients []staticClient, key *rsa.PrivateKey) fosite.OAuth2Provider {
	config := &compose.Config{AccessTokenLifespan: 30 * time.Minute, RefreshTokenScopes: []string{"offline"}}
	store := storage.NewMemoryStore()
	for _, client := range clients {
		hash, err := bcrypt.GenerateFromPassword([]byte(client.Secret), bcrypt.MinCost)
		if err != nil {
			log.Fatal(err)
		}
		store.Clients[client.ID] = &fosite.DefaultClient{
			ID:            client.ID,
			Secret:        hash,
			Public:        client.Public,
			GrantTypes:    client.GrantTypes,
			ResponseTypes: []string{"token"},
			Scopes:        client.Scopes,
		}
	}
	strategy := &compose.CommonStrategy{
		CoreStrategy:               compose.NewOAuth2JWTStrategy(key, nil),
		OpenIDConnectTokenStrategy: compose.NewOpenIDConnectStrategy(config, key),
		JWTStrategy:                &jwt.RS256JWTStrategy{PrivateKey: key},
	}
	return compose.Compose(config, store, strategy, nil, compose.OAuth2ClientCredentialsGrantFactory)
}

func serveToken(provider fosite.OAuth2Provider, issuer string, writer http.ResponseWriter, request *http.Request) {
	ctx := request.Context()
	session := &oauth2.JWTSession{
		JWTClaims: &jwt.JWTClaims{
			Audience:  []string{""},
			ExpiresAt: time.Now().Add(30 * time.Minute),
			IssuedAt:  time.Now(),
			Extra:     map[string]any{"client_id": "", "user_info": nil},
		},
		JWTHeader: &jwt.Headers{Extra: map[string]any{"key_id": "flyte"}},
	}
	access, err := provider.NewAccessRequest(ctx, request, session)
	if err != nil {
		provider.WriteAccessError(writer, access, err)
		return
	}
	for _, scope := range access.GetRequestedScopes() {
		access.GrantScope(scope)
	}
	access.GrantAudience(issuer)
	response, err := provider.NewAccessResponse(ctx, access)
	if err != nil {
		provider.WriteAccessError(writer, access, err)
		return
	}
	provider.WriteAccessResponse(writer, access, response)
}

func publicKey(key *rsa.PrivateKey) map[string]string {
	encode := base64.RawURLEncoding.EncodeToString
	return map[string]string{
		"kty": "RSA",
		"kid": "flyte",
		"n":   encode(key.N.Bytes()),
		"e":   encode(big.NewInt(int64(key.E)).Bytes()),
	}
}

func writeJSON(writer http.ResponseWriter, document any) {
	writer.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(writer).Encode(document); err != nil {
		log.Print(err)
	}
}
