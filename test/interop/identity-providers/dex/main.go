// Starts Dex, from the packages that its makers publish: its command can not be built from the module proxy, since
// its go.mod replaces one of its modules. Storage is in memory, and the connector is the local one, which has no users.
// Its one argument is a file of JSON.
package main

import (
	"context"
	"encoding/json"
	"log"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/dexidp/dex/server"
	"github.com/dexidp/dex/server/signer"
	"github.com/dexidp/dex/storage"
	"github.com/dexidp/dex/storage/memory"
	"github.com/prometheus/client_golang/prometheus"
)

type configuration struct {
	Issuer        string           `json:"issuer"`
	Address       string           `json:"address"`
	GrantTypes    []string         `json:"grantTypes"`
	StaticClients []storage.Client `json:"staticClients"`
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
	ctx := context.Background()
	logger := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	now := func() time.Time { return time.Now().UTC() }
	store := storage.WithStaticClients(memory.New(logger), config.StaticClients)
	store = storage.WithStaticConnectors(store, []storage.Connector{{ID: "local", Name: "Email", Type: "local"}})
	const tokensValidFor = 24 * time.Hour
	local := signer.LocalConfig{KeysRotationPeriod: "6h"}
	keys, err := local.Open(ctx, store, tokensValidFor, now, logger)
	if err != nil {
		log.Fatal(err)
	}
	handler, err := server.NewServer(ctx, server.Config{
		Issuer:             config.Issuer,
		Storage:            store,
		AllowedGrantTypes:  config.GrantTypes,
		Signer:             keys,
		IDTokensValidFor:   tokensValidFor,
		Now:                now,
		Logger:             logger,
		PrometheusRegistry: prometheus.NewRegistry(),
		SkipApprovalScreen: true,
	})
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(config.Address, handler))
}
