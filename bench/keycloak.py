"""Starts a Keycloak that somebody unpacked, and fills a realm of it."""

import http.client
import json
import os
import secrets
import subprocess
import time
import urllib.parse

from roster import free_port, new_database

BATCH = 1000


class Keycloak:
    def __init__(self, home, database, folder):
        self.home, self.database, self.folder = home, database, folder
        self.realm = "bench"
        self.token_path = f"/realms/{self.realm}/protocol/openid-connect/token"
        self.password = secrets.token_urlsafe(16)

    def __enter__(self):
        self.folder.mkdir(parents=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        arguments = ["--http-enabled=true", f"--http-port={self.port}", "--http-host=127.0.0.1", "--hostname-strict=false",
                     f"--http-management-port={free_port()}", "--cache=local"]
        if self.database:
            self.database = new_database(self.database, self.folder.name)
            parts = urllib.parse.urlsplit(self.database)
            arguments += ["--db=postgres", f"--db-url=jdbc:postgresql://{parts.hostname}:{parts.port or 5432}{parts.path}",
                          f"--db-username={parts.username or 'postgres'}", f"--db-password={parts.password or 'none'}"]
        else:
            arguments += ["--db=dev-file"]
        environment = dict(os.environ, KC_BOOTSTRAP_ADMIN_USERNAME="admin", KC_BOOTSTRAP_ADMIN_PASSWORD=self.password,
                           JAVA_OPTS_KC_HEAP=f"-Xmx{os.environ.get('BENCH_MEMORY', '512m')}")
        self.log = open(self.folder / "log", "w")
        # In a group of its own, since the script starts the server as a child
        self.process = subprocess.Popen([f"{self.home}/bin/kc.sh", "start", *arguments], env=environment, stdout=self.log,
                                        stderr=subprocess.STDOUT, start_new_session=True)
        begin = time.monotonic()
        while True:
            try:
                self.master = self.sign_in()
                break
            except (OSError, RuntimeError):
                if self.process.poll() is not None or time.monotonic() - begin > 300:
                    raise
                time.sleep(1)
        self.set_up()
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, 15)
        self.process.wait(60)
        self.log.close()

    def call(self, method, path, body=None, token=None, form=False):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {"Content-Type": "application/x-www-form-urlencoded" if form else "application/json"}
        if token:
            headers["Authorization"] = token
        connection.request(method, path, urllib.parse.urlencode(body) if form else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]}")
        return json.loads(text) if text else None

    def sign_in(self):
        answer = self.call("POST", "/realms/master/protocol/openid-connect/token", {
            "grant_type": "password", "client_id": "admin-cli", "username": "admin", "password": self.password}, form=True)
        return "Bearer " + answer["access_token"]

    def set_up(self):
        self.client = {"client_id": "bench", "client_secret": secrets.token_urlsafe(32)}
        self.call("POST", "/admin/realms", {
            "realm": self.realm, "enabled": True, "accessTokenLifespan": 36000,
            "clients": [{"clientId": "bench", "secret": self.client["client_secret"], "serviceAccountsEnabled": True,
                         "standardFlowEnabled": False, "publicClient": False}],
            "users": [{"username": "service-account-bench", "enabled": True, "serviceAccountClientId": "bench",
                       "clientRoles": {"realm-management": ["manage-users", "view-users", "query-users"]}}],
        }, self.master)

    def token(self):
        answer = self.call("POST", self.token_path, {
            "grant_type": "client_credentials", "client_id": "bench", "client_secret": self.client["client_secret"]}, form=True)
        return "Bearer " + answer["access_token"]

    def fill(self, count):
        self.owned = 0
        seconds = self.send("user", count)
        page = self.call("GET", f"/admin/realms/{self.realm}/users?first=0&max=1000", token=self.sign_in())
        self.ids = [user["id"] for user in page]
        if self.database:
            # Roster sees to that itself; until autovacuum does here, a page sorts the whole realm
            subprocess.run(["psql", self.database, "-qc", "ANALYZE"], check=True)
        return {"rate": count / seconds, "seconds": seconds}

    def more(self, count):
        """More users, each with a name and an address, through the import; users a second."""
        self.owned += 1
        return {"rate": count / self.send(f"more{self.owned}-", count)}

    def send(self, prefix, count):
        begin = time.monotonic()
        for start in range(0, count, BATCH):
            users = [{"username": f"{prefix}{i}", "email": f"{prefix}{i}@example.com", "enabled": True, "firstName": "User",
                      "lastName": str(i)} for i in range(start, min(count, start + BATCH))]
            self.call("POST", f"/admin/realms/{self.realm}/partialImport", {"ifResourceExists": "FAIL", "users": users},
                      self.sign_in())
        return time.monotonic() - begin

    def work(self):
        return None
