"""Kitaru: its sign-in to the control plane of ZenML Pro, and what its server asks there."""

import asyncio
import os
import tempfile
import uuid
from pathlib import Path

# Its settings want a database and keys, which these calls do not use.
os.environ["KITARU_SERVER_DATABASE_URL"] = "sqlite+aiosqlite://"
os.environ["KITARU_SERVER_JWT_SIGNING_KEY"] = os.environ["KITARU_SERVER_SECRET_ENCRYPTION_KEY"] = "x" * 64

from kitaru.client.control_plane import ControlPlaneSession
from kitaru.client.credential_store import CredentialStore
from kitaru.client.exceptions import APIError
from kitaru.server.adapters.auth.control_plane import ControlPlaneClient, ControlPlaneError
from kitaru.server.api.config import APISettings

from service import KEY, URL, call, equal, v1

ME = v1("GET", "/api/v1/users/me")


def session():
    return ControlPlaneSession(URL, CredentialStore(path=Path(tempfile.mkdtemp()) / "credentials.json"))


def server():
    return ControlPlaneClient(
        APISettings(CONTROL_PLANE_API_URL=URL, CONTROL_PLANE_SERVER_ID=uuid.uuid4(), SERVER_ID=uuid.uuid4())
    )


@call
def sign_in():
    """kitaru ControlPlaneSession.login_with_api_key, whose token its server accepts"""
    token = asyncio.run(session().login_with_api_key(KEY))
    user = asyncio.run(server().authorize_user(token.access_token, uuid.uuid4()))
    equal(ME["id"], str(user.id))


@call
def sign_in_by_a_wrong_key():
    """kitaru ControlPlaneSession.login_with_api_key, by a key that is none"""
    try:
        asyncio.run(session().login_with_api_key(KEY[:-8] + "AAAAAAAA"))
    except APIError as refused:
        equal(401, refused.status_code)
    else:
        raise AssertionError("signed in")


@call
def authorize_user():
    """kitaru ControlPlaneClient.authorize_user"""
    user = asyncio.run(server().authorize_user(KEY, uuid.uuid4()))
    equal((ME["id"], ME["name"], ME.get("email")), (str(user.id), user.username, user.email))


@call
def authorize_a_wrong_key():
    """kitaru ControlPlaneClient.authorize_user, of a key that is none"""
    try:
        asyncio.run(server().authorize_user("x", uuid.uuid4()))
    except ControlPlaneError as refused:
        equal(True, "401" in str(refused))
    else:
        raise AssertionError("accepted")
