"""Which documents a folder holds, and their bytes.

In: a folder of reports. Out: a `Listed` for every file and every member of an archive, and what it holds.
Next: `folder`. Nothing found is left out: what cannot be read is `Unreadable` when its bytes are asked for.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from govtables.dataset import COLLECTION
from govtables.declared import mistake
from govtables.forms import FILE as ALIASES
from govtables.language import tell
from govtables.pipeline.registry import REGISTRY, Origin, hash_archive, read_origins
from govtables.proof import FILE as DECISIONS
from govtables.readers import LIMITS, Unreadable, digest, is_archive, list_members, read_member

HIERARCHY, LINKS = "hierarchy.csv", "links.csv"
BESIDE = (DECISIONS, HIERARCHY, LINKS, ALIASES)  # files that are read at the top of the folder of reports
NO_DOCUMENT = ("README.md", COLLECTION, REGISTRY, *BESIDE)
TEXTS = (".txt", ".html", ".htm")  # an empty folder that is named so was meant to be a report
LEFT_BY_PROGRAMS = ("thumbs.db", "desktop.ini")
LOCKS = ("~$", ".~lock.")  # before the names of files that Office and LibreOffice keep while one is open
KINDS = {
    stat.S_IFDIR: "folder", stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "device", stat.S_IFBLK: "device",
}
NO_FILE = -1  # size and time of what is no file
AS_SORTED = "#", "\0"  # what is put for what in names: further reports of a document stand behind it
CHUNK = 5_000  # files that are looked at together
LISTING = pa.schema([
    ("name", pa.string()), ("path", pa.binary()), ("member", pa.string()), ("size", pa.int64()),
    ("mtime_ns", pa.int64()),
])
NONE = LISTING.empty_table()
FILE = ["path", "size", "mtime_ns"]


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
    """List the documents under a folder by their ids, in order; a clear error when there are none."""
    return to_listed(*list_table(raw, out))


def to_listed(listing: pa.Table, origins: Mapping[str, Origin] | None) -> list[Listed]:
    """Documents of some rows of a listing."""
    names, paths, members = (listing[name].to_pylist() for name in ("name", "path", "member"))
    rows = zip(names, map(os.fsdecode, paths), members, strict=True)
    return [
        Listed(name, path, member, find_origin(origins, name, path)) for name, path, member in rows
    ]


def find_origin(origins: Mapping[str, Origin] | None, name: str, path: str) -> Origin | None:
    """What the registry says of a document, or of the archive that it lies in."""
    return None if origins is None else origins.get(name) or origins.get(path, Origin())


def list_table(raw: Path, out: Path, known: pa.Table = NONE) -> tuple[pa.Table, dict[str, Origin] | None]:
    """List documents in a table, which takes little room, and say where files come from, if that is known.

    Files that are `known` as they are stay closed.
    """
    check_folders(raw, out)
    walk, tables = _walk(raw), [NONE]
    packed = known.filter(pc.is_valid(known["member"])).select(["path", "member"])
    members: dict[bytes, list[str]] = {}
    for path, member in zip(*(packed[name].to_pylist() for name in packed.column_names), strict=True):
        members.setdefault(path, []).append(member)
    while some := list(islice(walk, CHUNK)):
        files = pa.Table.from_arrays([*map(pa.array, zip(*some, strict=True))], names=FILE)
        pairs = zip(some, find_same(files, known).to_pylist(), strict=True)
        rows = [row for file, at in pairs for row in _look_inside(raw, file, at is not None, members)]
        columns = map(pa.array, zip(*rows, strict=True), LISTING.types)
        tables.append(pa.Table.from_arrays([*columns], schema=LISTING))
    if (origins := read_origins(raw)) is not None:
        tables.append(_add_lost(raw, pa.concat_tables(tables), origins))
    listing = pa.concat_tables(tables)
    if not len(listing):
        raise mistake("pipeline.no_documents", path=raw)
    return _name_apart(listing), origins


def _add_lost(raw: Path, found: pa.Table, origins: dict[str, Origin]) -> pa.Table:
    """Documents that only the registry has; it says of archives what their bytes are."""
    packed = found.filter(pc.is_valid(found["member"]))["path"].unique().to_pylist()
    for path in {*map(os.fsdecode, packed)} & origins.keys():
        origins[path] = hash_archive(origins[path], raw / path)
    lost = [name for name in origins.keys() - {*found["name"].to_pylist()} if not os.path.lexists(raw / name)]
    for name in lost:
        origins[name] = origins[name]._replace(is_lost=True)
    rows = [{"name": name, "path": os.fsencode(name), "size": NO_FILE, "mtime_ns": NO_FILE} for name in lost]
    return pa.Table.from_pylist(rows, LISTING)


def check_folders(raw: Path, out: Path) -> None:
    """Raise if there is no folder of reports, or if the dataset would lie in it."""
    if not raw.is_dir():
        raise mistake("pipeline.no_folder", path=raw)
    if out.resolve().is_relative_to(raw.resolve()):
        raise mistake("pipeline.inside", path=out, folder=raw)


def find_same(files: pa.Table, known: pa.Table) -> pa.ChunkedArray:
    """Where each of some files stands in a listing with that size and time, null where it does not."""
    at = pc.index_in(files["path"], known["path"])
    same = [pc.equal(files[name], known[name].take(at)) for name in FILE[1:]]
    return pc.if_else(pc.fill_null(pc.and_(*same), False), at, None)


def _name_apart(listing: pa.Table) -> pa.Table:
    """Sort documents by name; of several of one name, as one with escapes may be, number the others."""
    listing = _sort(listing)
    names = listing["name"].combine_chunks()
    if pc.any(pc.equal(names[1:], names[:-1])).as_py():
        listing = listing.sort_by([(name, "ascending") for name in ("name", "path", "member")])
        names, taken = listing["name"].to_pylist(), set[str]()
        for at, name in enumerate(names):
            again = 1
            while names[at] in taken:
                again += 1
                names[at] = f"{name}#{again}"
            taken.add(names[at])
        listing = _sort(listing.set_column(0, LISTING.field("name"), pa.array(names, pa.string())))
    return listing


def _sort(listing: pa.Table) -> pa.Table:
    return listing.take(pc.sort_indices(pc.replace_substring(listing["name"], *AS_SORTED)))


def _walk(raw: Path) -> Iterator[tuple[bytes, int, int]]:
    """Files below a folder that may be documents, with size and time; a link to a folder is followed once."""
    seen: set[tuple[int, int]] = set()
    stopped: list[str] = []
    walk = os.walk(raw, followlinks=True, onerror=lambda problem: stopped.append(problem.filename))
    for top, folders, files in walk:
        below = os.path.relpath(top, raw).replace(os.sep, "/")
        place = os.stat(top)
        if (place.st_dev, place.st_ino) in seen:  # a loop is cut
            folders.clear()
            continue
        seen.add((place.st_dev, place.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        names = files if files or folders or not top.lower().endswith(TEXTS) else [""]
        for name in names:
            path = f"{below}/{name}".removeprefix("./").rstrip("/")
            if name in BESIDE and below != ".":
                raise mistake("pipeline.not_at_the_top", path=raw / path, top=raw / name)
            left_out = name in NO_DOCUMENT or name.lower() in LEFT_BY_PROGRAMS
            if not left_out and not name.startswith((".", *LOCKS)):
                yield os.fsencode(path), *_measure(f"{top}/{name}")
    for path in stopped:
        yield os.fsencode(os.path.relpath(path, raw).replace(os.sep, "/")), NO_FILE, NO_FILE


def _measure(path: str) -> tuple[int, int]:
    """Size and time of a file; what is none, or cannot be seen, is never known as it is."""
    with suppress(OSError):
        told = os.stat(path)
        if stat.S_ISREG(told.st_mode):
            return told.st_size, told.st_mtime_ns
    return NO_FILE, NO_FILE


def _look_inside(
    raw: Path, file: tuple[bytes, int, int], closed: bool, known: Mapping[bytes, list[str]]
) -> list[tuple[str, bytes, str | None, int, int]]:
    """The documents in an archive; any other file is its own, and so is an archive that cannot be read."""
    path, *told = file
    name = path.decode("utf-8", "backslashreplace")
    alone = [(name, path, None, *told)]
    if told[0] == NO_FILE or (closed and path not in known):
        return alone
    members = known[path] if closed else _list_members(os.path.join(raw, os.fsdecode(path)))
    return [(f"{name}/{member}", path, member, *told) for member in members] or alone


def _list_members(path: str) -> list[str]:
    try:
        members = list_members(path) if is_archive(path) else []
    except Unreadable:
        return []
    return [member for member in members if member.rpartition("/")[2] not in NO_DOCUMENT]


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
