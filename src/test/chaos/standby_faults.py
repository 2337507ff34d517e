"""Faults of the standby that lists are read from."""

import contextlib
import time


class StandbyFaults:
    """Lists must have everything all the time, and come from the standby again afterwards."""

    def standby_behind(self):
        """It has what is committed, and does not show it."""
        with self.lists_of_the_standby():
            self.cluster.standby.query("SELECT pg_wal_replay_pause()")
            self.wait(0.5)
            self.cluster.standby.query("SELECT pg_wal_replay_resume()")

    def kill_standby(self):
        with self.lists_of_the_standby():
            self.cluster.standby.kill(everyone=True)
            self.wait(0.5)
            self.cluster.standby.start()

    def half_open_standby_network(self):
        """Lists are asked for there, and nothing comes back; the standby itself goes on."""
        with self.lists_of_the_standby():
            self.broken([replica.reading for replica in self.cluster.replicas], lambda link: link.vanish())

    @contextlib.contextmanager
    def lists_of_the_standby(self, patience=30):
        """Lists are read from it before and afterwards; commits do not wait for it meanwhile."""
        earlier = self.listed()
        time.sleep(1)
        before = [now - then for now, then in zip(self.listed(), earlier)]
        self.cluster.primary.wait_for_standby(False)
        try:
            yield
        finally:
            self.history.phase.healed = time.monotonic()
            self.cluster.primary.wait_for_standby(True)
        broken = self.listed()
        end = time.monotonic() + patience
        while any(now <= then for now, then in zip(self.listed(), broken)) and time.monotonic() < end:
            time.sleep(0.2)
        again = round(time.monotonic() - self.history.phase.healed, 1)
        self.note(lists_from_standby_before=sum(before), lists_again_after_s=again)
        if not all(before):
            self.history.violation("lists do not come from the standby", before)
        if time.monotonic() >= end:
            self.history.violation("lists do not come from the standby again", f"{broken}, {self.listed()}")

    def listed(self):
        return [replica.metric('roster_db_lists_total{from="standby"') for replica in self.cluster.replicas]
