"""What the clients of a run saw: every operation on a register, every answer, and what must not have been."""

import collections
import contextlib
import threading
import time

from linearizable import NEVER, Operation, is_fresh, is_linearizable

# Documented: no request takes longer, but for streams; connections that were cut end at once
PATIENCE = 20


class Phase:
    def __init__(self, name):
        self.name, self.begin, self.end = name, time.monotonic(), None
        self.statuses = collections.Counter()
        self.seconds, self.acknowledged, self.notes = [], [], {}
        self.healed, self.skipped = None, False

    def figures(self):
        times = sorted(self.seconds)
        marks = [self.begin, *sorted(self.acknowledged), self.end]
        after = [at for at in marks[1:-1] if self.healed and at >= self.healed]
        return {
            "phase": self.name,
            "seconds": round(self.end - self.begin, 1),
            "requests": sum(self.statuses.values()),
            "acknowledged_writes": len(self.acknowledged),
            "statuses": {str(status): count for status, count in sorted(self.statuses.items())},
            "p50_ms": round(1000 * times[len(times) // 2], 1) if times else None,
            "p99_ms": round(1000 * times[int(len(times) * 0.99)], 1) if times else None,
            "longest_without_a_write_s": round(max(b - a for a, b in zip(marks, marks[1:])), 2),
            "first_write_after_healing_s": round(after[0] - self.healed, 2) if after else None,
            **self.notes,
        }


class History:
    def __init__(self):
        self.lock = threading.RLock()
        self.phases, self.violations = [], []
        self.registers, self.lists = collections.defaultdict(list), collections.defaultdict(list)
        self.silences = []
        self.invited, self.revoked, self.limited, self.turned_out = {}, [], set(), 0
        self.tokens_may_fail, self.tokens_hold_since = False, 0.0
        threading.Thread(target=self.watch_machine, daemon=True).start()

    @property
    def phase(self):
        return self.phases[-1]

    def begin(self, name):
        with self.lock:
            if self.phases:
                self.phase.end = time.monotonic()
            self.phases.append(Phase(name))
        return self.phase

    def violation(self, kind, what):
        with self.lock:
            if len(self.violations) < 500:
                self.violations.append({"kind": kind, "phase": self.phase.name, "what": str(what)[:400]})
                print(f"    {kind}: {str(what)[:200]}", flush=True)

    def answered(self, status, start, end, what):
        with self.lock:
            self.phase.statuses[status] += 1
            self.phase.seconds.append(end - start)
        if status == 500:
            self.violation("answer 500", what)
        if status == 0 and end - start >= PATIENCE and not self.was_silent(start, end):
            self.violation("request without an end", what)

    @contextlib.contextmanager
    def silence(self):
        """Meanwhile nobody can answer clients, whatever the service does."""
        window = [time.monotonic(), NEVER]
        with self.lock:
            self.silences.append(window)
        try:
            yield
        finally:
            window[1] = time.monotonic()

    def watch_machine(self, every=0.2):
        """How late a thread of the suite wakes: a machine without time for it has none for the service either."""
        while True:
            begin = time.monotonic()
            time.sleep(every)
            late = time.monotonic() - begin - every
            if self.phases:
                notes = self.phase.notes
                notes["machine_late_s"] = max(notes.get("machine_late_s", 0), round(late, 2))

    @contextlib.contextmanager
    def bad_tokens(self):
        """Meanwhile, and of what was granted until then, tokens may be refused that nobody revoked."""
        self.tokens_may_fail = True
        try:
            yield
        finally:
            self.tokens_hold_since, self.tokens_may_fail = time.monotonic(), False

    def refused(self, granted_at, what):
        if not self.tokens_may_fail and granted_at >= self.tokens_hold_since:
            self.violation("good token refused", what)

    def was_silent(self, start, end):
        return any(start < until and end > since for since, until in self.silences)

    def wrote(self, register, value, start, end, known, counted=True):
        with self.lock:
            self.registers[register].append(Operation("write", value, start, end if known else NEVER))
            if known and counted:
                self.phase.acknowledged.append(end)

    def acknowledged(self, at):
        with self.lock:
            self.phase.acknowledged.append(at)

    def read(self, register, value, start, end):
        with self.lock:
            self.registers[register].append(Operation("read", value, start, end))

    def listed(self, register, value, start, end):
        with self.lock:
            self.lists[register].append(Operation("list", value, start, end))

    def check(self):
        """Every register for itself: a lost write, a stale read and a value from nowhere all fail here."""
        for what, found in (("writes and reads", self.registers), ("lists", self.lists)):
            if not found:
                self.violation("nothing to check", what)
        for register, lists in sorted(self.lists.items(), key=str):
            writes = [operation for operation in self.registers[register] if operation.kind == "write"]
            for listed in lists:
                if not is_fresh(listed, writes):
                    self.violation("list misses what was acknowledged", f"{register}: {listed}, {writes[-8:]}")
        for register, operations in sorted(self.registers.items(), key=str):
            if not is_linearizable(operations):
                shown = [(o.kind[0], o.value, round(o.start, 3), round(o.end, 3)) for o in
                         sorted(operations, key=lambda o: o.start)[-12:]]
                self.violation("not linearizable", f"{register}: {shown}")
        return {
            "registers": len(self.registers),
            "lists": sum(len(lists) for lists in self.lists.values()),
            "operations": sum(len(operations) for operations in self.registers.values()),
            "unknown_writes": sum(o.end == NEVER for found in self.registers.values() for o in found),
        }
