"""Members of ZIP files that anybody may have made.

In: what a ZIP file says of a member. Out: whether it is locked, its path. Next: `archives`, `office`.
"""

from zipfile import ZipInfo

MAGIC = b"PK\x03\x04"
ENCRYPTED = 0x1  # flag of a member


def is_locked(member: ZipInfo) -> bool:
    """Tell whether a member is protected by a password."""
    return bool(member.flag_bits & ENCRYPTED)


def path_of(member: ZipInfo) -> str:
    """Path of a member as its file has it, slashes one way; it may lead anywhere."""
    return member.filename.replace("\\", "/")
