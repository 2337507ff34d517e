"""The former release: as it is packaged, or built from its tag."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
JAR = "target/quarkus-app/quarkus-run.jar"


def git(*arguments):
    # The folder may belong to somebody else than who runs this
    command = ["git", "-C", str(ROOT), "-c", "safe.directory=*", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def former(wanted, folder):
    """What --previous names: a path, a tag or commit, or `last` for the newest tag; None where there is none yet."""
    if not wanted or pathlib.Path(wanted).exists():
        return wanted
    if wanted == "last":
        newest = git("describe", "--tags", "--abbrev=0")
        if newest.returncode:
            return None
        wanted = newest.stdout.strip()
    place = folder / "former"
    made = git("worktree", "add", "--detach", str(place), wanted)
    if made.returncode:
        raise SystemExit(f"--previous {wanted} is neither a file nor a tag or commit:\n{made.stderr}")
    print(f"{wanted} is built", flush=True)
    subprocess.run(["./mvnw", "-B", "-ntp", "-q", "-DskipTests", "package"], cwd=place, check=True)
    return str(place / JAR)


def forget(folder):
    if (folder / "former").exists():
        git("worktree", "remove", "--force", str(folder / "former"))
