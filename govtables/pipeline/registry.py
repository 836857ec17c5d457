"""The registry beside the files: what came from where, when, and what did not come; what differs from it now.

In: a folder of reports. Out: its `Entry` rows, each written down before its file takes its place; an `Origin`
a document, and what differs as `Finding`s. Next: `fetch`, `listing`, `reading`.
"""

import csv
import hashlib
import io
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from govtables.declared import mistake, read_lines, say
from govtables.language import Said, tell, to_chinese
from govtables.records import Finding

REGISTRY = "registry.csv"
KIND = "registry"  # of findings
BESIDE = ".fetching-"  # before the name of a file that is not whole
FETCHED, GIVEN, FAILED, REFUSED, LINKED = STATES = "fetched", "given", "failed", "refused", "linked"
OF_FILES = (FETCHED, GIVEN)
NEEDED = ("name", "url", "status", "sha256")  # columns of a registry that a person writes
SHA256 = re.compile(r"[0-9a-f]{64}")


class Entry(NamedTuple):
    """A file and where it came from, or an address and why nothing came."""

    name: str
    url: str
    status: str  # fetched, given by hand, failed, refused, or linked: an attachment that was not asked for
    final_url: str = ""
    fetched_at: str = ""
    sha256: str = ""
    media_type: str = ""
    etag: str = ""
    note: str = ""
    note_zh: str = ""
    page: str = ""  # the file whose page links this attachment

    @property
    def is_file(self) -> bool:
        """Tell whether this is a file that was there."""
        return self.status in OF_FILES

    def noted(self, why: Said | str) -> "Entry":
        """The same with a note, in both languages."""
        return self._replace(note=str(why), note_zh=str(to_chinese(why)))


def read_registry(raw: Path) -> list[Entry]:
    """Read the registry of a folder; no file, no entries. A last line that was left half is left out."""
    path, entries = raw / REGISTRY, []
    lines = read_lines(path, NEEDED) if path.is_file() and path.stat().st_size else []
    for number, (where, line) in enumerate(lines, 1):
        entry = Entry(**{name: line.get(name, "") for name in Entry._fields})
        if entry.status in STATES and (not entry.is_file or SHA256.fullmatch(entry.sha256)):
            entries.append(entry)
        elif number < len(lines) or path.read_bytes().endswith((b"\n", b"\r")):
            raise mistake("pipeline.registry_line", where=where, states=", ".join(STATES))
    return entries


def add_entries(raw: Path, entries: Iterable[Entry]) -> None:
    """Write entries behind the others, all of them or none."""
    with (raw / REGISTRY).open("ab", buffering=0) as file:
        before, data = file.tell(), _to_csv(entries if file.tell() else [Entry._fields, *entries])
        try:
            if file.write(data) < len(data):
                raise OSError(say("pipeline.disk_full"))
        except OSError:
            file.truncate(before)
            raise


def write_registry(raw: Path, entries: Iterable[Entry]) -> None:
    """Write the registry anew, all at once."""
    beside = raw / f"{BESIDE}{os.getpid()}-{REGISTRY}"
    beside.write_bytes(_to_csv([Entry._fields, *entries]))
    os.replace(beside, raw / REGISTRY)


def _to_csv(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


class Origin(NamedTuple):
    """What the registry says of a file; of the versions of an address the oldest is number 1."""

    listed: str | None = None  # SHA-256 in its line, if it has one
    url: str | None = None
    fetched_at: str | None = None
    version: int | None = None
    is_lost: bool = False  # no such file is there
    archive: str = ""  # SHA-256 of the archive that holds the document


def read_origins(raw: Path) -> dict[str, Origin] | None:
    """Read where the files of a folder come from, by name; `None` if it has no registry."""
    if not (raw / REGISTRY).is_file():
        return None
    origins, versions = {}, Counter()
    files = [entry for entry in read_registry(raw) if entry.is_file]
    for entry in sorted(files, key=lambda one: one.fetched_at):
        versions[entry.url] += bool(entry.url)
        known = (entry.url, entry.fetched_at, versions[entry.url])
        origins[entry.name] = Origin(entry.sha256, *(one or None for one in known))
    return origins


def hash_archive(origin: Origin, path: Path) -> Origin:
    """Add what the bytes of an archive are, whose members have no line of their own."""
    with path.open("rb") as file:
        return origin._replace(archive=hashlib.file_digest(file, "sha256").hexdigest())


def compare_origin(origin: Origin | None, sha256: str) -> tuple[Origin, list[Finding]]:
    """Say where a document of these bytes comes from, and what speaks against it; nothing without a registry.
    """
    if origin is None:
        return Origin(), []
    found = origin.archive or sha256
    if found and found == origin.listed:
        return origin, []
    problem = "differs" if found else "lost" if origin.is_lost else "unread"
    problem = problem if origin.listed else "unlisted"
    message = tell(f"pipeline.origin_{problem}", found=found, **origin._asdict())
    told = Finding(KIND, None, None, None, message)
    return Origin() if problem == "differs" else origin, [told]
