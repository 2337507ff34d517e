"""What is measured: each a request of a client that is let in, of the contract that its name tells."""

import base64
import json
from dataclasses import dataclass
from typing import Callable

from load import LONGEST


@dataclass
class Operation:
    """`request` is Lua: it has `headers`, `count` and `base`, and returns what wrk sends.

    `statement` is a part of the one statement that it takes, and SQL for its parameters: what the database does of it alone.
    """

    name: str
    request: str
    authorizations: Callable
    before: Callable = None
    connections: int = 0
    statement: tuple = None
    # It makes accounts, or ends some that are made for it: whatever is measured later is among more than were asked for
    adds: bool = False


def get(path):
    return f'return wrk.format("GET", {path}, headers)'


def send(method, path, body, kind="application/json"):
    return f'headers["Content-Type"] = "{kind}"; return wrk.format("{method}", {path}, headers, {body})'


def basic(credential):
    return "Basic " + base64.b64encode(f"{credential['client_id']}:{credential['client_secret']}".encode()).decode()


GRANT = send("POST", '"/oauth2/token"', '"grant_type=client_credentials"', "application/x-www-form-urlencoded")
# Each is changed or taken away once only
OWN = 'local own = "/api/v1/users/" .. own .. count; '
OWNED_A_SECOND = 3000
DEACTIVATE = send("PATCH", "own", """'{"status":"deactivated"}'""")
PATCH = send("PATCH", '"/api/v1/users/" .. user', """'{"display_name":"P ' .. count .. '"}'""")
CREATE = send("POST", '"/api/v1/users"', """'{"name":"new' .. base .. '-' .. count .. '"}'""")


def operations(roster, seconds):
    admin = lambda: roster.tokens  # noqa: E731
    kubiya = lambda: [token.replace("Bearer", "UserKey") for token in roster.tokens]  # noqa: E731
    own = lambda: roster.add_owned(OWNED_A_SECOND * max(3, seconds))  # noqa: E731
    more = lambda: roster.add_owned(OWNED_A_SECOND * max(LONGEST, seconds))  # noqa: E731
    user = f'local user = "user" .. math.random(0, {roster.count - 1}); '
    deep = roster.count * 9 // 10
    page = max(1, deep // 50)
    places = roster.cursors(deep)
    cursor = places[-1]
    cursors = "local cursors = {" + ", ".join(map(json.dumps, places)) + "}; "

    return [
        Operation("limit: an answer from memory", get('"/oauth2/jwks"'), lambda: ["-"]),
        Operation("token, one client", GRANT, lambda: [basic(roster.clients[0])]),
        Operation("token, 500 clients", GRANT, lambda: [basic(client) for client in roster.clients]),
        Operation("token, 2,000 at once", GRANT, lambda: [basic(roster.clients[1])], connections=2000),
        Operation("me", get('"/api/v1/users/me"'), admin),
        Operation("user by name", user + get('"/api/v1/users/" .. user'), admin,
                  statement=("u.username_key = k.key", ["ARRAY['user' || :number]"])),
        Operation("user by e-mail", user + get('"/api/v1/users?email=" .. user .. "@example.com"'), admin),
        Operation("user by e-mail, Kubiya", user + get('"/api/v1/users/" .. user .. "@example.com"'), kubiya,
                  statement=("u.email_key = k.key", ["ARRAY['user' || :number || '@example.com']"])),
        Operation("page of 50, first", get('"/api/v1/users?limit=50"'), admin),
        Operation("page of 50, deep", get(json.dumps(f"/api/v1/users?limit=50&cursor={cursor}")), admin),
        Operation("page of 50, Kubiya, first", get('"/api/v1/users?limit=50&page=1"'), kubiya),
        Operation("page of 50, Kubiya, deep", get(f'"/api/v1/users?limit=50&page={page}"'), kubiya),
        Operation("page of 50, ZenML, first", get('"/users?limit=50"'), admin),
        Operation("page of 50, ZenML, deep", get(f'"/users?limit=50&offset={deep}"'), admin),
        Operation("page of 50 and count, Decube, first", get('"/api/v1/app/users?page_size=50"'), admin),
        Operation("page of 50 and count, Decube, deep", get(f'"/api/v1/app/users?page_size=50&page={page}"'), admin),
        Operation("page of 50, anywhere", cursors + get('"/api/v1/users?limit=50&cursor=" .. cursors[math.random(#cursors)]'), admin),
        Operation("page of 50, Kubiya, anywhere", get(f'"/api/v1/users?limit=50&page=" .. math.random(1, {page})'), kubiya),
        Operation("page of 50, ZenML, anywhere", get(f'"/users?limit=50&offset=" .. math.random(0, {deep})'), admin),
        Operation("page of 50 and count, Decube, anywhere", get(f'"/api/v1/app/users?page_size=50&page=" .. math.random(1, {page})'), admin),
        Operation("filter by role, of most", get('"/api/v1/users?role=member&limit=50"'), admin),
        Operation("filter by role", get('"/api/v1/users?role=admin&limit=50"'), admin),
        Operation("filter by group", get('"/api/v1/users?limit=50&group=group" .. math.random(0, 99)'), admin),
        Operation("search, the beginning", user + get('"/api/v1/users?limit=10&q=" .. user'), admin),
        Operation("search, the middle", get('"/api/v1/users?limit=10&q=ser" .. math.random(100, 999)'), admin),
        Operation("patch", user + PATCH, admin),
        Operation("put groups", user + send("PUT", '"/api/v1/users/" .. user .. "/groups"',
                                            """'{"set_groups":["group' .. math.random(0, 99) .. '"]}'"""), admin),
        Operation("create", CREATE, admin, adds=True),
        Operation("invite", send("POST", '"/api/v1/invites"',
                                 """'{"role":"member","email":"i' .. base .. '-' .. count .. '@example.org"}'"""), admin, adds=True),
        Operation("deactivate", OWN + DEACTIVATE, admin, own, adds=True),
        Operation("delete", OWN + send("DELETE", "own", "nil"), admin, own, adds=True),
        Operation("64 deactivate while 64 patch", user + OWN + f"if count % 2 == 0 then {DEACTIVATE} end " + PATCH, admin, more,
                  connections=128, adds=True),
    ]


def peers(roster, keycloak):
    """The same work of both, by name: Keycloak finds a user by its id alone, from its cache."""
    admin = lambda: [roster.admin]  # noqa: E731
    other = lambda: [keycloak.token()]  # noqa: E731
    realm = "/admin/realms/" + keycloak.realm
    pages = max(1, roster.count // 50)
    user = f'local user = "user" .. math.random(0, {roster.count - 1}); '
    ids = "local ids = {" + ", ".join(json.dumps(i) for i in keycloak.ids[:1000]) + "}; "
    return {
        "token": (
            Operation("token", GRANT, lambda: [basic(roster.clients[0])]),
            Operation("token", send("POST", json.dumps(keycloak.token_path), '"grant_type=client_credentials"',
                                    "application/x-www-form-urlencoded"), lambda: [basic(keycloak.client)])),
        "one user": (
            Operation("user", user + get('"/api/v1/users/" .. user'), admin),
            Operation("user", get(f'"{realm}/users/" .. ids[math.random(#ids)]'), other, before=lambda: ids)),
        "page of 50": (
            Operation("page", get('"/api/v1/users?limit=50"'), admin),
            Operation("page", get(f'"{realm}/users?first=0&max=50"'), other)),
        "page of 50, anywhere": (
            Operation("page", get(f'"/api/v1/users?limit=50&page=" .. math.random(1, {pages})'),
                      lambda: [roster.admin.replace("Bearer", "UserKey")]),
            Operation("page", get(f'"{realm}/users?max=50&first=" .. 50 * math.random(0, {pages - 1})'), other)),
        "create": (
            Operation("create", CREATE, admin),
            Operation("create", send("POST", f'"{realm}/users"',
                                     """'{"username":"new' .. base .. '-' .. count .. '","enabled":true}'"""), other)),
    }
