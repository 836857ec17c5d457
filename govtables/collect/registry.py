"""The registry beside the files: what came from where, when, and what did not come.

In: a folder of reports. Out: its `Entry` rows, each written down as soon as its file is there.
Next: `fetch`.
"""

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from govtables.declared import read_lines

REGISTRY = "registry.csv"
FETCHED, FAILED, REFUSED, LINKED = "fetched", "failed", "refused", "linked"


class Refused(Exception):
    """An address that must not be asked, and why."""


class Failed(Exception):
    """An address that gave nothing, and why."""


class Entry(NamedTuple):
    """A file and where it came from, or an address and why nothing came."""

    name: str
    url: str
    status: str  # fetched, failed, refused, or linked: an attachment that was not asked for
    final_url: str = ""
    fetched_at: str = ""
    sha256: str = ""
    media_type: str = ""
    etag: str = ""
    note: str = ""
    page: str = ""  # the file whose page links this attachment


def read_registry(raw: Path) -> list[Entry]:
    """Read the registry of a folder; no file, no entries. A line that a killed run left half is left out."""
    path = raw / REGISTRY
    if path.exists() and not (data := path.read_bytes()).endswith(b"\n"):
        path.write_bytes(data[: data.rfind(b"\n") + 1])
    lines = [line for _, line in read_lines(path, Entry._fields)]
    return [Entry(**{name: line[name] for name in Entry._fields}) for line in lines]


def add_entry(raw: Path, entry: Entry) -> None:
    """Write one entry behind the others."""
    path = raw / REGISTRY
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if not file.tell():
            writer.writerow(Entry._fields)
        writer.writerow(entry)


def write_registry(raw: Path, entries: Iterable[Entry]) -> None:
    """Write the registry anew, all at once."""
    beside = raw / f".{REGISTRY}-{os.getpid()}"
    with beside.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([Entry._fields, *entries])
    os.replace(beside, raw / REGISTRY)
