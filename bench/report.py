"""Writes what was measured: performance.md and its charts."""

import datetime
import pathlib
from xml.sax.saxutils import escape

WIDTH, BAR, LABEL = 720, 26, 250


def chart(path, title, rows, unit):
    """Horizontal bars: rows of a label, a value and a class."""
    top = max(value for _, value, _ in rows) or 1
    height = 48 + BAR * len(rows)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">',
           "<style>text{font:13px system-ui,sans-serif;fill:#1c2733}.t{font-weight:600;font-size:15px}.a{fill:#2f6f9f}"
           ".b{fill:#b9c4ce}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.b{fill:#5b6773}}</style>",
           f'<text class="t" x="0" y="18">{escape(title)}</text>']
    for number, (label, value, kind) in enumerate(rows):
        y = 34 + number * BAR
        length = max(1, value / top * (WIDTH - LABEL - 110))
        out.append(f'<text x="{LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(label)}</text>'
                   f'<rect class="{kind}" x="{LABEL}" y="{y}" width="{length:.1f}" height="{BAR - 8}" rx="2"/>'
                   f'<text x="{LABEL + length + 8:.1f}" y="{y + 15}">{value:,.0f} {unit}</text>')
    path.write_text("\n".join(out) + "\n</svg>\n")


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join("---" if i == 0 else "---:" for i in range(len(head))) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def side_by_side(folder, peer, kind):
    rows, bars = [], []
    for name, both in peer.items():
        ours, theirs = both["Roster"], both["Keycloak"]
        rows.append([name, f"{number(ours['rate'])}/s", f"{number(theirs['rate'])}/s", f"{ours['rate'] / theirs['rate']:.1f}×" if theirs['rate'] else "–",
                     f"{ours['p99']:.1f} ms" if "p99" in ours else "", f"{theirs['p99']:.1f} ms" if "p99" in theirs else "",
                     f"{ours.get('errors', 0)}, {theirs.get('errors', 0)}"])
        bars += [(f"{name}, Roster", ours["rate"], "a"), (f"{name}, Keycloak", theirs["rate"], "b")]
    file = f"performance-keycloak{'-native' if kind else ''}.svg"
    chart(folder / file, "Requests a second, Roster and Keycloak in turns", bars, "/s")
    return (f"![Roster and Keycloak]({file})\n\n"
            + table(["", "Roster", "Keycloak", "ratio", "p99, Roster", "p99, Keycloak", "errors"], rows))


def of_count(folder, count, results):
    limit = results.get("limit: an answer from memory")
    rows = []
    for name, result in results.items():
        if not isinstance(result, dict):
            continue
        if "p50" in result:
            share = f"{result['rate'] / limit['rate']:.2f}" if limit and limit['rate'] else ""
            work = [f"{value:.1f}" if value is not None else "" for value in (result["work"] or dict.fromkeys(WORK)).values()]
            alone = f"{result['rate'] / result['alone']:.2f}" if result.get("alone") else ""
            rows.append([name, f"{number(result['rate'])}/s", f"{result['p50']:.1f} ms", f"{result['p99']:.1f} ms", share, alone,
                         *work, str(result["errors"])])
        else:
            rows.append([name, f"{number(result['rate'])} rows/s", f"{result['seconds']:.1f} s in all",
                         f"{round(result['grown']):+d} MB", "", "", *([""] * len(WORK)), ""])
    bars = [(name, result["rate"], "a") for name, result in results.items() if isinstance(result, dict) and "p50" in result]
    file = f"performance-{count}{'-native' if results['native'] else ''}.svg"
    chart(folder / file, f"Requests a second with {count:,} users", bars, "/s")
    return (f"![Requests a second]({file})\n\n"
            f"Ready {results['start']:.1f} s after the start, with an empty database to migrate; {results['rest']:.0f} MB resident then, "
            f"{results['memory']:.0f} at the end, of {results['size']:.0f} MB of application. What is read or written as a whole says how "
            f"much more was resident meanwhile. What makes or ends accounts came last, among more and more of them: {results['persons']:,} "
            "persons in the end.\n\n"
            + table(["", "rate", "p50", "p99", "of the limit", "of the statement alone", *WORK, "errors"], rows))


def growth(tables):
    counts = sorted(tables)
    rows = [[name] + [f"{tables[count][name]['p50']:.1f} ms" for count in counts]
            + [f"{tables[counts[-1]][name]['p50'] / tables[counts[0]][name]['p50']:.1f}×"]
            for name, result in tables[counts[0]].items() if isinstance(result, dict) and "p50" in result]
    return "p50 with so many users.\n\n" + table([""] + [f"{c:,}" for c in counts] + ["growth"], rows)


WORK = ("transactions", "statements", "KB of log")

HEAD = """# Performance

Written by `bench/run`, see [bench/README.md](../bench/README.md) for how to repeat it. Each part says when and where it was
measured. The load, the service and its database share the processors, which are what limits.
"""

OTHERS = """Tokens a second for each virtual processor, so that the order of magnitude can be compared and nothing else:

| | of each processor | conditions |
|---|---:|---|
| [Cloudentity](https://docs.authorization.cloudentity.com/performance/) | 1,234 | client credentials, 79,000/s of eight servers with 8 processors; load, Hazelcast and PostgreSQL on others |
| [Keycloak](https://www.keycloak.org/high-availability/single-cluster/concepts-memory-and-cpu-sizing) | 120 | client credentials, what its guide to sizing reckons with, tried up to 2,000/s; each over a connection of its own with TLS |
| [ZITADEL](https://zitadel.com/docs/apis/benchmarks/v2.70.0/machine_jwt_profile_grant) | 43 | grants for a signed JWT, 1,806/s of up to seven containers with 6 processors (2.70.0); PostgreSQL with 8 more |
"""


def kept(path):
    """The parts of a report that there is, by their headings."""
    if not path.exists():
        return {}
    parts = [part.split("\n\n", 1) for part in path.read_text().split("\n## ")[1:]]
    return {heading: text.rstrip("\n") + "\n" for heading, text in parts}


def place(heading):
    """Keycloak, numbers of users, growth, what was written by hand, others."""
    name = heading.removesuffix(NATIVE)
    count = name.removesuffix(" users").replace(",", "")
    order = (1, int(count)) if count.isdigit() else ({"Beside Keycloak": 0, "Growth": 2, "What others publish": 4}.get(name, 3), 0)
    return (*order, heading)


NATIVE = ", native executable"


def write(folder, options, machine, tables, peer):
    """Writes what was measured; parts that were not measured stay as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "performance.md"
    where = (f"{datetime.date.today()}; {machine['processor']}, {int(machine['memory']) // 1024:,} MB, {machine['system']}, "
             f"{machine['java']}; load before it began {machine['load']:.1f}. {options.connections} connections, "
             f"{options.seconds} s a measurement, medians of {options.turns} turns, application "
             f"`{pathlib.Path(options.app).name}`, {machine['database']}.\n\n")
    kind = "" if options.app.endswith(".jar") else NATIVE
    parts = kept(path) | {"What others publish": OTHERS}
    if peer:
        parts["Beside Keycloak" + kind] = where.replace(".\n\n", f", beside Keycloak {machine['keycloak']}.\n\n") + side_by_side(folder, peer, kind)
    for count, results in tables.items():
        parts[f"{count:,} users" + kind] = where + of_count(folder, count, results)
    if len(tables) > 1:
        parts["Growth" + kind] = where + growth(tables)
    path.write_text(HEAD + "".join(f"\n## {heading}\n\n{parts[heading]}" for heading in sorted(parts, key=place)))
