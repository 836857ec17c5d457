"""Compound files: the containers of DOC, WPS, XLS and of Office files with a password.

In: bytes. Out: which of them it is, by the names of the streams at its top. Next: `legacy`.
"""

import io
import struct

from govtables.declared import declared
from govtables.readers.document import Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR_SIZES = (9, 12)  # as powers of two


def compound_kind(data: bytes) -> str:
    """Tell what it is: ``doc``, also of WPS, ``xls``, ``ppt``, ``works``, ``encrypted``, ``compound``."""
    names = _top_names(data) if _is_sound(data) else set()
    return next((kind for name, kind in marks("stream").items() if name in names), "compound")


def marks(how: str) -> dict[str, str]:
    """What tells the kind of a file: streams of a compound one, members of a container, words of XML."""
    return {line["mark"]: line["kind"] for line in declared("readers", "marks") if line["how"] == how}


def _is_sound(data: bytes) -> bool:
    """Tell whether the file can hold the tables that its head claims."""
    if len(data) < 512:
        return False
    power, tables, more = *struct.unpack_from("<H", data, 30), *struct.unpack_from("<I24xI", data, 44)
    # olefile goes on for as many sectors as the head claims, though they run in a ring
    return power in SECTOR_SIZES and (tables + more) << power <= len(data)


def _top_names(data: bytes) -> set[str]:
    """Names that hang on the root, not those of what is embedded deeper; none where olefile cannot tell."""
    try:
        from olefile import OleFileIO
    except ImportError:
        raise Unreadable(
            "a binary Office file needs the extra `office`: pip install 'govtables[office]'"
        ) from None
    try:
        with OleFileIO(io.BytesIO(data)) as file:
            return {entry.name for entry in file.root.kids}
    except Exception:  # it raises whatever the bytes make it do
        return set()
