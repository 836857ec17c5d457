"""Which documents a folder holds, and their bytes.

In: a folder of reports. Out: a `Listed` for every file and every member of an archive, and what it holds.
Next: `folder`. Nothing found is left out: what cannot be read is `Unreadable` when its bytes are asked for.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from govtables.forms import FILE as ALIASES
from govtables.language import tell
from govtables.pipeline.origins import Origin, hash_archive, read_origins
from govtables.pipeline.registry import REGISTRY
from govtables.proof import FILE as DECISIONS
from govtables.readers import LIMITS, Unreadable, digest, is_archive, list_members, read_member

HIERARCHY, LINKS = "hierarchy.csv", "links.csv"
BESIDE = (DECISIONS, HIERARCHY, LINKS, ALIASES)  # files that are read at the top of the folder of reports
NO_DOCUMENT = ("README.md", REGISTRY, *BESIDE)
TEXTS = (".txt", ".html", ".htm")  # an empty folder that is named so was meant to be a report
LEFT_BY_PROGRAMS = ("thumbs.db", "desktop.ini")
LOCKS = ("~$", ".~lock.")  # before the names of files that Office and LibreOffice keep while one is open
KINDS = {
    stat.S_IFDIR: "folder", stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "device", stat.S_IFBLK: "device",
}


class Listed(NamedTuple):
    """A document: its id, its path below the folder as the disk has it, its name in the archive there, and
    what the registry says of that path, if there is one.
    """

    name: str
    path: str
    member: str | None = None
    origin: Origin | None = None

    @property
    def note(self) -> str | None:
        """What is to be known of its name."""
        printed = os.fsencode(self.path)
        is_odd = printed.decode("utf-8", "ignore").encode() != printed
        return tell("pipeline.escaped") if is_odd and self.member is None else None


def list_documents(raw: Path, out: Path) -> list[Listed]:
    """List the documents under a folder by their ids, sorted; a clear error when there are none."""
    if not raw.is_dir():
        raise ValueError(f"{raw}: no such folder; name the folder that holds the reports")
    if out.resolve().is_relative_to(raw.resolve()):
        raise ValueError(f"{out}: lies inside {raw}; choose a folder outside it")
    found = _add_origins(raw, [one for path in _walk(raw) for one in _look_inside(raw, path)])
    listed: dict[str, Listed] = {}
    for one in sorted(found, key=lambda one: (one.name, one.path, one.member or "")):
        name, again = one.name, 1
        while name in listed:  # as of a name with escapes, and of another that is written so
            again += 1
            name = f"{one.name}#{again}"
        listed[name] = one._replace(name=name)
    if not listed:
        raise ValueError(f"{raw}: holds no document; put reports there, as text, HTML, DOCX, XLSX or PDF")
    return [listed[name] for name in sorted(listed)]


def _add_origins(raw: Path, found: list[Listed]) -> list[Listed]:
    """Say where documents come from, and add those that only the registry has."""
    if (origins := read_origins(raw)) is None:
        return found
    archives = {one.path for one in found if one.member is not None} & origins.keys()
    origins |= {path: hash_archive(origins[path], raw / path) for path in archives}
    known = {name: origins.get(path, Origin()) for name, path, *_ in found} | origins
    lost = origins.keys() - {one.name for one in found}
    lost = {name: origins[name]._replace(is_lost=True) for name in lost if not os.path.lexists(raw / name)}
    listed = [one._replace(origin=known[one.name]) for one in found]
    return listed + [Listed(name, name, None, origin) for name, origin in lost.items()]


def _walk(raw: Path) -> Iterator[str]:
    """Paths below a folder that may be documents; a link to a folder is followed once, a loop is cut."""
    seen: set[tuple[int, int]] = set()
    stopped: list[str] = []
    walk = os.walk(raw, followlinks=True, onerror=lambda problem: stopped.append(problem.filename))
    for top, folders, files in walk:
        below = os.path.relpath(top, raw).replace(os.sep, "/")
        place = os.stat(top)
        if (place.st_dev, place.st_ino) in seen:
            folders.clear()
            continue
        seen.add((place.st_dev, place.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        names = files if files or folders or not top.lower().endswith(TEXTS) else [""]
        for name in names:
            path = f"{below}/{name}".removeprefix("./").rstrip("/")
            if name in BESIDE and below != ".":
                raise ValueError(f"{raw / path}: is not read there; put it at the top, as {raw / name}")
            left_out = name in NO_DOCUMENT or name.lower() in LEFT_BY_PROGRAMS
            if not left_out and not name.startswith((".", *LOCKS)):
                yield path
    yield from (os.path.relpath(path, raw).replace(os.sep, "/") for path in stopped)


def _look_inside(raw: Path, path: str) -> list[Listed]:
    """The documents in an archive; any other file is its own, and so is an archive that cannot be read."""
    name = os.fsencode(path).decode("utf-8", "backslashreplace")
    alone = [Listed(name, path)]
    if not _is_file(raw / path) or not is_archive(raw / path):
        return alone
    try:
        members = list_members(raw / path)
    except Unreadable:
        return alone
    inside = [member for member in members if member.rpartition("/")[2] not in NO_DOCUMENT]
    return [Listed(f"{name}/{member}", path, member) for member in inside] or alone


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def read_listed(raw: Path, one: Listed) -> bytes:
    """Bytes of a document; `Unreadable` or `OSError` say why there are none. No more is read than may be."""
    if one.origin and one.origin.is_lost:
        raise Unreadable(tell("pipeline.origin_lost"))
    path = raw / one.path
    known = os.stat(path)
    if not stat.S_ISREG(known.st_mode):
        kind = tell(f"pipeline.is_{KINDS.get(stat.S_IFMT(known.st_mode), 'no_file')}")
        raise Unreadable(tell("pipeline.not_a_file", kind=kind))
    if one.member is not None:
        return read_member(path, one.member)
    if is_archive(path):
        list_members(path)  # says why it was not opened
    if known.st_size > LIMITS.megabytes << 20:
        raise Unreadable(tell("readers.too_large", megabytes=LIMITS.megabytes))
    return path.read_bytes()


def hash_documents(raw: Path) -> Iterator[tuple[str, str]]:
    """Give the SHA-256 of each document of a folder by its id; the empty text where it cannot be read."""
    for one in list_documents(raw, raw.resolve().parent):
        try:
            yield one.name, digest(read_listed(raw, one))
        except (Unreadable, OSError):
            yield one.name, ""
