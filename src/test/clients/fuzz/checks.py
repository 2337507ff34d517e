"""Signs Schemathesis in, and explains the answers that a document cannot foretell."""

import os
import re

import requests
import schemathesis
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
    unsupported_method,
)

URL = os.environ["ROSTER_URL"]
CLIENT = (os.environ["ROSTER_CLIENT_ID"], os.environ["ROSTER_CLIENT_SECRET"])

# What is refused although its schema is kept, and why no schema says so.
EXPLAINED = [
    ("without NUL", "a schema sees neither at any depth of JSON"),
    ("must be in the future", "the schema of a time knows no clock"),
    ("must be given, or else|must stand alone|must not come with|must come with", "of two fields, one is wanted"),
    ("must be a next_cursor", "a cursor is what an earlier answer said"),
    ("An internal account cannot be deleted", "a rule of the contract of ZenML, about the row"),
    ("invite was|invite has expired", "410 is about the row"),
    ("has changed since it was read", "412 is about the row"),
    ("not blank|bytes|invisible|reserved", "counted in other units, or of a character's kind in Unicode"),
    ("must be an e-mail address", "format: email says less than mail servers take"),
    ("email: is required", "DELETE of Decube takes it from the body or the query"),
    ("must name one of the scopes|scope", "scopes are a vocabulary of their own, which grows"),
    ("must begin within", "page and its size together"),
    ("must be the same in the query and the body", "Decube takes an address at either place"),
    ("must be a type of event", "types of events are a vocabulary of their own, which grows"),
    ("must be a time as", "times before 1970 are of no use"),
    ("overlap_seconds: must be a whole number", "1.0 is an integer for a schema"),
    ("must be 8 to 128 characters", "a password of an older rule may still be sent as the current one"),
]

# Paths that a template covers as well, whose methods are served and listed there too: the reserved words name nobody.
COVERED = {
    "/api/v1/invites/accept",
    "/api/v1/users/current",
    "/api/v1/users/invite",
    "/api/v1/users/self",
    "/api/v1/users/system_invite",
    "/users/authorize_server",
    "/users/me",
}


@schemathesis.auth(refresh_interval=2)
class Token:
    """A token is fetched often, because some of the requests end sessions."""

    def get(self, case, context):
        answer = requests.post(
            URL + "/oauth2/token", auth=CLIENT, data={"grant_type": "client_credentials"}, timeout=10
        )
        return answer.json()["access_token"]

    def set(self, case, data, context):
        case.headers["Authorization"] = os.environ["ROSTER_SCHEME"] + " " + data


@schemathesis.check
def answers_are_as_their_schema(ctx, response, case):
    # Without its scheme, a path that Kubiya shares with Roster v1 is answered as Roster v1 does.
    scheme = response.request.headers.get("Authorization", [""])[0].split(" ")[0]
    if os.environ["ROSTER_SCHEME"] != "UserKey" or response.status_code != 401 or scheme == "UserKey":
        response_schema_conformance(ctx, response, case)


@schemathesis.check
def valid_data_is_accepted(ctx, response, case):
    try:
        positive_data_acceptance(ctx, response, case)
    except AssertionError:
        if not any(re.search(rule, response.text) for rule, reason in EXPLAINED):
            raise


@schemathesis.check
def invalid_data_is_refused(ctx, response, case):
    try:
        negative_data_rejection(ctx, response, case)
    except AssertionError:
        # An empty filter or precondition is the same as none or matches nothing, and a body of null is none.
        empty = "" in (case.query or {}).values() or "" in (case.headers or {}).values()
        if not empty and case.body is not None:
            raise


@schemathesis.check
def other_methods_are_refused(ctx, response, case):
    if case.path not in COVERED:
        unsupported_method(ctx, response, case)


@schemathesis.check
def allowed_methods_are_listed(ctx, response, case):
    if case.path not in COVERED:
        allow_header_conformance(ctx, response, case)
