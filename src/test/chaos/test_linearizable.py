"""The model has to refuse what cannot have happened: python3 -m unittest discover -s src/test/chaos"""

import random
import unittest

from history import History
from linearizable import NEVER, Operation, is_fresh, is_linearizable


def write(value, start, end=NEVER):
    return Operation("write", value, start, end)


def read(value, start, end):
    return Operation("read", value, start, end)


class MustFail(unittest.TestCase):
    def refused(self, *operations):
        self.assertFalse(is_linearizable(list(operations)))

    def test_a_lost_write(self):
        self.refused(write("a", 0, 1), read(None, 2, 3))

    def test_a_stale_read(self):
        self.refused(write("a", 0, 1), write("b", 2, 3), read("a", 4, 5))

    def test_a_value_from_nowhere(self):
        self.refused(write("a", 0, 1), read("c", 2, 3))

    def test_a_write_seen_before_it_began(self):
        self.refused(read("a", 0, 1), write("a", 2, 3))

    def test_an_unknown_write_that_is_seen_and_then_undone(self):
        self.refused(write("a", 0, 1), write("b", 2), read("b", 3, 4), read("a", 5, 6))

    def test_an_unknown_write_that_is_seen_before_it_began(self):
        self.refused(write("a", 0, 1), read("b", 2, 3), write("b", 4))

    def test_two_readers_that_see_two_orders(self):
        self.refused(
            write("a", 0, 9), write("b", 0, 9), read("a", 1, 2), read("b", 3, 4), read("a", 5, 6)
        )

    def test_one_of_two_acknowledged_writes_that_is_gone_at_the_end(self):
        self.refused(write("a", 0, 1), write("b", 2, 3), write("c", 2.5, 3.5), read("b", 4, 5), read("c", 6, 7), read("b", 8, 9))


class MustPass(unittest.TestCase):
    def accepted(self, *operations):
        self.assertTrue(is_linearizable(list(operations)))

    def test_an_unknown_write_that_never_happened(self):
        self.accepted(write("a", 0, 1), write("b", 2), read("a", 3, 4))

    def test_an_unknown_write_that_happens_late(self):
        self.accepted(write("a", 0, 1), write("b", 2), read("a", 3, 4), read("b", 5, 6), read("b", 7, 8))

    def test_writes_that_overlap(self):
        self.accepted(write("a", 0, 5), write("b", 1, 4), read("b", 6, 7))
        self.accepted(write("a", 0, 5), write("b", 1, 4), read("a", 6, 7))

    def test_a_read_that_overlaps_its_write(self):
        self.accepted(write("a", 0, 5), read(None, 1, 2), read("a", 3, 4))


class Generated(unittest.TestCase):
    """Histories of a register that was really there pass; with one read changed to an older value they fail."""

    def history(self, chance, count=200, clients=4):
        value, operations, at, free = None, [], 0.0, [0.0] * clients
        for number in range(count):
            at += chance.random()
            client = min(range(clients), key=lambda index: free[index])
            moment = max(at, free[client])
            start, end = moment - chance.random() * (moment - free[client]), moment + chance.random()
            free[client], at = end, moment
            if chance.random() < 0.4:
                value = number
                operations.append(write(number, start, NEVER if chance.random() < 0.1 else end))
            else:
                operations.append(read(value, start, end))
        return operations

    def test_many(self):
        for seed in range(40):
            operations = self.history(random.Random(seed))
            self.assertTrue(is_linearizable(operations), seed)
            last = max(o.end for o in operations if o.end < NEVER)
            written = [o.value for o in operations if o.kind == "write" and o.end < NEVER]
            self.assertFalse(is_linearizable([*operations, read(written[0], last + 1, last + 2)]), seed)


class Lists(unittest.TestCase):
    WRITES = [write("a", 0, 1), write("b", 2, 3), write("c", 4), write("d", 6, 9)]

    def fresh(self, value, start, end):
        return is_fresh(Operation("list", value, start, end), self.WRITES)

    def test_what_was_acknowledged_before_must_be_in_it(self):
        self.assertFalse(self.fresh(None, 2, 3))
        self.assertFalse(self.fresh("a", 3.5, 4))
        self.assertTrue(self.fresh("b", 3.5, 3.8))

    def test_what_is_under_way_may_be(self):
        self.assertTrue(self.fresh("a", 2.5, 2.8))
        self.assertTrue(self.fresh("b", 2.5, 2.8))
        self.assertTrue(self.fresh("c", 20, 21))
        self.assertTrue(self.fresh("d", 7, 8))

    def test_what_nobody_wrote_yet_must_not(self):
        self.assertFalse(self.fresh("c", 3.5, 3.8))
        self.assertFalse(self.fresh("nobody's", 7, 8))

    def test_nothing_is_fresh_before_anything_was_written(self):
        self.assertTrue(is_fresh(Operation("list", None, 0, 1), []))
        self.assertFalse(is_fresh(Operation("list", "a", 0, 1), []))


class Histories(unittest.TestCase):
    def kinds(self, history):
        history.check()
        return {violation["kind"] for violation in history.violations}

    def test_one_in_which_nothing_happened_proves_nothing(self):
        history = History()
        history.begin("calm")
        self.assertEqual({"nothing to check"}, self.kinds(history))
        self.assertEqual(2, len(history.violations))

    def test_a_list_that_misses_a_write_is_a_fault(self):
        history = History()
        history.begin("calm")
        history.wrote("r", "a", 0, 1, True)
        history.read("r", "a", 2, 3)
        history.listed("r", None, 2, 3)
        self.assertEqual({"list misses what was acknowledged"}, self.kinds(history))


if __name__ == "__main__":
    unittest.main()
