"""Where each document comes from, and whether it still is what was fetched.

In: the registry of a folder. Out: an `Origin` a document, and what differs as `Finding`s. Next: `listing`,
`folder`.
"""

import hashlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from govtables.language import tell
from govtables.pipeline.registry import REGISTRY, read_registry
from govtables.records import Finding

KIND = "registry"  # of findings


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
