"""Attacks a packaged Roster on this machine, and watches an innocent client and the heap meanwhile.

Loopback only, bounded in requests and in time; Python 3 alone. See run.
"""

import argparse
import base64
import http.client
import json
import os
import re
import socket
import statistics
import sys
import threading
import time
import urllib.parse

INNOCENT_PAUSE = 0.05
CALM_SECONDS = 4
LOOPBACK = "127.0.0.1"
# Whoever attacks takes the connections of its own address; an innocent client has another one
ELSEWHERE = "127.0.0.2"


class Service:
    def __init__(self, port, management, client_id, secret):
        self.port, self.management = port, management
        self.credentials = "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()

    def send(self, method, path, body=None, headers=None, port=None, timeout=20, source=LOOPBACK):
        """The status and the body of one request over a connection of its own; 0 where it broke."""
        connection = http.client.HTTPConnection(LOOPBACK, port or self.port, timeout, (source, 0))
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def form(self, path, fields, headers=None):
        head = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.send("POST", path, urllib.parse.urlencode(fields), head)

    def token(self):
        status, body = self.form(
            "/oauth2/token", {"grant_type": "client_credentials"}, {"Authorization": self.credentials}
        )
        if status != 200:
            sys.exit(f"no token: {status} {body}")
        return json.loads(body)["access_token"]

    def metric(self, name, *labels):
        status, body = self.send("GET", "/q/metrics", port=self.management)
        values = [
            float(line.rsplit(" ", 1)[1])
            for line in body.splitlines()
            if line.startswith(name) and all(label in line for label in labels)
        ]
        return sum(values) if status == 200 else float("nan")

    def heap(self):
        return self.metric("jvm_memory_used_bytes", 'area="heap"') / 2**20


class Innocent:
    """A client with a token of its own that reads one account, again and again."""

    def __init__(self, service, token):
        self.service, self.token = service, token
        self.milliseconds, self.lost, self.over = [], 0, threading.Event()
        self.highest = 0.0

    def ask(self):
        while not self.over.is_set():
            start = time.monotonic()
            headers = {"Authorization": "Bearer " + self.token}
            status, _ = self.service.send("GET", "/api/v1/users/me", None, headers, source=ELSEWHERE)
            self.milliseconds.append((time.monotonic() - start) * 1000)
            self.lost += status != 200
            self.over.wait(INNOCENT_PAUSE)

    def watch_heap(self):
        while not self.over.is_set():
            self.highest = max(self.highest, self.service.heap())
            self.over.wait(0.5)

    def during(self, action):
        self.milliseconds, self.lost, self.highest = [], 0, 0.0
        self.over.clear()
        threads = [threading.Thread(target=work) for work in (self.ask, self.watch_heap)]
        for thread in threads:
            thread.start()
        try:
            return action()
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def figures(self):
        times = sorted(self.milliseconds)
        p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
        return (
            f"p50 {statistics.median(times):.1f} ms, p99 {p99:.1f} ms, {len(times)} requests, "
            f"{self.lost} lost, heap up to {self.highest:.0f} MB"
        )


def raw(service, request, patience=3):
    """What comes back for these bytes until the end or silence, and whether it ended."""
    with socket.create_connection((LOOPBACK, service.port), timeout=patience) as connection:
        received = b""
        try:
            connection.sendall(request)
            while part := connection.recv(65536):
                received += part
            return received, True
        except TimeoutError:
            return received, False
        except OSError:
            return received, True


def many(count, work):
    results = [None] * count

    def one(index):
        results[index] = work(index)

    threads = [threading.Thread(target=one, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def memory(service, connections=300, announced=1_000_000, hold=12):
    """300 connections send nearly all of a body each, and then nothing."""
    head = (
        "POST {} HTTP/1.1\r\nHost: x\r\n{}Content-Type: {}\r\nContent-Length: %d\r\n\r\n" % announced
    )
    kinds = [
        head.format("/oauth2/token", "", "application/x-www-form-urlencoded"),
        head.format("/api/v1/users", "Authorization: Bearer none\r\n", "application/json"),
        head.format("/api/v1/users", f"Authorization: Bearer {service.token()}\r\n", "application/json"),
    ]
    kinds = kinds[:1] if os.environ.get("ATTACK_FORMS_ONLY") else kinds
    end = time.monotonic() + hold
    held = []
    for index in range(connections):
        try:
            connection = socket.create_connection((LOOPBACK, service.port), timeout=2)
            connection.sendall(kinds[index % len(kinds)].encode())
            connection.setblocking(False)
            held.append([connection, announced - 10])
        except OSError:
            pass
    filler = b"a" * 65536
    while time.monotonic() < end:
        moved = False
        for entry in held:
            try:
                if entry[1] > 0:
                    entry[1] -= entry[0].send(filler[: min(len(filler), entry[1])])
                    moved = True
            except BlockingIOError:
                pass
            except OSError:
                entry[1] = 0
        if not moved:
            time.sleep(0.05)
    for connection, _ in held:
        connection.close()
    return True


def normalization(service, seconds=8, rate=7):
    """Long runs of combining marks, wherever a text is taken."""
    marks = "\u0300\u0316" * 4_000
    token = service.token()
    bearer = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    encoded = urllib.parse.quote("a" + marks[:650])
    attempts = [
        lambda: raw(service, form_of("/auth/login", {"username": "a" + marks[:1350], "password": "x"}), 20),
        lambda: raw(service, form_of("/auth/login", {"username": "a", "password": marks[:1350]}), 20),
        lambda: service.send("GET", "/api/v1/users?q=" + encoded, None, bearer),
        lambda: service.send("GET", "/api/v1/users/" + encoded, None, bearer),
        lambda: service.send("POST", "/api/v1/users", json.dumps({"name": marks}, ensure_ascii=False).encode(), bearer),
        lambda: service.send(
            "PATCH",
            "/users/00000000-0000-0000-0000-000000000000",
            json.dumps({"password": "a" + marks * 10}, ensure_ascii=False).encode(),
            bearer,
        ),
    ]
    # Percent-encoding takes six bytes a mark: as it is, three times as many fit into a form
    bare = ("username=a" + marks[:8_000] + "&password=x").encode()[:16_000]
    attempts.insert(
        0,
        lambda: service.send(
            "POST", "/auth/login", bare, {"Content-Type": "application/x-www-form-urlencoded"}
        ),
    )
    threads = []
    for index in range(int(seconds * rate)):
        thread = threading.Thread(target=attempts[0 if index % 2 else index // 2 % len(attempts)])
        thread.start()
        threads.append(thread)
        time.sleep(1 / rate)
    for thread in threads:
        thread.join()
    return True


def form_of(path, fields):
    body = urllib.parse.urlencode(fields)
    return (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def hashing(service, parallel=95, rounds=3):
    """95 parallel sign-ins from one address; another one must not be refused for it."""
    for _ in range(rounds):
        many(parallel, lambda i: service.form("/auth/login", {"username": f"nobody-{i}", "password": "wrong " * 3}))
    return True


def smuggling(service):
    """Requests that two servers could read differently, each with another one behind it."""
    behind = b"GET /oauth2/jwks HTTP/1.1\r\nHost: x\r\n\r\n"
    post = b"POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    chunked = post + b"Transfer-Encoding: chunked\r\n\r\n"
    get = b"GET /oauth2/jwks HTTP/1.1\r\n"
    cases = {
        "length and chunked": post + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "two lengths": post + b"Content-Length: 3\r\nContent-Length: 0\r\n\r\nabc",
        "two hosts": get + b"Host: x\r\nHost: y\r\n\r\n",
        "no host": get + b"\r\n",
        "bare LF": get + b"Host: x\nA: b\r\n\r\n",
        "bare CR": get + b"Host: x\r\nA: b\rC: d\r\n\r\n",
        "space before colon": get + b"Host: x\r\nA : b\r\n\r\n",
        "chunked twice": post + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "identity": post + b"Transfer-Encoding: identity\r\n\r\n",
        "gzip, chunked": post + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "quoted chunk extension": chunked + b'1;a="\r\nX\r\n0\r\n\r\n',
        "folded line": get + b"Host: x\r\nA: b\r\n c\r\n\r\n",
        "line without a colon": get + b"Host: x\r\nA\r\n\r\n",
        "control before the request": b"\0" + get + b"Host: x\r\n\r\n",
        "blank in a chunk size": chunked + b"1 x\r\nX\r\n0\r\n\r\n",
        "chunk of 0x1": chunked + b"0x1\r\nX\r\n0\r\n\r\n",
    }
    served = []
    for name, request in cases.items():
        answer, ended = raw(service, request + behind)
        if b"HTTP/1.1 200" in answer or not ended:
            served.append(name)
    if served:
        print("    served all the same:", ", ".join(served))
    return not served


def addresses(service, guesses=120):
    """Guesses of one client's secret, each another one with another invented address before it."""
    client = f"guess-{os.getpid()}"
    statuses = [
        service.form(
            "/oauth2/token",
            {"grant_type": "client_credentials", "client_id": client, "client_secret": f"wrong-{i}"},
            {"X-Forwarded-For": f"10.0.{i // 250}.{i % 250}, 203.0.113.5", "Forwarded": f"for=10.1.0.{i % 250}"},
        )[0]
        for i in range(guesses)
    ]
    print(f"    {statuses.count(401)} guesses were checked, {statuses.count(429)} put off")
    return statuses.count(401) <= 20


def spellings(service):
    """Other spellings of a good token, which a lenient decoder takes for the same."""
    token = service.token()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet.index(token[-1])
    others = [token + end for end in ("=", "==", "====", "!!!!", "%3D", ".")]
    others += [token[:-1] + letter for letter in (alphabet[last ^ 1], alphabet[last ^ 2], alphabet[last ^ 3])]
    taken = [
        other[-6:]
        for other in others
        if service.send("GET", "/api/v1/users/me", None, {"Authorization": "Bearer " + other})[0] == 200
    ]
    if taken:
        print("    taken all the same, by their ends:", ", ".join(taken))
    return not taken


def cache(service, count=10_000, workers=8):
    """Ten thousand more spellings of a good token, none of which may take a place in memory."""
    token = service.token()
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=~"

    def ask(connection, index):
        end = letters[index % 66] + letters[index // 66 % 66] + letters[index // 4356]
        connection.request("GET", "/api/v1/users/me", headers={"Authorization": f"Bearer {token}{end}"})

    before = service.metric("cache_size")
    statuses = kept_alive(service, count, workers, ask)
    grown = service.metric("cache_size") - before
    print(f"    answered: {tally(statuses)}; {grown:.0f} more entries in the caches")
    return set(statuses) == {401} and grown < 100


def grants(service, count=20_000, workers=8, most=100):
    """Twenty thousand tokens by one client, each for another host: the open sessions are bounded."""
    body = urllib.parse.urlencode({"grant_type": "client_credentials"})

    def ask(connection, index):
        head = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": service.credentials}
        connection.request("POST", "/oauth2/token", body, {**head, "User-Agent": f"host-{os.getpid()}-{index}"})

    start = time.monotonic()
    statuses = kept_alive(service, count, workers, ask)
    took = time.monotonic() - start
    sessions = open_sessions(service, most)
    print(f"    answered: {tally(statuses)} in {took:.0f} s; {sessions} sessions are open, at most {most}")
    return statuses.count(200) > 0 and sessions <= most


def open_sessions(service, most):
    """How many sessions the client has; it stops to count beyond what it may have."""
    headers = {"Authorization": "Bearer " + service.token()}
    count, cursor = 0, ""
    while count <= most:
        status, body = service.send("GET", "/api/v1/users/me/sessions?limit=100" + cursor, None, headers)
        if status != 200:
            sys.exit(f"no sessions: {status} {body}")
        page = json.loads(body)
        count += len(page["items"])
        if not page.get("next_cursor"):
            break
        cursor = "&cursor=" + urllib.parse.quote(page["next_cursor"])
    return count


def kept_alive(service, count, workers, ask):
    """The statuses of so many requests over a few connections that stay."""
    statuses = []

    def work(first):
        connection = http.client.HTTPConnection(LOOPBACK, service.port, timeout=20)
        for index in range(first, count, workers):
            try:
                ask(connection, index)
                answer = connection.getresponse()
                answer.read()
                statuses.append(answer.status)
            except (OSError, http.client.HTTPException):
                statuses.append(0)
                connection.close()
        connection.close()

    many(workers, work)
    return statuses


def tally(statuses):
    return ", ".join(f"{statuses.count(status)} times {status}" for status in sorted(set(statuses)))


ATTACKS = {
    "memory": memory,
    "normalization": normalization,
    "hashing": hashing,
    "smuggling": smuggling,
    "addresses": addresses,
    "spellings": spellings,
    "cache": cache,
    "grants": grants,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--management", type=int, default=9000)
    parser.add_argument("--client", default=os.environ.get("ROSTER_ADMIN_CLIENT_ID", "admin"))
    parser.add_argument("attacks", nargs="*", help="of: " + ", ".join(ATTACKS))
    options = parser.parse_args()
    secret = os.environ.get("ROSTER_ADMIN_CLIENT_SECRET") or sys.exit("ROSTER_ADMIN_CLIENT_SECRET must be set")
    unknown = set(options.attacks) - set(ATTACKS)
    if unknown:
        sys.exit("no such attack: " + ", ".join(sorted(unknown)))
    service = Service(options.port, options.management, options.client, secret)
    innocent = Innocent(service, service.token())
    innocent.during(lambda: time.sleep(CALM_SECONDS))  # warms it up
    failed = []
    for name in options.attacks or ATTACKS:
        print(f"{name}: {ATTACKS[name].__doc__}")
        innocent.during(lambda: time.sleep(CALM_SECONDS))
        print("    before:", innocent.figures())
        calm = statistics.median(innocent.milliseconds)
        held = innocent.during(lambda: ATTACKS[name](service))
        print("    during:", innocent.figures())
        alive = service.send("GET", "/q/health/live", port=options.management)[0] == 200
        # Both run on this machine: what the attacker takes of it is not the service's fault
        quick = statistics.median(innocent.milliseconds) <= 5 * calm + 10
        good = held and alive and quick and innocent.lost == 0
        print("    PASS" if good else "    FAIL")
        failed += [] if good else [name]
        if not alive:
            break
    print("all held" if not failed else "did not hold: " + ", ".join(failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
