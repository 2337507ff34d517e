"""What a person and an administrator do while a client is tried: a person with a password, an application, and a browser.

    driver.py person                              prints name, password and id as JSON
    driver.py application REDIRECT_URI ALGORITHM [public]
                                                  prints client_id, client_secret and id as JSON
    driver.py visit JAR URL STOP NAME PASSWORD    goes on from URL, sending the forms of the pages, until an address begins
                                                  with STOP, and prints that address; cookies stay in the file JAR
"""

import html
import http.cookiejar
import json
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid

ROSTER = os.environ["ROSTER_URL"]
PASSWORD = "correct horse battery staple"
MOST_STEPS = 20


def api(method, path, body):
    request = urllib.request.Request(ROSTER + path, json.dumps(body).encode(), method=method)
    request.add_header("Authorization", "Bearer " + os.environ["ROSTER_KEY"])
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read() or b"{}")


def person():
    name = "p-" + uuid.uuid4().hex[:12]
    made = api("POST", "/api/v1/users", {"name": name, "display_name": "Ada Lovelace"})
    api("PATCH", f"/api/v1/users/{name}/profile", {"email_address": f"{name}@example.com"})
    group = "g-" + name
    api("POST", "/api/v1/groups", {"name": group, "members": [name]})
    api("PATCH", f"/users/{made['id']}", {"password": PASSWORD, "password_expired": False})
    return {"name": name, "password": PASSWORD, "id": made["id"], "email": f"{name}@example.com", "group": group}


def application(redirect_uri, algorithm, kind="confidential"):
    origin = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(redirect_uri))
    made = api("POST", "/api/v1/applications", {
        "name": "Client " + uuid.uuid4().hex[:6],
        "redirect_uris": [redirect_uri],
        "post_logout_redirect_uris": [origin, origin + "/bye"],
        "scopes": ["openid", "profile", "email", "groups", "users:read"],
        "id_token_signed_response_alg": algorithm,
        "public": kind == "public",
    })
    if kind == "public":
        return {"id": made["id"], "client_id": made["client_id"], "client_secret": ""}
    secret = api("POST", f"/api/v1/applications/{made['id']}/secrets", {"name": "first"})
    return {"id": made["id"], "client_id": made["client_id"], "client_secret": secret["client_secret"]}


class Still(urllib.request.HTTPRedirectHandler):
    """Follows nothing by itself."""

    def redirect_request(self, *ignored):
        return None


def fields(page):
    """The values of the first form, as a browser would send them untouched."""
    values = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name:
            values[name.group(1)] = html.unescape(value.group(1)) if value else ""
    return values


class Browser:
    def __init__(self, jar, name, password):
        self.jar = http.cookiejar.LWPCookieJar(jar)
        if os.path.exists(jar):
            self.jar.load(ignore_discard=True)
        self.opener = urllib.request.build_opener(Still, urllib.request.HTTPCookieProcessor(self.jar))
        self.name, self.password, self.last = name, password, None

    def send(self, url, form=None):
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(url, data, {"Accept": "text/html, */*;q=0.8"})
        try:
            answer = self.opener.open(request, timeout=20)
        except urllib.error.HTTPError as refused:
            answer = refused
        self.jar.save(ignore_discard=True)
        return answer.status, answer.headers, answer.read().decode()

    def visit(self, url, stop):
        status, headers, page = self.send(url)
        for _ in range(MOST_STEPS):
            refresh = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
            form = re.search(r'<form method="post" action="([^"]+)"', page)
            to = headers.get("Location") or (html.unescape(refresh.group(1)) if refresh else None)
            if to:
                url = urllib.parse.urljoin(url, to)
                if url.startswith(stop):
                    self.last = url
                    return url
                status, headers, page = self.send(url)
            elif status == 200 and form:
                url = urllib.parse.urljoin(url, html.unescape(form.group(1)))
                status, headers, page = self.send(url, self.filled(page))
            else:
                break
        raise SystemExit(f"{url} answers {status}: {' '.join(re.sub('<[^>]*>', ' ', page).split())[:300]}")

    def filled(self, page):
        values = fields(page)
        if "password" in values:
            values.update(name=self.name, password=self.password)
        if 'name="decision"' in page:
            values["decision"] = "allow"
        return values


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "person":
        print(json.dumps(person()))
    elif command == "application":
        print(json.dumps(application(*arguments)))
    else:
        jar, url, stop, name, password = arguments
        print(Browser(jar, name, password).visit(url, stop))
