"""The OAuth2 clients of Python, and the validation of tokens at a resource server."""

import asyncio
import os

import requests
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from joserfc import jwt
from joserfc.jwk import KeySet
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

from service import CLIENT_ID, CLIENT_SECRET, URL, call, equal

# The service under test speaks http, on this machine only.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
TOKEN = URL + "/oauth2/token"
ME = URL + "/api/v1/users/me"
METADATA = requests.get(URL + "/.well-known/oauth-authorization-server", timeout=10).json()


def authlib(method):
    return AuthlibSession(CLIENT_ID, CLIENT_SECRET, token_endpoint_auth_method=method)


@call
def authlib_basic():
    """Authlib OAuth2Session.fetch_token, client_secret_basic"""
    session = authlib("client_secret_basic")
    session.fetch_token(TOKEN, grant_type="client_credentials", scope="users:read")
    equal(200, session.get(ME).status_code)


@call
def authlib_post():
    """Authlib OAuth2Session.fetch_token, client_secret_post"""
    session = authlib("client_secret_post")
    equal("Bearer", session.fetch_token(TOKEN, grant_type="client_credentials")["token_type"])
    equal(200, session.get(ME).status_code)


@call
def authlib_introspect_and_revoke():
    """Authlib OAuth2Session.introspect_token and revoke_token"""
    session = authlib("client_secret_basic")
    token = session.fetch_token(TOKEN, grant_type="client_credentials")["access_token"]
    endpoint = METADATA["introspection_endpoint"]
    equal(True, session.introspect_token(endpoint, token=token, token_type_hint="access_token").json()["active"])
    equal(200, session.revoke_token(METADATA["revocation_endpoint"], token=token).status_code)
    equal({"active": False}, session.introspect_token(endpoint, token=token).json())


@call
def authlib_async():
    """Authlib AsyncOAuth2Client.fetch_token"""

    async def fetch():
        async with AsyncOAuth2Client(CLIENT_ID, CLIENT_SECRET, token_endpoint=TOKEN) as client:
            await client.fetch_token(grant_type="client_credentials")
            return (await client.get(ME)).status_code

    equal(200, asyncio.run(fetch()))


@call
def authlib_metadata():
    """Authlib AuthorizationServerMetadata.validate"""

    class Local(AuthorizationServerMetadata):
        """All rules but the one of https, which the service under test has not, and the one of response types, which
        an authorization server without an authorization endpoint has none of (RFC 8414 section 3.2)."""

        def validate_issuer(self):
            equal(URL, self["issuer"])

        def validate_response_types_supported(self):
            if "authorization_endpoint" in self or "response_types_supported" in self:
                super().validate_response_types_supported()

    secure = {key: value.replace("http:", "https:") if isinstance(value, str) else value for key, value in METADATA.items()}
    Local({**secure, "issuer": METADATA["issuer"]}).validate()


@call
def requests_oauthlib_basic():
    """requests-oauthlib OAuth2Session.fetch_token, client_secret_basic"""
    session = OAuth2Session(client=BackendApplicationClient(client_id=CLIENT_ID))
    session.fetch_token(TOKEN, client_secret=CLIENT_SECRET)
    equal(200, session.get(ME).status_code)


@call
def requests_oauthlib_post():
    """requests-oauthlib OAuth2Session.fetch_token, client_secret_post"""
    session = OAuth2Session(client=BackendApplicationClient(client_id=CLIENT_ID, scope=["users:read"]))
    token = session.fetch_token(TOKEN, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, include_client_id=True)
    equal(["users:read"], token["scope"])
    equal(200, session.get(ME).status_code)


@call
def joserfc_verify():
    """joserfc jwt.decode with the public keys of the service"""
    token = authlib("client_secret_basic").fetch_token(TOKEN, grant_type="client_credentials")["access_token"]
    keys = KeySet.import_key_set(requests.get(METADATA["jwks_uri"], timeout=10).json())
    verified = jwt.decode(token, keys)
    jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": METADATA["issuer"]},
        aud={"essential": True, "value": "roster"},
        exp={"essential": True},
    ).validate(verified.claims)
    equal(("at+jwt", CLIENT_ID), (verified.header["typ"], verified.claims["client_id"]))
