// The OAuth2 client of Go, and the validation of tokens at a resource server.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

var (
	base     = os.Getenv("ROSTER_URL")
	id       = os.Getenv("ROSTER_CLIENT_ID")
	secret   = os.Getenv("ROSTER_CLIENT_SECRET")
	audience = "roster"
)

// call makes a call; its error is its failure.
func call(name string, action func(context.Context) error) {
	if err := action(context.Background()); err != nil {
		fmt.Printf("FAIL %s: %q\n", name, err.Error())
		return
	}
	fmt.Println("PASS " + name)
}

func config(style oauth2.AuthStyle) *clientcredentials.Config {
	return &clientcredentials.Config{
		ClientID:     id,
		ClientSecret: secret,
		TokenURL:     base + "/oauth2/token",
		AuthStyle:    style,
	}
}

// get decodes the JSON at a path into a value.
func get(client *http.Client, path string, into any) error {
	answer, err := client.Get(base + path)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", path, answer.Status)
	}
	return json.NewDecoder(answer.Body).Decode(into)
}

func accepted(client *http.Client) error {
	var me struct{ Name string }
	if err := get(client, "/api/v1/users/me", &me); err != nil {
		return err
	}
	if me.Name == "" {
		return errors.New("no name")
	}
	return nil
}

func verify(ctx context.Context) error {
	var metadata struct {
		Issuer string `json:"issuer"`
		Keys   string `json:"jwks_uri"`
	}
	if err := get(http.DefaultClient, "/.well-known/oauth-authorization-server", &metadata); err != nil {
		return err
	}
	token, err := config(oauth2.AuthStyleInHeader).Token(ctx)
	if err != nil {
		return err
	}
	verifier := oidc.NewVerifier(metadata.Issuer, oidc.NewRemoteKeySet(ctx, metadata.Keys),
		&oidc.Config{ClientID: audience, SupportedSigningAlgs: []string{"ES256"}})
	verified, err := verifier.Verify(ctx, token.AccessToken)
	if err != nil {
		return err
	}
	var claims struct {
		ClientID string `json:"client_id"`
	}
	if err := verified.Claims(&claims); err != nil {
		return err
	}
	if claims.ClientID != id {
		return fmt.Errorf("the token is of %q", claims.ClientID)
	}
	return nil
}

func main() {
	for name, style := range map[string]oauth2.AuthStyle{
		"found out": oauth2.AuthStyleAutoDetect,
		"in header": oauth2.AuthStyleInHeader,
		"in form":   oauth2.AuthStyleInParams,
	} {
		call("x/oauth2 clientcredentials, secret "+name, func(ctx context.Context) error {
			return accepted(config(style).Client(ctx))
		})
	}
	call("x/oauth2 clientcredentials, with scopes and several resources", func(ctx context.Context) error {
		wanted := config(oauth2.AuthStyleInHeader)
		wanted.Scopes = []string{"users:read", "groups:read"}
		wanted.EndpointParams = url.Values{"resource": {base + "/api", base + "/users"}}
		return accepted(wanted.Client(ctx))
	})
	call("x/oauth2 clientcredentials, of a wrong secret", func(ctx context.Context) error {
		wrong := config(oauth2.AuthStyleInHeader)
		wrong.ClientSecret = "of nobody at all"
		_, err := wrong.Token(ctx)
		var refused *oauth2.RetrieveError
		if !errors.As(err, &refused) || refused.ErrorCode != "invalid_client" {
			return fmt.Errorf("invalid_client expected, not %v", err)
		}
		return nil
	})
	call("go-oidc IDTokenVerifier with NewRemoteKeySet", verify)
}
