"""Archives of reports: ZIP files whose members are read one by one, as if they lay in a folder of that name.

In: the path of a file. Out: names of its members, bytes of one. Next: `folder`.

Nothing is written to disk, so no name can lead out of a folder; an archive inside an archive is not opened.
"""

import zlib
from collections import Counter
from collections.abc import Iterator
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.zips import MAGIC, is_locked

PARTS_OF_DOCUMENTS = {  # DOCX and XLSX, ODF and EPUB, OFD, Pages, UOF are ZIP files too
    "[Content_Types].xml", "mimetype", "OFD.xml", "Index/Document.iwa", "uof.xml",
}
NOT_PUBLISHED = ("__MACOSX",)
UTF8 = 0x800  # flag of a member whose name is in UTF-8
DAMAGED = (
    BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error, LZMAError,
)


def is_archive(path: Path) -> bool:
    """Tell by its content whether a file is an archive of documents."""
    try:
        with path.open("rb") as file:
            if file.read(4) != MAGIC:
                return False
        with ZipFile(path) as archive:
            return not PARTS_OF_DOCUMENTS & set(archive.namelist())
    except DAMAGED:
        return False


def list_members(path: Path) -> list[str]:
    """Names of the files in an archive, `Unreadable` if it holds too many, too much or none."""
    with ZipFile(path) as archive:
        members = dict(_members(archive))
    if not members:
        raise Unreadable("an archive without a file; fetch it again")
    if len(members) > LIMITS.members:
        raise Unreadable(
            f"an archive of {len(members)} files, over the limit of {LIMITS.members}; "
            "unpack it into the folder"
        )
    if sum(info.file_size for info in members.values()) > LIMITS.archive_megabytes << 20:
        raise Unreadable(
            f"an archive that unpacks to over {LIMITS.archive_megabytes} MB; unpack it into the folder"
        )
    return list(members)


def read_member(path: Path, name: str) -> bytes:
    """Read one file of an archive, by the name that `list_members` gave it."""
    most = LIMITS.megabytes << 20
    try:
        with ZipFile(path) as archive:
            info = dict(_members(archive))[name]
            if is_locked(info):
                raise Unreadable("protected by a password; unpack the archive with it")
            if info.file_size > min(most, max(info.compress_size, 1) * LIMITS.ratio):
                raise Unreadable(
                    f"unpacks to {info.file_size >> 20} MB, over {LIMITS.megabytes} MB "
                    f"or {LIMITS.ratio} times its packed size"
                )
            with archive.open(info) as file:
                return file.read(most + 1)
    except Unreadable:
        raise
    except (*DAMAGED, KeyError) as problem:
        raise Unreadable(f"cannot be unpacked from its archive: {problem}; fetch the archive again") from None


def _members(archive: ZipFile) -> Iterator[tuple[str, ZipInfo]]:
    """Files by name; a name that comes again gets a number that no other has, so that none is lost."""
    kept = [(_clean(info), info) for info in archive.infolist() if not info.is_dir()]
    kept = [(name, info) for name, info in kept if name and not _is_left_out(name)]
    taken = {name for name, _ in kept}
    seen: Counter[str] = Counter()
    for name, info in kept:
        seen[name] += 1
        given = name
        while seen[name] > 1 and given in taken:
            given = f"{name}#{seen[name]}"
            seen[name] += given in taken
        taken.add(given)
        yield given, info


def _is_left_out(name: str) -> bool:
    return any(part.startswith((".", *NOT_PUBLISHED)) for part in name.split("/"))


def _clean(info: ZipInfo) -> str:
    """Name of a member as a path below the archive; names that are not said to be UTF-8 are GB18030 in
    China."""
    name = info.filename
    if not info.flag_bits & UTF8:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            pass
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in "/".join(parts))
