"""Whether what was seen of one register can have happened in one order (Wing and Gong, with the memory of Lowe).

A register has one value. An operation writes or reads it somewhere between its start and its end; a write whose outcome is
unknown has no end, and may have happened at any time after its start, or never.
"""

from dataclasses import dataclass

NEVER = float("inf")


@dataclass(frozen=True)
class Operation:
    kind: str  # "write" or "read"
    value: object
    start: float
    end: float = NEVER


def is_fresh(listed, writes):
    """Whether what a list shows is not older than what was acknowledged before the list was asked for.

    This is what lists promise, wherever they are read. Two lists, or a list and a read of one user, may see a write that is
    under way in either order.
    """
    overwritten = max((write.start for write in writes if write.end < listed.start), default=-NEVER)
    first = Operation("write", None, -NEVER, -NEVER)
    return any(write.value == listed.value and write.start <= listed.end and write.end >= overwritten
               for write in [first, *writes])


def relevant(operations):
    """Without reads that nobody got an answer to, and unknown writes of what nobody saw: they can be put last."""
    seen = {operation.value for operation in operations if operation.kind == "read" and operation.end < NEVER}
    return sorted(
        (o for o in operations if o.end < NEVER or (o.kind == "write" and o.value in seen)),
        key=lambda operation: operation.start,
    )


def candidates(operations, done, first):
    """Those that may come next: they began before any other that has not happened yet ended."""
    earliest, found = NEVER, []
    for index in range(first, len(operations)):
        if done >> index & 1:
            continue
        operation = operations[index]
        if operation.start > earliest:
            break
        earliest = min(earliest, operation.end)
        found.append(index)
    return [index for index in found if operations[index].start <= earliest]


def is_linearizable(operations, initial=None):
    operations = relevant(operations)
    must = sum(1 << index for index, operation in enumerate(operations) if operation.end < NEVER)
    known, stack = set(), [(0, 0, initial)]
    while stack:
        done, first, value = stack.pop()
        while True:
            while done >> first & 1:
                first += 1
            if done & must == must:
                return True
            possible = candidates(operations, done, first)
            # A read that fits changes nothing, so that it can happen at once
            fitting = [i for i in possible if operations[i].kind == "read" and operations[i].value == value]
            if not fitting:
                break
            for index in fitting:
                done |= 1 << index
        if (done, value) in known:
            continue
        known.add((done, value))
        for index in possible:
            if operations[index].kind == "write":
                stack.append((done | 1 << index, first, operations[index].value))
    return False
