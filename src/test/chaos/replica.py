"""Replicas of the packaged application, each with a clock and links to its databases of its own."""

import http.client
import os
import pathlib
import signal
import socket
import subprocess
import threading
import time

# A busy machine of two cores takes minutes where an idle one takes seconds
READY_PATIENCE = 400


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def library(name):
    for folder in ("/usr/lib", "/usr/lib64", "/usr/local/lib"):
        for found in pathlib.Path(folder).rglob(name):
            return str(found)
    return None


FAKETIME = library("libfaketime.so.1")


class Replica:
    def __init__(self, name, app, folder, links, reading, settings, memory, own_clock, former):
        self.name, self.app, self.folder, self.links, self.memory = name, app, folder, links, memory
        self.reading = reading
        self.port, self.management = free_port(), free_port()
        self.settings, self.former = settings, former
        self.clock = folder / f"{name}.clock" if own_clock and FAKETIME else None
        self.log = folder / f"{name}.log"
        self.process, self.ready = None, False

    def network(self):
        """All that lies between it and the servers of its database."""
        return [*self.links, self.reading]

    def environment(self):
        # Releases before the first one know one server only
        links = self.links[:1] if self.app == self.former else self.links
        hosts = ",".join(f"127.0.0.1:{link.port}" for link in links)
        found = dict(os.environ, **self.settings, ROSTER_DB_URL=f"postgresql://{hosts}/roster",
                     ROSTER_DB_READ_URL=f"postgresql://127.0.0.1:{self.reading.port}/roster",
                     QUARKUS_HTTP_PORT=str(self.port), QUARKUS_MANAGEMENT_PORT=str(self.management))
        if self.clock:
            self.clock.write_text("+0")
            # Durations are measured by the monotonic clock, which nobody can set
            found.update(LD_PRELOAD=FAKETIME, FAKETIME_TIMESTAMP_FILE=str(self.clock), FAKETIME_CACHE_DURATION="1",
                         DONT_FAKE_MONOTONIC="1",
                         # Or timed waits of a JVM return at once, and its threads spin
                         FAKETIME_FORCE_MONOTONIC_FIX="0")
        return found

    def step(self, seconds):
        """Sets its clock so far from that of the machine."""
        self.clock.write_text(f"{seconds:+d}")

    def start(self, wait=True):
        heap = f"-Xmx{self.memory}"
        command = ["java", heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", self.app]
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(command if self.app.endswith(".jar") else [self.app, heap],
                                            env=self.environment(), stdout=log, stderr=log)
        if wait:
            self.wait()

    def wait(self):
        end = time.monotonic() + READY_PATIENCE
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{self.name} does not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    def get(self, path, timeout=1.5):
        connection = http.client.HTTPConnection("127.0.0.1", self.management, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def is_ready(self):
        return self.get("/q/health/ready")[0] == 200

    def metric(self, name):
        lines = self.get("/q/metrics", 5)[1].splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))

    def signal(self, number):
        if self.process.poll() is None:
            self.process.send_signal(number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """As a rollout does it; how long the end took."""
        begin = time.monotonic()
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.kill()
        return time.monotonic() - begin

    def errors(self):
        """Lines of the log that tell of a fault."""
        if not self.log.exists():
            return []
        with open(self.log, errors="replace") as log:
            return [line for line in log if '"level":"ERROR"' in line]


class Balancer:
    """Round robin over the replicas that say they are ready; over all of them where none does."""

    def __init__(self, network, replicas):
        self.replicas, self.turn, self.over = replicas, 0, threading.Event()
        self.link = network.link(self.choose)
        for replica in replicas:
            threading.Thread(target=self.probe, args=(replica,), daemon=True).start()

    def probe(self, replica):
        while not self.over.wait(0.5):
            replica.ready = replica.process is not None and replica.process.poll() is None and replica.is_ready()

    def choose(self):
        possible = [r for r in self.replicas if r.ready] or self.replicas
        self.turn += 1
        return possible[self.turn % len(possible)].port
