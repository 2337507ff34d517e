"""The faults: each breaks something, holds it, and heals it, while the load goes on."""

import signal
import socket
import threading
import time

from replica import FAKETIME
from standby_faults import StandbyFaults


class Skipped(Exception):
    """This machine does not permit the fault."""


class Faults(StandbyFaults):
    """`hold` is how many seconds something stays broken."""

    def __init__(self, cluster, history, chance, hold):
        self.cluster, self.history, self.chance, self.hold = cluster, history, chance, hold

    def wait(self, share=1.0):
        time.sleep(self.hold * share)

    def some(self):
        return self.chance.choice(self.cluster.replicas)

    def note(self, **figures):
        self.history.phase.notes.update(figures)

    def calm(self):
        self.wait()

    def kill_replica(self):
        replica = self.some()
        replica.kill()
        self.wait(0.3)
        replica.start()

    def kill_all_replicas(self):
        with self.history.silence():
            for replica in self.cluster.replicas:
                replica.kill()
            for replica in self.cluster.replicas:
                replica.start(wait=False)
            for replica in self.cluster.replicas:
                replica.wait()

    def stop_replica(self):
        """SIGSTOP: when it goes on, what it remembers of revocations is as old as the stop was long."""
        replica = self.some()
        with self.history.silence():
            replica.signal(signal.SIGSTOP)
            self.wait()
            replica.signal(signal.SIGCONT)
            time.sleep(0.5)

    def rolling_restart(self):
        took = []
        for replica in self.cluster.replicas:
            took.append(replica.stop())
            replica.start()
        self.note(longest_end_s=round(max(took), 1))

    def upgrade(self):
        """Replica after replica, the first of them brings the tables up to date; one goes back and forth."""
        if not self.cluster.options.previous:
            raise Skipped("no former release was given (--previous)")
        first = self.cluster.replicas[0]
        for app, replicas in ((self.cluster.options.app, self.cluster.replicas), (self.cluster.options.previous, [first]),
                              (self.cluster.options.app, [first])):
            for replica in replicas:
                replica.stop()
                replica.app = app
                replica.start()
                self.wait(0.3)

    def kill_database(self):
        self.cluster.primary.kill(everyone=self.chance.random() < 0.5)
        self.wait(0.2)
        self.cluster.primary.start()

    def stop_database(self):
        """SIGSTOP of all of it: connections stay, and nothing answers."""
        self.cluster.primary.pause()
        self.wait()
        self.cluster.primary.resume()

    def stop_standby(self):
        """Commits wait for it, as the primary was told to."""
        self.cluster.standby.pause()
        self.wait(0.7)
        self.cluster.standby.resume()

    def slow_database_network(self):
        def slow(link):
            link.delay, link.rate = 0.02, 400_000

        self.broken(self.cluster.links(), slow)

    def cut_database_network(self):
        """Of one replica alone: it must not let in what the others revoke."""
        self.broken(self.some().network(), lambda link: link.cut())

    def half_open_database_network(self):
        self.broken(self.some().network(), lambda link: link.vanish())

    def broken(self, links, how):
        for link in links:
            how(link)
        self.wait()
        for link in links:
            link.heal()

    def client_network(self):
        """Delays, cuts, a stall, and connections that are left half open."""
        link = self.cluster.balancer.link
        link.delay, link.rate = 0.05, 60_000
        self.wait(0.3)
        link.heal()
        for _ in range(5):
            link.cut()
            self.wait(0.04)
            link.heal()
            self.wait(0.04)
        with self.history.silence():
            link.hold()
            self.wait(0.2)
            link.heal()
            link.vanish()
            self.wait(0.2)
            link.heal()
            time.sleep(0.5)

    def clock_steps(self):
        """One replica within what is tolerated, and then by ten minutes, when its tokens may be refused."""
        if not FAKETIME:
            raise Skipped("libfaketime is not installed (Debian: apt-get install faketime)")
        replica = self.some()
        for seconds in (20, -20):
            replica.step(seconds)
            self.wait(0.3)
        with self.history.bad_tokens():
            for seconds in (600, -600):
                replica.step(seconds)
                self.wait(0.3)
            replica.step(0)
            time.sleep(2)

    def full_disk(self):
        if not self.cluster.disk:
            raise Skipped("a file system cannot be mounted here")
        if self.cluster.primary.name != "one":
            raise Skipped("the primary is not on the small file system any more")
        filler = self.cluster.disk / "filler"
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 65536)
            except OSError:
                pass
        self.wait()
        filler.unlink()
        # It may have ended itself over it
        self.cluster.primary.start()

    def failover(self):
        """The primary is killed, the standby takes over, and what was the primary follows it."""
        old, new = self.cluster.primary, self.cluster.standby
        old.kill(everyone=True)
        self.wait(0.2)
        new.promote()
        promoted = time.monotonic()
        self.cluster.primary, self.cluster.standby = new, old
        self.history.phase.healed = promoted
        self.wait(0.5)
        old.follow(new)

    def signing_keys(self):
        """A new key is published, becomes the first one, and the former one is withdrawn: its tokens end."""
        fresh = self.cluster.new_key()
        self.cluster.change_keys(lambda keys: [*keys, fresh])
        self.wait(0.5)
        self.cluster.change_keys(lambda keys: [fresh, *(key for key in keys if key["kid"] != fresh["kid"])])
        self.wait(0.5)
        with self.history.bad_tokens():
            self.cluster.change_keys(lambda keys: keys[:1])
            time.sleep(12)

    def pool_exhaustion(self):
        """A table is locked while hundreds of clients ask and hang up."""
        with self.cluster.session() as session:
            session.query("BEGIN")
            session.query("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
            callers = [threading.Thread(target=self.hang_up, args=(30,)) for _ in range(20)]
            for caller in callers:
                caller.start()
            self.wait(0.6)
            for caller in callers:
                caller.join()
            session.query("ROLLBACK")

    def hang_up(self, times):
        for _ in range(times):
            try:
                with socket.create_connection(("127.0.0.1", self.cluster.balancer.link.port), 2) as connection:
                    connection.sendall(b"POST /oauth2/token HTTP/1.1\r\nHost: x\r\nAuthorization: Basic bm9ib2R5Om5vYm9keQ==\r\n"
                                       b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 29\r\n\r\n"
                                       b"grant_type=client_credentials")
                    time.sleep(0.05)
            except OSError:
                pass


# As they come in a short run; what needs the first release or the first disk is first
ORDER = ("upgrade", "calm", "kill_replica", "stop_replica", "kill_database", "stop_database", "full_disk", "failover",
         "cut_database_network", "half_open_database_network", "slow_database_network", "client_network", "stop_standby",
         "standby_behind", "kill_standby", "half_open_standby_network", "clock_steps", "pool_exhaustion", "signing_keys",
         "rolling_restart", "kill_all_replicas")
