// go-oidc with golang.org/x/oauth2, by which Argo CD, and in its second half Grafana, sign people in: discovery, code
// with PKCE and nonce, verification of the ID token and its at_hash, userinfo, refresh, sign-out; and the role that
// Grafana reads from it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/jmespath-community/go-jmespath"
	"golang.org/x/oauth2"
)

// Where Argo CD's command line listens; it has no secret, and x/oauth2 finds out by itself how to say that
const commandLine = "http://localhost:8085/auth/callback"

type client struct {
	name, algorithm, redirect, kind string
	style                           oauth2.AuthStyle
}

type person struct{ Name, Password, ID, Email, Group string }

type claims struct {
	Email             string
	PreferredUsername string `json:"preferred_username"`
	Groups            []string
}

func driver(into any, arguments ...string) error {
	command := exec.Command(os.Getenv("PYTHON"), append([]string{os.Getenv("DRIVER")}, arguments...)...)
	command.Stderr = os.Stderr
	said, err := command.Output()
	if err != nil {
		return fmt.Errorf("the driver, %s: %w", arguments[0], err)
	}
	if text, ok := into.(*string); ok {
		*text = strings.TrimSpace(string(said))
		return nil
	}
	return json.Unmarshal(said, into)
}

func signsIn(ctx context.Context, as client) error {
	var ada person
	if err := driver(&ada, "person"); err != nil {
		return err
	}
	var application struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	if err := driver(&application, "application", as.redirect, as.algorithm, as.kind); err != nil {
		return err
	}
	provider, err := oidc.NewProvider(ctx, os.Getenv("ROSTER_URL"))
	if err != nil {
		return err
	}
	endpoint := provider.Endpoint()
	endpoint.AuthStyle = as.style
	config := oauth2.Config{
		ClientID:     application.ID,
		ClientSecret: application.Secret,
		Endpoint:     endpoint,
		RedirectURL:  as.redirect,
		Scopes:       []string{oidc.ScopeOpenID, "profile", "email", "groups", oidc.ScopeOfflineAccess},
	}
	verifier := oauth2.GenerateVerifier()
	asked := config.AuthCodeURL("state", oidc.Nonce("nonce"), oauth2.S256ChallengeOption(verifier))
	var location string
	jar := fmt.Sprintf("%s/go-%s-%s.jar", os.Getenv("SCRATCH"), as.algorithm, as.name)
	if err := driver(&location, "visit", jar, asked, as.redirect, ada.Name, ada.Password); err != nil {
		return err
	}
	answer, err := url.Parse(location)
	if err != nil {
		return err
	}
	if answer.Query().Get("state") != "state" || answer.Query().Get("iss") != os.Getenv("ROSTER_URL") {
		return errors.New("state or iss: " + location)
	}
	token, err := config.Exchange(ctx, answer.Query().Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		return err
	}
	if err := says(ctx, provider, application.ID, token, "nonce", ada); err != nil {
		return err
	}
	info, err := provider.UserInfo(ctx, config.TokenSource(ctx, token))
	if err != nil || info.Subject != ada.ID || info.Email != ada.Email {
		return fmt.Errorf("userinfo: %v, %w", info, err)
	}
	// As it is once the access token has ended
	old := *token
	old.Expiry = time.Now().Add(-time.Hour)
	later, err := config.TokenSource(ctx, &old).Token()
	if err != nil {
		return err
	}
	if later.RefreshToken == token.RefreshToken || later.AccessToken == token.AccessToken {
		return errors.New("the refresh token was not rotated")
	}
	if err := says(ctx, provider, application.ID, later, "", ada); err != nil {
		return err
	}
	if err := signsOut(provider, as, jar, later, ada); err != nil {
		return err
	}
	_, err = config.Exchange(ctx, answer.Query().Get("code"), oauth2.VerifierOption(verifier))
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) || refused.ErrorCode != "invalid_grant" {
		return fmt.Errorf("the same code once more: %w", err)
	}
	return nil
}

// As Argo CD does: token and address stand in its logoutURL as they are, and it comes back to itself without a path.
func signsOut(provider *oidc.Provider, as client, jar string, token *oauth2.Token, ada person) error {
	var metadata struct {
		SignOut string `json:"end_session_endpoint"`
	}
	if err := provider.Claims(&metadata); err != nil {
		return err
	}
	back, err := url.Parse(as.redirect)
	if err != nil {
		return err
	}
	home := back.Scheme + "://" + back.Host
	asked := fmt.Sprintf(
		"%s?id_token_hint=%s&post_logout_redirect_uri=%s", metadata.SignOut, token.Extra("id_token"), home,
	)
	var location string
	if err := driver(&location, "visit", jar, asked, home, ada.Name, ada.Password); err != nil {
		return err
	}
	if location != home {
		return errors.New("signed out to " + location)
	}
	return nil
}

func says(
	ctx context.Context, provider *oidc.Provider, client string, token *oauth2.Token, nonce string, ada person,
) error {
	raw, _ := token.Extra("id_token").(string)
	id, err := provider.Verifier(&oidc.Config{ClientID: client}).Verify(ctx, raw)
	if err != nil {
		return err
	}
	if err := id.VerifyAccessToken(token.AccessToken); err != nil {
		return err
	}
	var said claims
	if err := id.Claims(&said); err != nil {
		return err
	}
	if id.Subject != ada.ID || id.Nonce != nonce || said.PreferredUsername != ada.Name || said.Email != ada.Email ||
		len(said.Groups) != 1 || said.Groups[0] != ada.Group {
		return fmt.Errorf("the ID token says %+v of %s", said, id.Subject)
	}
	return gives(id, map[string]string{ada.Group: "Admin", "grafana-admins": "Viewer"})
}

// The role that Grafana's role_attribute_path of docs/connect.md gives, with each of the groups in it.
func gives(id *oidc.IDToken, roles map[string]string) error {
	var all any
	if err := id.Claims(&all); err != nil {
		return err
	}
	for group, expected := range roles {
		role, err := jmespath.Search("contains(groups[*], '"+group+"') && 'Admin' || 'Viewer'", all)
		if err != nil || role != expected {
			return fmt.Errorf("the role by %s is %v: %w", group, role, err)
		}
	}
	return nil
}

func main() {
	clients := []client{{"none, of a program", "ES256", commandLine, "public", oauth2.AuthStyleAutoDetect}}
	for _, algorithm := range []string{"ES256", "RS256"} {
		for name, style := range map[string]oauth2.AuthStyle{
			"by Basic":     oauth2.AuthStyleInHeader,
			"by form":      oauth2.AuthStyleInParams,
			"as found out": oauth2.AuthStyleAutoDetect,
		} {
			clients = append(clients, client{name, algorithm, "http://127.0.0.1:9/cb", "confidential", style})
		}
	}
	for _, as := range clients {
		what := fmt.Sprintf("go-oidc, %s, secret %s: sign-in, userinfo, refresh, sign-out", as.algorithm, as.name)
		if err := signsIn(context.Background(), as); err != nil {
			fmt.Printf("FAIL %s: %q\n", what, err.Error())
		} else {
			fmt.Println("PASS " + what)
		}
	}
}
