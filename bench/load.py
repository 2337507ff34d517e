"""Drives one operation with wrk, and reads what it says."""

import json
import os
import re
import subprocess
import tempfile

SCRIPT = """
local count = 0
local base = %(base)d
math.randomseed(base)
local tokens = {%(tokens)s}
%(before)s
request = function()
  count = count + 1
  local headers = {Authorization = tokens[math.random(#tokens)]}
  %(request)s
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %%d %%d %%f %%f %%d\\n", summary.requests, summary.duration, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"""

# Thousands of connections take a while to be opened: an operation with a number of its own runs for as long, in seconds
LONGEST = 10

_runs = 0


def drive(service, operation, connections, seconds, counted=True):
    """Requests a second, milliseconds, how many failed, and what the database did for each, if that is to be counted."""
    global _runs
    _runs += 1
    script = SCRIPT % {
        # Names that are made differ from run to run
        "base": os.getpid() % 10000 * 1000 + _runs,
        "before": operation.before() if operation.before else "",
        "tokens": ", ".join(json.dumps(value) for value in operation.authorizations()),
        "request": operation.request,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        before = service.work() if counted else None
        seconds = max(seconds, LONGEST) if operation.connections else seconds
        out = subprocess.run(
            ["wrk", "-t1", f"-c{operation.connections or connections}", f"-d{seconds}s", "--timeout", "10s",
             "-s", file.name, service.url], capture_output=True, text=True)
        after = None if before is None else service.work()
    found = re.search(r"RESULT (\d+) (\d+) ([\d.]+) ([\d.]+) (\d+)", out.stdout)
    if not found:
        raise RuntimeError(f"{operation.name}: {out.stdout}{out.stderr}")
    requests = int(found.group(1))
    return {
        "rate": requests * 1e6 / int(found.group(2)),
        "p50": float(found.group(3)),
        "p99": float(found.group(4)),
        "errors": int(found.group(5)),
        "work": None if before is None else {kind: None if after[kind] is None else (after[kind] - before[kind]) / max(1, requests)
                                             for kind in after},
    }
