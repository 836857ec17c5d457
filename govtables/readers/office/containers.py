"""ZIP containers and the XML in them, opened safely; electronic books, which are containers of web pages.

In: bytes that anybody may have made. Out: a `Container`, its parts parsed; prose lines and grids of all pages
of a book, in its order. Next: `docx`, `xlsx`, `read_office`.

Everything is checked before it is unpacked or parsed; nothing is written to disk, fetched or expanded.
"""

import io
import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, XMLPullParser, fromstring
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from govtables.declared import declared
from govtables.language import tell
from govtables.readers.archives import check_sizes, is_locked, path_of
from govtables.readers.document import Cell, Grid, Unreadable
from govtables.readers.html import read_html
from govtables.readers.limits import LIMITS, check_limit

SMALL = 2**20  # bytes that may be packed at any ratio
CHUNK = 2**20  # bytes; the parser looks at an unfinished tag anew with each chunk, so they are large
STREAMED = 3  # times the limit of marks, for a part that never stands in memory whole
DIRECTORY_ENTRY = b"PK\x01\x02"
DECLARED = re.compile(rb"\bencoding\s*=\s*[\"']([^\"']*)")
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
# stands in memory once a tag
LONG_NAMESPACE = re.compile(rb"xmlns[^=<>]{0,99}=\s*(?:\"[^\"]{300}|'[^']{300})")
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")  # namespaces of strict OOXML
USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Container(NamedTuple):
    """A checked ZIP file: its members by name, in small letters."""

    archive: ZipFile
    members: dict[str, ZipInfo]


def container_kind(data: bytes) -> str | None:
    """Tell by the names in a ZIP file which document it is; `None` when it is none, or cannot be opened."""
    if data.count(DIRECTORY_ENTRY) > 10 * LIMITS.members:
        return None
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = {path_of(info).casefold(): info for info in archive.infolist()}
            told = archive.open(members["mimetype"]).read(100) if "mimetype" in members else b""
    except Exception:  # zipfile raises whatever the bytes make it do
        return None
    if told.startswith(b"application/vnd.oasis.opendocument."):
        return next(kind for word, kind in marks("mimetype").items() if told[35:].startswith(word.encode()))
    if "[content_types].xml" not in members or "ofd.xml" in members:
        return next((kind for name, kind in marks("member").items() if name in members), None)
    if "xl/workbook.bin" in members:
        return "xlsb"
    if any(name.endswith((".fdseq", ".fdoc")) for name in members):
        return "xps"
    folders = marks("folder").items()
    return next((kind for folder, kind in folders if any(name.startswith(folder) for name in members)), None)


def marks(how: str) -> dict[str, str]:
    """What tells the kind of a file: streams of a compound one, members of a container, words of XML."""
    return {line["mark"]: line["kind"] for line in declared("readers", "marks") if line["how"] == how}


def open_container(data: bytes) -> Container:
    """Open a ZIP file and check its members: number, names, size unpacked, ratio."""
    entries = data.count(DIRECTORY_ENTRY)
    check_limit(entries / 10, LIMITS.members, "readers.container_many")
    try:
        archive = ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except Exception as problem:
        raise Unreadable(tell("readers.container_damaged", problem=str(problem))) from problem
    unpacked = check_sizes(members, LIMITS.unpacked_megabytes, tell("readers.take_out"))
    check_limit(unpacked, max(SMALL, LIMITS.ratio * len(data)), "readers.container_ratio", ratio=LIMITS.ratio)
    named: dict[str, ZipInfo] = {}
    for member in members:
        name = _checked_name(member)
        if name in named:
            raise Unreadable(tell("readers.container_twice", name=name[:80]))
        named[name] = member
    return Container(archive, named)


def _checked_name(member: ZipInfo) -> str:
    name, parts = path_of(member), path_of(member).split("/")
    if name.startswith("/") or ":" in parts[0] or ".." in parts or "\0" in member.orig_filename:
        raise Unreadable(tell("readers.container_leads_out", name=name[:80]))
    if is_locked(member):
        raise Unreadable(tell("readers.locked"))
    return name.casefold()


def _refused(name: str, why: str) -> Unreadable:
    return Unreadable(tell("readers.part_refused", part=name[:80], why=why))


def read_xml(container: Container, name: str) -> Element:
    """Unpack and parse one member; elements are few and not deep, there are no entities."""
    data = _plain_xml(container, name, LIMITS.marks)
    try:
        root = fromstring(data)
    except ParseError as problem:
        raise _refused(name, tell("readers.part_damaged", problem=str(problem))) from problem
    level, depth = [root], 0
    while level := [child for element in level for child in element]:
        if (depth := depth + 1) > LIMITS.depth:
            raise _refused(name, tell("readers.part_deep", most=LIMITS.depth))
    return root


def read_optional(container: Container, name: str | None) -> Element:
    """A part that a document can do without: an empty one where it is missing."""
    return read_xml(container, name) if name and name.casefold() in container.members else Element("none")


def iterate_xml(container: Container, name: str) -> Iterator[Element]:
    """Parse one member bit by bit: each element when it ends; whoever reads clears what it has used."""
    data, parser = _plain_xml(container, name, STREAMED * LIMITS.marks), XMLPullParser(("end",))
    try:
        for at in range(0, len(data), CHUNK):
            parser.feed(data[at : at + CHUNK])
            yield from (element for _, element in parser.read_events())
        parser.close()
    except ParseError as problem:
        raise _refused(name, tell("readers.part_damaged", problem=str(problem))) from problem


def read_part(container: Container, name: str) -> bytes:
    """Unpack one member."""
    member = container.members.get(name.casefold())
    if member is None:
        raise _refused(name, tell("readers.part_missing"))
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _refused(name, tell("readers.part_packed"))
    if member.file_size > LIMITS.megabytes << 20:
        raise _refused(name, tell("readers.part_large", megabytes=LIMITS.megabytes))
    try:
        return container.archive.read(member)
    except Exception as problem:
        raise _refused(name, tell("readers.part_damaged", problem=str(problem))) from problem


def _plain_xml(container: Container, name: str, most_marks: int) -> bytes:
    """XML as UTF-8 without a document type; any other encoding could hide one."""
    data = read_part(container, name)
    if data.count(b"<") + data.count(b"=") > most_marks:
        raise _refused(name, tell("readers.part_marks", most=most_marks))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = re.sub(r"^<\?xml.*?\?>", "", data.decode("utf-16", "replace"), count=1).encode()
    is_declared = data.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml")
    found = DECLARED.search(data.partition(b"?>")[0]) if is_declared else None
    if b"\0" in data[:1000] or (found and found[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")):
        raise _refused(name, tell("readers.part_encoding"))
    if any(word in data for word in FORBIDDEN) or LONG_NAMESPACE.search(data):
        raise _refused(name, tell("readers.part_entities"))
    return STRICT.sub(USUAL, data)


def whole(text: str | None, default: int = 0) -> int:
    """The whole number that an attribute holds, of at most seven digits; `default` where it holds none.

    >>> whole("12"), whole(None, 1), whole("-1"), whole("1e9")
    (12, 1, 0, 0)
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else default


def read_relations(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """What a part of an Office document refers to inside: id -> last word of the type, name of the part."""
    folder, _, name = part.rpartition("/")
    where = f"{folder}/_rels/{name}.rels".lstrip("/")
    found = {}
    for one in read_optional(container, where).iter(RELATION):
        if one.get("TargetMode") != "External":
            target = resolve_name(folder, one.get("Target", ""))
            found[one.get("Id", "")] = one.get("Type", "").rpartition("/")[2], target
    return found


def resolve_name(folder: str, target: str) -> str:
    """The name of a part that a part in a folder refers to."""
    return posixpath.normpath(posixpath.join(folder or "/", target)).lstrip("/")


def main_part(container: Container, usual: str) -> str:
    """The part that an Office document starts with, as its relations name it."""
    named = [target for kind, target in read_relations(container, "").values() if kind == "officeDocument"]
    return next(iter(named), usual)


def read_epub(data: bytes) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Read the pages that the spine of a book lists, as one page."""
    container = open_container(data)
    root = read_xml(container, "META-INF/container.xml").find(".//{*}rootfile")
    if root is None:
        raise Unreadable(tell("readers.no_spine"))
    name = root.get("full-path", "")
    folder, book = name.rpartition("/")[0], read_xml(container, name)
    places = {item.get("id"): unquote(item.get("href", "")) for item in book.iterfind(".//{*}item")}
    listed = [places.get(item.get("idref"), "") for item in book.iterfind(".//{*}itemref")]
    pages = [read_part(container, resolve_name(folder, place)) for place in listed]
    return read_html("\n".join([page.decode("utf-8", "replace") for page in pages]))
