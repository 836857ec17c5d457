"""Members of ZIP files that anybody may have made.

In: what a ZIP file says of members. Out: whether one is locked, its path, sizes. Next: `archives`, `office`.
"""

from collections.abc import Collection
from zipfile import ZipInfo

from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS

MAGIC = b"PK\x03\x04"
ENCRYPTED = 0x1  # flag of a member


def is_locked(member: ZipInfo) -> bool:
    """Tell whether a member is protected by a password."""
    return bool(member.flag_bits & ENCRYPTED)


def check_sizes(members: Collection[ZipInfo], megabytes: int, remedy: str) -> int:
    """Raise where there are too many members, or they unpack to too much; give the bytes that it will be."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > LIMITS.members:
        raise Unreadable(f"holds {len(members)} files, over the limit of {LIMITS.members}; {remedy}")
    if unpacked > megabytes << 20:
        raise Unreadable(f"unpacks to {unpacked >> 20} MB, over the limit of {megabytes}; {remedy}")
    return unpacked


def path_of(member: ZipInfo) -> str:
    """Path of a member as its file has it, slashes one way; it may lead anywhere."""
    return member.filename.replace("\\", "/")
