"""Compound files: the containers of DOC, WPS, XLS and of Office files with a password.

In: bytes. Out: which of them it is, by the names of the streams at its top. Next: `legacy`.
"""

import struct
from collections.abc import Iterator, Sequence

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST_SECTOR = 0xFFFFFFFA  # greater numbers are marks
NONE = 0xFFFFFFFF
ENTRY = 128  # bytes of an entry of the directory
KINDS = {  # the stream that tells what the file is
    "EncryptedPackage": "encrypted",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
    "MatOST": "works",
    "CONTENTS": "works",
}


def compound_kind(data: bytes) -> str:
    """Tell what a compound file is: ``doc`` (WPS Writer, too), ``xls``, ``ppt``, ``works``, ``encrypted`` or ``compound``."""
    try:
        names = set(_top_names(_directory(data)))
    except (struct.error, IndexError):
        names = set()
    return next((kind for name, kind in KINDS.items() if name in names), "compound")


def _directory(data: bytes) -> bytes:
    """The sectors of the directory; a chain that runs in a ring ends when it is longer than the file."""
    size = 1 << min(max(struct.unpack_from("<H", data, 30)[0], 9), 12)  # 512 or 4096 in every file that is whole
    most = len(data) // size + 1
    sector = struct.unpack_from("<I", data, 48)[0]
    follows = _sector_table(data, size, most)
    parts = []
    while sector < len(follows) and len(parts) < most:
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = follows[sector]
    return b"".join(parts)


def _sector_table(data: bytes, size: int, most: int) -> Sequence[int]:
    """For each sector the one that follows it; there are no more of them than the file has."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    while more < LAST_SECTOR and len(sectors) < most:
        *part, more = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += part
    used = [sector for sector in sectors if sector < LAST_SECTOR][: most * 4 // size + 1]
    table = b"".join(data[(sector + 1) * size : (sector + 2) * size] for sector in used)[: 4 * most]
    return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])


def _top_names(directory: bytes) -> Iterator[str]:
    """Names that hang on the root, not those of what is embedded deeper."""
    waiting, seen = [struct.unpack_from("<I", directory, 76)[0]], {NONE}
    while waiting:
        number = waiting.pop()
        entry = directory[number * ENTRY : (number + 1) * ENTRY]
        if number in seen or len(entry) < ENTRY:
            continue
        seen.add(number)
        length = struct.unpack_from("<H", entry, 64)[0]
        yield entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        waiting += struct.unpack_from("<II", entry, 68)
