"""Starts Roster on loopback, fills it through its import, and knows how to call it."""

import base64
import http.client
import json
import os
import pathlib
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse

GROUPS = 100

# Of how many clients tokens are used in turn, and at how many places lists begin
CLIENTS, PLACES = 16, 64


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def new_database(server, name):
    """Makes an empty database of that name on the server of a URL, in the place of an older one; its URL."""
    name = "bench_" + name.replace("-", "_")
    for statement in (f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}"):
        subprocess.run(["psql", server, "-qc", statement], check=True)
    url = urllib.parse.urlsplit(server)._replace(path="/" + name).geturl()
    # Counts statements where the server has it, and the user may
    subprocess.run(["psql", url, "-qc", "CREATE EXTENSION pg_stat_statements"], capture_output=True)
    return url


def ask(database, sql):
    """The first row of an answer, its columns with | between them."""
    out = subprocess.run(["psql", database, "-Atc", sql], capture_output=True, text=True, check=True)
    return out.stdout.strip()


class Roster:
    def __init__(self, app, database, folder):
        self.app, self.database, self.folder = app, database, folder
        self.secret = secrets.token_urlsafe(32)
        self.owned = 0

    def __enter__(self):
        self.folder.mkdir(parents=True)
        self.port, management = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        environment = dict(os.environ, QUARKUS_HTTP_HOST="127.0.0.1", QUARKUS_HTTP_PORT=str(self.port),
                           QUARKUS_MANAGEMENT_HOST="127.0.0.1", QUARKUS_MANAGEMENT_PORT=str(management),
                           ROSTER_ADMIN_CLIENT_SECRET=self.secret, ROSTER_ISSUER=self.url,
                           # One address stands for all the clients that there are
                           ROSTER_HTTP_CONNECTIONS_PER_ADDRESS="10000", ROSTER_INVITE_LIMIT_INVITER="3600000",
                           # Longer than all is measured
                           ROSTER_TOKEN_LIFETIME="24H")
        if self.database:
            self.database = new_database(self.database, self.folder.name)
            parts = urllib.parse.urlsplit(self.database)
            keys = self.folder / "keys.json"
            keys.write_text(subprocess.run(["deploy/new-signing-key"], capture_output=True, text=True, check=True).stdout)
            environment.update(ROSTER_DB_URL=f"postgresql://{parts.hostname}:{parts.port or 5432}{parts.path}",
                               ROSTER_DB_USERNAME=parts.username or "postgres", ROSTER_DB_PASSWORD=parts.password or "",
                               ROSTER_SIGNING_KEYS=str(keys))
        else:
            environment.update(ROSTER_DATA_DIR=str(self.folder / "data"))
        memory = os.environ.get("BENCH_MEMORY", "512m")
        # As a JVM takes by itself in a container of less than 1,792 MB
        jvm = ["java", "-XX:+UseSerialGC", f"-Xmx{memory}", "-jar", self.app]
        command = jvm if self.app.endswith(".jar") else [self.app, f"-Xmx{memory}"]
        self.log = open(self.folder / "log", "w")
        begin = time.monotonic()
        self.process = subprocess.Popen(command, env=environment, stdout=self.log, stderr=subprocess.STDOUT)
        try:
            while not self.is_ready(management):
                if self.process.poll() is not None or time.monotonic() - begin > 120:
                    raise RuntimeError(pathlib.Path(self.log.name).read_text()[-2000:])
                time.sleep(0.02)
            self.started = time.monotonic() - begin
            self.rest = self.memory()
            self.admin = self.client_token("admin", self.secret)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.log.close()

    def is_ready(self, port):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/q/health/ready")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def call(self, method, path, body=None, token=None, expect=(200, 201, 204), kind="application/json"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {"Content-Type": kind}
        if token:
            headers["Authorization"] = token
        connection.request(method, path, body if body is None or isinstance(body, (str, bytes)) else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status not in expect:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]}")
        return json.loads(text) if text.startswith(("{", "[")) and kind == "application/json" else text

    def client_token(self, client_id, secret):
        basic = "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()
        answer = json.loads(self.call("POST", "/oauth2/token", "grant_type=client_credentials", basic,
                                      kind="application/x-www-form-urlencoded"))
        return "Bearer " + answer["access_token"]

    def fill(self, count):
        """Users of an organization with groups, through the import; lines a second."""
        self.count = count
        for group in range(GROUPS):
            self.call("POST", "/api/v1/groups", {"name": f"group{group}"}, self.admin)
        self.clients = [self.call("POST", "/api/v1/service-accounts", {"name": f"client{i}", "role": "admin"}, self.admin)
                        ["credential"] for i in range(500)]
        self.tokens = [self.client_token(client["client_id"], client["client_secret"]) for client in self.clients[:CLIENTS]]

        begin = time.monotonic()
        self.reset_peak()
        self.send({"name": f"user{i}", "display_name": f"User {i}", "email_address": f"user{i}@example.com",
                   "groups": [f"group{i % GROUPS}", f"group{(i * 7 + 1) % GROUPS}"]} for i in range(count))
        seconds = time.monotonic() - begin
        return {"rate": count / seconds, "seconds": seconds, "grown": self.grown()}

    def more(self, count):
        """More users, each with a name and an address, through the import; lines a second."""
        self.owned += 1
        begin = time.monotonic()
        self.send({"name": f"more{self.owned}-{i}", "display_name": f"User {i}",
                   "email_address": f"more{self.owned}-{i}@example.com"} for i in range(count))
        return {"rate": count / (time.monotonic() - begin)}

    def add_owned(self, count):
        """Accounts for one run of an operation that takes each once; Lua that names them."""
        self.owned += 1
        self.send({"name": f"own{self.owned}-{i}"} for i in range(1, count + 1))
        return f'local own = "own{self.owned}-"'

    def cursors(self, depth):
        """Where a list goes on at some places, the last of them behind so many users."""
        found, passed = [], 0
        step = max(1, min(1000, depth // PLACES))
        while passed < depth or not found:
            path = f"/api/v1/users?limit={max(1, min(step, depth - passed))}" + (f"&cursor={found[-1]}" if found else "")
            found.append(urllib.parse.quote(self.call("GET", path, token=self.admin)["next_cursor"]))
            passed += step
        return found[-1::-max(1, len(found) // PLACES)][::-1]

    def send(self, users):
        """Sends users to the import while its results are read: neither waits for the other's end."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3600)
        connection.putrequest("POST", "/api/v1/users/import?mode=create")
        connection.putheader("Authorization", self.admin)
        connection.putheader("Content-Type", "application/x-ndjson")
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()

        def write():
            chunk = b""
            for user in users:
                chunk += json.dumps(user).encode() + b"\n"
                if len(chunk) > 60000:
                    connection.send(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                    chunk = b""
            if chunk:
                connection.send(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            connection.send(b"0\r\n\r\n")

        sender = threading.Thread(target=write, daemon=True)
        sender.start()
        answer = connection.getresponse()
        for line in answer:
            if line.strip():
                result = json.loads(line)
                if result["result"] not in ("created", "done") or result.get("errors"):
                    raise RuntimeError(f"the import answered {result}")
        sender.join()

    def streams(self):
        """What is read as a whole: rows a second."""
        found, rows = {}, 0
        for name, path in (("export", "/api/v1/users/export"), ("list of all as a stream", "/api/v1/users")):
            begin = time.monotonic()
            self.reset_peak()
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3600)
            connection.request("GET", path, headers={"Authorization": self.admin})
            answer = connection.getresponse()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            lines = 0
            while block := answer.read(65536):
                lines += block.count(b"\n")
            seconds = time.monotonic() - begin
            # The list is the same persons, in one line
            rows = rows or lines
            found[name] = {"rate": rows / seconds, "seconds": seconds, "grown": self.grown()}
        return found

    def alone(self, statement, connections, seconds):
        """How often a second the database carries out what the service has just asked it; None where it cannot be asked."""
        part, values = statement
        if not self.database or not shutil.which("pgbench"):
            return None
        # Longer ones than track_activity_query_size, here in bytes, are cut off
        found = self.query(f"SELECT query FROM pg_stat_activity WHERE strpos(query, '{part}') > 0 AND pid <> pg_backend_pid()"
                           " AND octet_length(query) < (SELECT setting::int - 1 FROM pg_settings"
                           " WHERE name = 'track_activity_query_size') LIMIT 1")
        if not found:
            return None
        organization = self.query("SELECT id FROM organizations WHERE name = 'default'")
        for position, value in enumerate([f"CAST('{organization}' AS uuid)", *values], 1):
            found = found.replace(f"${position}", f"({value})")
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            script.write(f"\\set number random(0, {self.count - 1})\n{found};\n")
            script.flush()
            out = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", str(connections), "-T", str(seconds), "-f", script.name,
                                  self.database], capture_output=True, text=True)
        return float(re.search(r"tps = ([\d.]+)", out.stdout).group(1))

    def query(self, sql):
        return ask(self.database, sql)

    def memory(self, kind="VmRSS"):
        """Megabytes resident: now, or the most since the last reset (VmHWM)."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(kind + r":\s+(\d+)", status).group(1)) / 1024

    def reset_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        self.before = self.memory()

    def grown(self):
        """Megabytes that became resident at most since the reset."""
        return self.memory("VmHWM") - self.before

    def persons(self):
        """How many there are by now."""
        return self.call("GET", "/api/v1/app/users?page_size=1", token=self.admin)["count"]

    def work(self):
        """What the database has done so far, kilobytes of the server's log with it; None of one that is embedded."""
        if not self.database:
            return None
        time.sleep(1.1)  # its backends tell their counts once a second
        committed, written = self.query("SELECT xact_commit, pg_current_wal_insert_lsn() - '0/0' FROM pg_stat_database"
                                        " WHERE datname = current_database()").split("|")
        return {"transactions": int(committed), "statements": self.statements(), "KB of log": int(written) / 1024}

    def statements(self):
        """How many were carried out; None where the server does not count them."""
        if self.query("SELECT to_regclass('pg_stat_statements') IS NULL"
                      " OR strpos(current_setting('shared_preload_libraries'), 'pg_stat_statements') = 0") == "t":
            return None
        return int(self.query("SELECT coalesce(sum(calls), 0) FROM pg_stat_statements JOIN pg_database d ON d.oid = dbid"
                              " WHERE datname = current_database()"))
