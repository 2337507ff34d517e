// openid-client signs a person in, refreshes, asks who it is, and signs out.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as openid from "openid-client";

const url = process.env.ROSTER_URL;
const python = process.env.PYTHON;
const driver = process.env.DRIVER;
const jar = `${process.env.SCRATCH}/openid-client.jar`;
const redirect = "http://127.0.0.1:9/cb";
const run = (...args) => execFileSync(python, [driver, ...args], { encoding: "utf8" }).trim();
const person = JSON.parse(run("person"));
const visit = (to, stop) => new URL(run("visit", jar, to.href, stop, person.name, person.password));

async function call(name, action) {
  try {
    await action();
    console.log(`PASS ${name}`);
  } catch (failure) {
    console.log(`FAIL ${name}: ${`${failure} ${failure.cause ?? ""}`.replace(/\s+/g, " ").slice(0, 300)}`);
  }
}

for (const algorithm of ["ES256", "RS256"]) {
  await call(`openid-client, ${algorithm}: sign-in, refresh, userinfo, revocation, sign-out`, async () => {
    const client = JSON.parse(run("application", redirect, algorithm));
    const config = await openid.discovery(
      new URL(url), client.client_id, { id_token_signed_response_alg: algorithm }, openid.ClientSecretBasic(client.client_secret),
      { execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks] },
    );
    const verifier = openid.randomPKCECodeVerifier();
    const state = openid.randomState();
    const nonce = openid.randomNonce();
    const parameters = {
      redirect_uri: redirect, scope: "openid profile email groups", state, nonce, max_age: "600",
      code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256",
    };
    const answer = visit(openid.buildAuthorizationUrl(config, parameters), redirect);
    const tokens = await openid.authorizationCodeGrant(config, answer, {
      pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, maxAge: 600, idTokenExpected: true,
    });
    const claims = tokens.claims();
    assert.equal(claims.sub, person.id);
    assert.equal(claims.preferred_username, person.name);
    assert.deepEqual(claims.groups, [person.group]);
    const info = await openid.fetchUserInfo(config, tokens.access_token, claims.sub);
    assert.equal(info.email, person.email);
    const later = await openid.refreshTokenGrant(config, tokens.refresh_token);
    assert.equal(later.claims().sub, person.id);
    // Signed in already: nobody is asked
    const silent = await openid.calculatePKCECodeChallenge(verifier);
    const again = visit(openid.buildAuthorizationUrl(config, { ...parameters, prompt: "none", code_challenge: silent }), redirect);
    const second = await openid.authorizationCodeGrant(config, again, {
      pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, maxAge: 600,
    });
    await openid.tokenRevocation(config, second.access_token);
    await assert.rejects(openid.fetchUserInfo(config, second.access_token, claims.sub));
    const bye = "http://127.0.0.1:9/bye";
    const out = visit(
      openid.buildEndSessionUrl(config, { id_token_hint: later.id_token, post_logout_redirect_uri: bye, state: "out" }), bye,
    );
    assert.equal(out.searchParams.get("state"), "out");
    await assert.rejects(openid.refreshTokenGrant(config, later.refresh_token), { error: "invalid_grant" });
    const gone = visit(openid.buildAuthorizationUrl(config, { ...parameters, prompt: "none" }), redirect);
    assert.equal(gone.searchParams.get("error"), "login_required");
  });
}
