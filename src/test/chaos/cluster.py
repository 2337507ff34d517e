"""What the suite breaks: replicas behind a balancer, a primary and a standby, and every connection between them."""

import getpass
import json
import os
import pathlib
import secrets
import shutil
import subprocess
import threading

from mail import MailServer
from network import Network
from postgres import Server, Session, binaries
from replica import Balancer, Replica, free_port

POOL = 8
DISK = "300m"


class Cluster:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.network, self.mail = Network(), MailServer()
        user = options.postgres_user if getpass.getuser() == "root" else None
        programs = binaries(options.postgres, options.app, folder)
        self.disk = self.mount(folder / "disk")
        self.primary = Server("one", programs, self.disk or folder, free_port(), user)
        self.standby = Server("two", programs, folder, free_port(), user)
        self.keys = folder / "keys.json"
        self.secret = secrets.token_urlsafe(24)
        self.admin = {"client_id": "admin", "client_secret": self.secret}
        self.replicas = []

    def mount(self, folder):
        """A small file system for the first server, where that is permitted."""
        folder.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=755", "tmpfs", folder], capture_output=True)
        return folder if done.returncode == 0 else None

    def start(self, standby=True):
        self.keys.write_text(json.dumps({"keys": [self.new_key()]}))
        self.primary.make()
        self.primary.start()
        self.primary.query("CREATE DATABASE roster")
        if standby:
            self.standby.follow(self.primary)
        first = self.options.previous or self.options.app
        self.replicas = [self.replica(number, first) for number in range(self.options.replicas)]
        for replica in self.replicas:
            replica.start(wait=False)
        for replica in self.replicas:
            replica.wait()
        self.balancer = Balancer(self.network, self.replicas)
        for replica in self.replicas:
            replica.ready = True

    def replica(self, number, app):
        servers = (self.primary, self.standby)
        links = [self.network.link(lambda server=server: server.port) for server in servers]
        reading = self.network.link(lambda: self.standby.port)
        return Replica(f"replica-{number + 1}", app, self.folder, links, reading, self.settings(), self.options.memory,
                       "clock_steps" in (self.options.only or "clock_steps"), self.options.previous)

    def settings(self):
        return {
            "QUARKUS_HTTP_HOST": "127.0.0.1", "QUARKUS_MANAGEMENT_HOST": "127.0.0.1",
            "ROSTER_DB_USERNAME": "postgres", "ROSTER_DB_PASSWORD": "trusted", "ROSTER_DB_POOL_SIZE": str(POOL),
            "ROSTER_ISSUER": "http://roster.example", "ROSTER_SIGNING_KEYS": str(self.keys),
            "ROSTER_ADMIN_CLIENT_SECRET": self.secret, "ROSTER_SECRETS_PER_ACCOUNT": "5",
            "ROSTER_HTTP_CONNECTIONS_PER_ADDRESS": "10000", "ROSTER_INVITE_LIMIT_INVITER": "3600000",
            "ROSTER_MAIL_HOST": "127.0.0.1", "ROSTER_MAIL_PORT": str(self.mail.port), "ROSTER_MAIL_FROM": "roster@example.org",
            "ROSTER_MAIL_START_TLS": "DISABLED", "ROSTER_OUTBOX_LEASE": "35S", "ROSTER_OUTBOX_FIRST_WAIT": "1S",
            "ROSTER_OUTBOX_LONGEST_WAIT": "10S", "ROSTER_SHUTDOWN_DELAY": "2S", "ROSTER_LOG_JSON": "true",
        }

    def links(self):
        return [link for replica in self.replicas for link in replica.network()]

    def new_key(self):
        script = pathlib.Path(__file__).parents[3] / "deploy" / "new-signing-key"
        return json.loads(subprocess.run([script], capture_output=True, check=True, text=True).stdout)["keys"][0]

    def change_keys(self, change):
        """The file is replaced at once, as a mounted secret is."""
        keys = change(json.loads(self.keys.read_text())["keys"])
        other = self.keys.with_suffix(".new")
        other.write_text(json.dumps({"keys": keys}))
        os.replace(other, self.keys)

    def session(self):
        return Session(self.primary.port, "roster", timeout=60)

    def query(self, sql):
        return self.primary.query(sql, "roster", timeout=30)

    def stop(self):
        ends = [threading.Thread(target=replica.stop) for replica in self.replicas if replica.process]
        for end in ends:
            end.start()
        for end in ends:
            end.join()
        for server in (self.standby, self.primary):
            server.stop()
        if self.disk:
            subprocess.run(["umount", self.disk], check=False)
            shutil.rmtree(self.disk, ignore_errors=True)
