"""The figures of a run, for machines (JSON) and for people (a Markdown table)."""

import json
import os
import pathlib
import platform
import subprocess

MEANINGS = {
    "upgrade": "rolling upgrade from the former release, one replica back and forth",
    "calm": "nothing",
    "kill_replica": "SIGKILL of a replica",
    "kill_all_replicas": "SIGKILL of all replicas at once",
    "stop_replica": "SIGSTOP of a replica",
    "rolling_restart": "SIGTERM of one replica after the other",
    "kill_database": "SIGKILL of the postmaster",
    "stop_database": "SIGSTOP of PostgreSQL",
    "stop_standby": "SIGSTOP of the synchronous standby",
    "standby_behind": "the standby that answers lists stops its replay",
    "kill_standby": "SIGKILL of the standby that answers lists",
    "half_open_standby_network": "connections of all replicas to the standby that answers lists are half open",
    "slow_database_network": "20 ms and 400 KB/s between service and database",
    "cut_database_network": "one replica is cut off from the database",
    "half_open_database_network": "connections of one replica to the database are half open",
    "client_network": "clients: delays, five cuts, a stall, half-open connections",
    "clock_steps": "clock of one replica by ±20 s and ±10 min",
    "full_disk": "the disk of the primary is full",
    "failover": "primary killed, standby promoted",
    "signing_keys": "signing key added, moved to the front, former one withdrawn",
    "pool_exhaustion": "users locked, 600 clients that hang up",
}
COLUMNS = ("Fault", "Requests", "Writes acknowledged", "503", "No answer", "p50, p99 ms", "Longest without a write", "First write after healing")


def machine():
    with open("/proc/cpuinfo") as file:
        cpu = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "?")
    with open("/proc/meminfo") as file:
        memory = int(file.readline().split()[1]) // 2**20
    java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()
    java = next((line for line in java if "version" in line), "?")
    return {"processor": f"{os.cpu_count()} × {cpu}", "memory_gib": memory, "system": platform.platform(), "java": java}


def row(phase):
    statuses = phase["statuses"]

    def seconds(name):
        return "–" if phase.get(name) is None else f"{phase[name]:.1f} s"

    cells = (MEANINGS[phase["phase"]], f"{phase['requests']:,}", f"{phase['acknowledged_writes']:,}",
             f"{statuses.get('503', 0):,}", f"{statuses.get('0', 0):,}", f"{phase['p50_ms']}, {phase['p99_ms']}",
             seconds("longest_without_a_write_s"), seconds("first_write_after_healing_s"))
    return "| " + " | ".join(cells) + " |"


def markdown(result):
    lines = ["| " + " | ".join(COLUMNS) + " |", "|---" * len(COLUMNS) + "|"]
    lines += [row(phase) for phase in result["phases"]]
    lines += ["", *(f"Skipped: {MEANINGS[name]}: {why}." for name, why in result["skipped"].items())]
    checked = result["checked"]
    lines += ["", f"{checked['operations']:,} operations on {checked['registers']:,} registers, of {checked['unknown_writes']:,} "
              f"writes the outcome was unknown; {checked['lists']:,} values in lists; {checked['revocations']:,} revocations, the latest acceptance "
              f"{checked['longest_accepted_after_acknowledgement_s']} s after the acknowledgement; "
              f"{checked['invites_acknowledged']:,} invites, {checked['mails']:,} mails, {checked['mails_sent_again']} of them again; "
              f"{len(result['violations'])} violations."]
    return "\n".join(lines) + "\n"


def write(result, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "chaos.json").write_text(json.dumps(result, indent=1, default=str) + "\n")
    (folder / "chaos.md").write_text(markdown(result))
