"""Continue with Keycloak: what a person's browser does, request by request, without a script."""

import html
import http.cookiejar
import json
import os
import re
import signal
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request
import uuid

ROSTER = os.environ["ROSTER_URL"]
KEYCLOAK = os.environ["KEYCLOAK_URL"]
REALM = KEYCLOAK + "/admin/realms/people"
CALLBACK = ROSTER + "/signin/with/keycloak/callback"
PASSWORD = "correct horse battery staple"


class Browser(urllib.request.HTTPRedirectHandler):
    """Keeps cookies, and stops at each redirect so that a step can look at it."""

    def __init__(self):
        # As browsers do on this machine, to which Keycloak sends cookies that are for https alone
        everywhere = http.cookiejar.DefaultCookiePolicy(secure_protocols=("https", "http"))
        self.jar = http.cookiejar.CookieJar(everywhere)
        self.opener = urllib.request.build_opener(self, urllib.request.HTTPCookieProcessor(self.jar))

    def redirect_request(self, *args):
        return None

    def open(self, url, fields=None):
        """Status, text and the target of a redirect, of this page or form."""
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(url, data, {"Accept": "text/html, */*;q=0.8"})
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        to = answer.headers.get("Location")
        return answer.status, answer.read().decode(), to and urllib.parse.urljoin(url, to)

    def begin(self, page, **changes):
        """Presses the button of a page; the URL of Keycloak that it leads to."""
        status, text, _ = self.open(ROSTER + page)
        equal(200, status)
        form = re.search(r'<form method="post" action="(/signin/with/keycloak)">(.*?)</form>', text, re.S)
        assert "Continue with Keycloak" in form[2], form[2]
        fields = {n: html.unescape(v) for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', form[2])} | changes
        status, text, _ = self.open(ROSTER + form[1], fields)
        equal(200, status)
        return html.unescape(re.search(r'content="0; url=([^"]+)"', text)[1])

    def sign_in_there(self, url, name):
        """Fills Keycloak's own form in; the URL that it sends the browser back to."""
        status, text, _ = self.open(url)
        equal(200, status)
        action = html.unescape(re.search(r'<form id="kc-form-login"[^>]* action="([^"]+)"', text)[1])
        status, text, to = self.open(action, {"username": name, "password": PASSWORD})
        equal(302, status)
        assert to.startswith(CALLBACK + "?"), to
        return to


def equal(expected, actual):
    assert expected == actual, f"{actual!r} is not {expected!r}"


def rest(method, url, token, body=None):
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=60) as answer:
        text = answer.read()
        return json.loads(text) if text else None


def token_of(url, **fields):
    with urllib.request.urlopen(url, urllib.parse.urlencode(fields).encode(), timeout=60) as answer:
        return json.load(answer)["access_token"]


def keycloak_admin():
    return token_of(
        KEYCLOAK + "/realms/master/protocol/openid-connect/token",
        grant_type="password",
        client_id="admin-cli",
        username=os.environ["KC_BOOTSTRAP_ADMIN_USERNAME"],
        password=os.environ["KC_BOOTSTRAP_ADMIN_PASSWORD"],
    )


def roster_admin():
    return token_of(
        ROSTER + "/oauth2/token",
        grant_type="client_credentials",
        client_id=os.environ["ROSTER_CLIENT_ID"],
        client_secret=os.environ["ROSTER_CLIENT_SECRET"],
    )


def set_up():
    """A realm with a client for the service, and the settings that docs/connect.md names."""
    admin = keycloak_admin()
    rest("POST", KEYCLOAK + "/admin/realms", admin, {"realm": "people", "enabled": True})
    rest("POST", REALM + "/roles", admin, {"name": "member"})
    rest(
        "POST",
        REALM + "/clients",
        admin,
        {
            "clientId": "roster",
            "secret": os.environ["CLIENT_SECRET"],
            "redirectUris": [CALLBACK],
            "standardFlowEnabled": True,
            "implicitFlowEnabled": False,
            "directAccessGrantsEnabled": False,
            "attributes": {"pkce.code.challenge.method": "S256"},
            "protocolMappers": [
                {
                    "name": "roles",
                    "protocol": "openid-connect",
                    "protocolMapper": "oidc-usermodel-realm-role-mapper",
                    "config": {
                        "claim.name": "realm_access.roles",
                        "jsonType.label": "String",
                        "multivalued": "true",
                        "id.token.claim": "true",
                    },
                }
            ],
        },
    )
    for name, verified, member in (("ada", True, True), ("bob", True, True), ("eve", False, True), ("tom", True, False)):
        rest(
            "POST",
            REALM + "/users",
            admin,
            {
                "username": name,
                "firstName": name.capitalize(),
                "lastName": "Lovelace",
                "email": name + "@example.org",
                "emailVerified": verified,
                "enabled": True,
                "credentials": [{"type": "password", "value": PASSWORD, "temporary": False}],
            },
        )
        if member:
            user = rest("GET", f"{REALM}/users?username={name}&exact=true", admin)[0]["id"]
            role = rest("GET", REALM + "/roles/member", admin)
            rest("POST", f"{REALM}/users/{user}/role-mappings/realm", admin, [role])


def invite(email, role):
    link = rest("POST", ROSTER + "/api/v1/invites", roster_admin(), {"email": email, "role": role})["invite_link"]
    return link[link.index("/invite?") : link.index("#")]


def account(name):
    return rest("GET", f"{ROSTER}/api/v1/users/{urllib.parse.quote(name)}", roster_admin())


ada = Browser()


def an_unknown_person_gets_an_account():
    url = ada.begin("/signin?continue=/account%3Fx%3D1")
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
    equal([CALLBACK], asked["redirect_uri"])
    equal(["S256"], asked["code_challenge_method"])
    back = ada.sign_in_there(url, "ada")
    assert "iss=" + urllib.parse.quote(KEYCLOAK + "/realms/people", safe="") in back, back
    equal((303, ROSTER + "/account?x=1"), ada.open(back)[::2])
    status, text, _ = ada.open(ROSTER + "/account")
    equal(200, status)
    assert "Signed in as Ada Lovelace at" in text, text
    equal("member", account("ada")["role"])
    equal("ada@example.org", account("ada")["profile"]["email_address"])


def what_was_sent_back_is_good_once():
    browser = Browser()
    back = browser.sign_in_there(browser.begin("/signin"), "ada")
    equal(303, browser.open(back)[0])
    equal(400, browser.open(back)[0])


def another_browser_cannot_use_it():
    browser = Browser()
    back = browser.sign_in_there(browser.begin("/signin"), "ada")
    thief = Browser()
    thief.begin("/signin")
    equal(400, thief.open(back)[0])
    equal(303, browser.open(back)[0])


def signed_in_there_already_nobody_is_asked_again():
    before = account("ada")["id"]
    status, _, back = ada.open(ada.begin("/signin?login_hint=ada"))
    equal(302, status)
    equal(303, ada.open(back)[0])
    equal(before, account("ada")["id"])


def a_new_proof_can_be_asked_for():
    back = ada.begin("/signin?login_hint=ada", max_age="0")
    status, text, _ = ada.open(back)
    equal(200, status)
    assert 'type="password"' in text, text
    action = html.unescape(re.search(r'<form id="kc-form-login"[^>]* action="([^"]+)"', text)[1])
    _, _, to = ada.open(action, {"username": "ada", "password": PASSWORD})
    equal(303, ada.open(to)[0])


def an_old_proof_is_no_new_one():
    """A browser that takes prompt and max_age out of the request comes back with an old auth_time."""
    url = ada.begin("/signin?login_hint=ada", max_age="0").replace("&prompt=login", "").replace("&max_age=0", "")
    time.sleep(32)  # longer than clocks may be apart
    status, _, back = ada.open(url)
    equal(302, status)
    equal(502, ada.open(back)[0])


def whoever_has_no_role_there_stays_out():
    browser = Browser()
    status, text, _ = browser.open(browser.sign_in_there(browser.begin("/signin"), "tom"))
    equal(403, status)
    assert "no active account here" in text, text


def an_invite_is_accepted_by_the_invited():
    page = invite("bob@example.org", "admin")
    wrong = Browser()
    status, text, _ = wrong.open(wrong.sign_in_there(wrong.begin(page), "ada"))
    equal(403, status)
    assert "does not confirm the address" in text, text
    bob = Browser()
    equal((303, ROSTER + "/account"), bob.open(bob.sign_in_there(bob.begin(page), "bob"))[::2])
    assert "Signed in as Bob Lovelace at" in bob.open(ROSTER + "/account")[1]
    equal(409, Browser().open(ROSTER + page)[0])


def an_unproven_address_accepts_nothing():
    page = invite("eve@example.org", "admin")
    eve = Browser()
    status, text, _ = eve.open(eve.sign_in_there(eve.begin(page), "eve"))
    equal(403, status)
    assert "does not confirm the address" in text, text


def an_application_signs_in_through_both():
    """Keycloak signs the person in to the service, and the service to the application."""
    made = rest(
        "POST",
        ROSTER + "/api/v1/applications",
        roster_admin(),
        {
            "name": "Wiki " + str(uuid.uuid4()),
            "redirect_uris": ["http://127.0.0.1/back"],
            "scopes": ["users:read"],
            "public": True,
            "first_party": True,
        },
    )
    query = urllib.parse.urlencode(
        {
            "response_type": "code",
            "client_id": made["client_id"],
            "redirect_uri": "http://127.0.0.1/back",
            "code_challenge_method": "S256",
            "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "state": "of the wiki",
        }
    )
    browser = Browser()
    _, _, sign_in = browser.open(ROSTER + "/oauth2/authorize?" + query)
    back = browser.sign_in_there(browser.begin(sign_in.removeprefix(ROSTER)), "ada")
    status, text, _ = browser.open(back)
    equal(200, status)
    onward = html.unescape(re.search(r'content="0; url=([^"]+)"', text)[1])
    _, _, to = browser.open(ROSTER + onward)
    assert to.startswith("http://127.0.0.1/back?code="), to
    token = json.loads(
        Browser().open(
            ROSTER + "/oauth2/token",
            {
                "grant_type": "authorization_code",
                "client_id": made["client_id"],
                "redirect_uri": "http://127.0.0.1/back",
                "code": urllib.parse.parse_qs(urllib.parse.urlsplit(to).query)["code"][0],
                "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            },
        )[1]
    )["access_token"]
    equal("ada", rest("GET", ROSTER + "/api/v1/users/me", token)["name"])


def keys_that_changed_are_found():
    admin = keycloak_admin()
    realm = rest("GET", REALM, admin)["id"]
    rest(
        "POST",
        REALM + "/components",
        admin,
        {
            "name": "next",
            "providerId": "rsa-generated",
            "providerType": "org.keycloak.keys.KeyProvider",
            "parentId": realm,
            "config": {"priority": ["1000"], "algorithm": ["RS256"], "keySize": ["2048"]},
        },
    )
    end = time.monotonic() + 60
    while True:
        browser = Browser()
        status = browser.open(browser.sign_in_there(browser.begin("/signin"), "ada"))[0]
        if status == 303:
            return
        assert time.monotonic() < end, status
        time.sleep(2)


def while_it_is_away_that_is_said():
    browser = Browser()
    back = browser.sign_in_there(browser.begin("/signin"), "ada")
    os.kill(int(os.environ["KEYCLOAK_PID"]), signal.SIGTERM)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(KEYCLOAK + "/realms/people", timeout=5).close()
            time.sleep(0.2)
        except OSError:
            break
    status, text, _ = browser.open(back)
    equal(503, status)
    assert "Keycloak does not answer" in text, text


STEPS = [
    an_unknown_person_gets_an_account,
    what_was_sent_back_is_good_once,
    another_browser_cannot_use_it,
    signed_in_there_already_nobody_is_asked_again,
    a_new_proof_can_be_asked_for,
    an_old_proof_is_no_new_one,
    whoever_has_no_role_there_stays_out,
    an_invite_is_accepted_by_the_invited,
    an_unproven_address_accepts_nothing,
    an_application_signs_in_through_both,
    keys_that_changed_are_found,
    while_it_is_away_that_is_said,
]

set_up()
for step in STEPS:
    try:
        step()
        print("PASS", step.__name__.replace("_", " "), flush=True)
    except Exception:
        print("FAIL", step.__name__.replace("_", " "), traceback.format_exc(), flush=True)
