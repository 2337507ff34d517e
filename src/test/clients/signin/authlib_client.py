"""Authlib signs a person in, refreshes, asks who it is, and signs out."""

import os
import secrets
import sys
import time
from urllib.parse import urlencode

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

import driver

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # http, on this machine only
REDIRECT = "http://127.0.0.1:9/cb"
METADATA = requests.get(driver.ROSTER + "/.well-known/openid-configuration", timeout=10).json()


def claims(token, client, algorithm, nonce):
    keys = KeySet.import_key_set(requests.get(METADATA["jwks_uri"], timeout=10).json())
    decoded = jwt.decode(token["id_token"], keys, algorithms=[algorithm])
    wanted = {"iss": {"value": METADATA["issuer"]}, "aud": {"value": client["client_id"]}}
    parameters = {"access_token": token["access_token"], "client_id": client["client_id"], "nonce": nonce}
    said = CodeIDToken(decoded.claims, decoded.header, wanted, parameters)
    said.validate(now=int(time.time()))
    return said


def signs_in(algorithm):
    person = driver.person()
    client = driver.application(REDIRECT, algorithm)
    browser = driver.Browser(f"{os.environ['SCRATCH']}/authlib-{algorithm}.jar", person["name"], person["password"])
    session = OAuth2Session(
        client["client_id"],
        client["client_secret"],
        scope="openid profile email groups offline_access",
        redirect_uri=REDIRECT,
        code_challenge_method="S256",
    )
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    url, state = session.create_authorization_url(
        METADATA["authorization_endpoint"], code_verifier=verifier, nonce=nonce
    )
    answer = browser.visit(url, REDIRECT)
    token = session.fetch_token(
        METADATA["token_endpoint"], authorization_response=answer, state=state, code_verifier=verifier
    )
    said = claims(token, client, algorithm, nonce)
    assert said["sub"] == person["id"] and said["groups"] == [person["group"]], said
    info = session.get(METADATA["userinfo_endpoint"]).json()
    assert info["sub"] == said["sub"] and info["email"] == person["email"], info
    later = session.refresh_token(METADATA["token_endpoint"], refresh_token=token["refresh_token"])
    assert claims(later, client, algorithm, None)["sub"] == said["sub"]
    bye = "http://127.0.0.1:9/bye"
    query = urlencode({"id_token_hint": later["id_token"], "post_logout_redirect_uri": bye})
    browser.visit(METADATA["end_session_endpoint"] + "?" + query, bye)
    assert session.get(METADATA["userinfo_endpoint"]).status_code == 401


for name in ("ES256", "RS256"):
    what = f"Authlib, {name}: sign-in, refresh, userinfo, sign-out"
    try:
        signs_in(name)
        print("PASS " + what, flush=True)
    except (Exception, SystemExit) as failure:
        print(f"FAIL {what}: {' '.join(f'{type(failure).__name__}: {failure}'.split())[:300]}", flush=True)
sys.stdout.flush()
