"""The service under test, and how a call is told to have passed."""

import os
import traceback
import uuid

import requests

URL = os.environ["ROSTER_URL"]
CLIENT_ID = os.environ["ROSTER_CLIENT_ID"]
CLIENT_SECRET = os.environ["ROSTER_CLIENT_SECRET"]
KEY = os.environ["ROSTER_KEY"]


def call(function):
    """Runs a call at once, named by its docstring; what it raises is its failure."""
    try:
        function()
        print("PASS " + function.__doc__, flush=True)
    except Exception as failure:
        where = traceback.extract_tb(failure.__traceback__)[-1]
        said = " ".join(f"{type(failure).__name__}: {failure}".split())[:300]
        print(f"FAIL {function.__doc__}: {said} ({where.name}, line {where.lineno})", flush=True)


def equal(expected, actual):
    if expected != actual:
        raise AssertionError(f"{expected!r} expected, not {actual!r}")


def refused(exception, action):
    """That a client makes this exception of the answer."""
    try:
        action()
    except exception as wanted:
        if type(wanted) is exception:
            return
        raise
    raise AssertionError(f"no {exception.__name__}")


def v1(method, path, **request):
    """What is set up for a call, and what is looked at after it."""
    answer = requests.request(method, URL + path, headers={"Authorization": "Bearer " + KEY}, timeout=10, **request)
    answer.raise_for_status()
    return answer.json() if answer.content else None


def person(**more):
    """A new account with an e-mail address that a form would misread."""
    name = "p-" + uuid.uuid4().hex[:12]
    user = v1("POST", "/api/v1/users", json={"name": name, "display_name": "Ada Lovelace", **more})
    v1("PATCH", f"/api/v1/users/{name}/profile", json={"email_address": f"{name}+test@example.com"})
    return {**user, "email": f"{name}+test@example.com"}
