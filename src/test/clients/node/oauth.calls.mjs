// The OAuth2 clients of Node.js, and the validation of tokens at a resource server.
import assert from "node:assert/strict";
import * as jose from "jose";
import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { accepts, audience, call, clientId, clientSecret, url } from "./service.mjs";

const client = { client_id: clientId };
const issuer = new URL(url);
const options = { [oauth.allowInsecureRequests]: true };
const server = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...options }),
);

async function grant(authentication, parameters = {}) {
  const answer = await oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, options);
  return oauth.processClientCredentialsResponse(server, client, answer);
}

async function configuration(authentication) {
  return openid.discovery(issuer, clientId, clientSecret, authentication, {
    algorithm: "oauth2",
    execute: [openid.allowInsecureRequests],
  });
}

for (const method of ["ClientSecretBasic", "ClientSecretPost"]) {
  await call(`oauth4webapi clientCredentialsGrantRequest, ${method}`, async () => {
    const token = await grant(oauth[method](clientSecret), { scope: "users:read" });
    assert.equal(token.token_type, "bearer");
    assert.equal(token.scope ?? "users:read", "users:read");
    await accepts(token.access_token);
  });

  await call(`openid-client discovery and clientCredentialsGrant, ${method}`, async () => {
    const config = await configuration(openid[method](clientSecret));
    const token = await openid.clientCredentialsGrant(config, { scope: "users:read" });
    await accepts(token.access_token);
    const answer = await openid.fetchProtectedResource(config, token.access_token, new URL(`${url}/api/v1/users/me`), "GET");
    assert.equal(answer.status, 200);
  });
}

await call("oauth4webapi clientCredentialsGrantRequest, with several resources", async () => {
  const parameters = new URLSearchParams([["resource", `${url}/api`], ["resource", `${url}/users`]]);
  await accepts((await grant(oauth.ClientSecretBasic(clientSecret), parameters)).access_token);
});

await call("oauth4webapi clientCredentialsGrantRequest, of a wrong secret", async () => {
  await assert.rejects(grant(oauth.ClientSecretPost("of nobody at all")), (refused) => {
    const said = refused.error ?? refused.cause?.[0]?.parameters?.realm;
    return refused.status === 401 && said !== undefined;
  });
});

await call("openid-client tokenIntrospection and tokenRevocation", async () => {
  const config = await configuration(openid.ClientSecretBasic(clientSecret));
  const { access_token: token } = await openid.clientCredentialsGrant(config);
  assert.equal((await openid.tokenIntrospection(config, token)).active, true);
  await openid.tokenRevocation(config, token);
  assert.equal((await openid.tokenIntrospection(config, token)).active, false);
});

await call("oauth4webapi validateJwtAccessToken", async () => {
  const { access_token: token } = await grant(oauth.ClientSecretBasic(clientSecret));
  const request = new Request(`${url}/api/v1/users/me`, { headers: { Authorization: `Bearer ${token}` } });
  const claims = await oauth.validateJwtAccessToken(server, request, audience, options);
  assert.equal(claims.client_id, clientId);
});

await call("jose jwtVerify with createRemoteJWKSet", async () => {
  const { access_token: token } = await grant(oauth.ClientSecretBasic(clientSecret));
  const keys = jose.createRemoteJWKSet(new URL(server.jwks_uri));
  const { payload } = await jose.jwtVerify(token, keys, { issuer: server.issuer, audience, typ: "at+jwt" });
  assert.equal(payload.client_id, clientId);
});
