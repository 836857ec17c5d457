"""Archives of reports: ZIP files whose members are read one by one, as if they lay in a folder of that name.

In: the path of a file. Out: names of its members, bytes of one. Next: `folder`.

Nothing is written to disk, so no name can lead out of a folder; an archive inside an archive is not opened.
"""

import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from govtables.language import tell
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS, check_limit

MAGIC = b"PK\x03\x04"
ENCRYPTED = 0x1  # flag of a member
PARTS_OF_DOCUMENTS = {  # DOCX and XLSX, ODF and EPUB, OFD, Pages, UOF are ZIP files too
    "[Content_Types].xml", "mimetype", "OFD.xml", "Index/Document.iwa", "uof.xml",
}
NOT_PUBLISHED = ("__MACOSX",)
UTF8 = 0x800  # flag of a member whose name is in UTF-8
DAMAGED = (BadZipFile, OSError, EOFError, RuntimeError, ValueError, zlib.error, LZMAError)


def is_archive(path: Path | str) -> bool:
    """Tell by its content whether a file is an archive of documents."""
    try:
        with open(path, "rb", buffering=0) as file:
            if file.read(4) != MAGIC:
                return False
        with ZipFile(path) as archive:
            return not PARTS_OF_DOCUMENTS & set(archive.namelist())
    except DAMAGED:
        return False


def list_members(path: Path | str) -> list[str]:
    """Names of the files in an archive, `Unreadable` if it holds too many, too much or none."""
    with ZipFile(path) as archive:
        members = dict(_members(archive))
    if not members:
        raise Unreadable(tell("readers.archive_empty"))
    check_sizes(members.values(), LIMITS.archive_megabytes, tell("readers.unpack_into_folder"))
    return list(members)


def read_member(path: Path, name: str) -> bytes:
    """Read one file of an archive, by the name that `list_members` gave it."""
    most = LIMITS.megabytes << 20
    try:
        with ZipFile(path) as archive:
            info = dict(_members(archive))[name]
            if is_locked(info):
                raise Unreadable(tell("readers.archive_locked"))
            facts = {"size": info.file_size >> 20, "megabytes": LIMITS.megabytes, "ratio": LIMITS.ratio}
            packed = max(info.compress_size, 1)
            check_limit(info.file_size, min(most, packed * LIMITS.ratio), "readers.member_large", **facts)
            with archive.open(info) as file:
                return file.read(most + 1)
    except Unreadable:
        raise
    except (*DAMAGED, KeyError) as problem:
        raise Unreadable(tell("readers.cannot_unpack", problem=str(problem))) from None


def _members(archive: ZipFile) -> Iterator[tuple[str, ZipInfo]]:
    """Files by name; a name that comes again gets a number that no other has, so that none is lost."""
    kept = [(_clean(info), info) for info in archive.infolist() if not info.is_dir()]
    hidden = (".", *NOT_PUBLISHED)
    kept = [(n, info) for n, info in kept if n and not any(part.startswith(hidden) for part in n.split("/"))]
    taken, seen = {name for name, _ in kept}, Counter[str]()
    for name, info in kept:
        seen[name] += 1
        while seen[name] > 1 and f"{name}#{seen[name]}" in taken:
            seen[name] += 1
        given = f"{name}#{seen[name]}" if seen[name] > 1 else name
        taken.add(given)
        yield given, info


def _clean(info: ZipInfo) -> str:
    """Name of a member as a path below the archive; in China, one not said to be UTF-8 is in GB18030."""
    name = info.filename
    if not info.flag_bits & UTF8:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            pass
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in "/".join(parts))


def is_locked(member: ZipInfo) -> bool:
    """Tell whether a member is protected by a password."""
    return bool(member.flag_bits & ENCRYPTED)


def check_sizes(members: Collection[ZipInfo], megabytes: int, remedy: str) -> int:
    """Raise where there are too many members, or they unpack to too much; give the bytes that it will be."""
    unpacked = sum(member.file_size for member in members)
    facts = {"size": unpacked >> 20, "megabytes": megabytes, "remedy": remedy}
    check_limit(len(members), LIMITS.members, "readers.many_members", **facts)
    check_limit(unpacked, megabytes << 20, "readers.unpacks_large", **facts)
    return unpacked


def path_of(member: ZipInfo) -> str:
    """Path of a member as its file has it, slashes one way; it may lead anywhere."""
    return member.filename.replace("\\", "/")
