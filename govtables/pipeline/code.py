"""With what documents are read: the code, its declared tables, and the libraries and programs that it uses.

In: the installed package. Out: one hash. Next: `kept`, `reading`.
"""

import hashlib
import re
import shutil
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
PROGRAMS = ("soffice", "libreoffice")


@cache
def tell_code() -> str:
    """Hash all that the bytes of a dataset depend on besides the folder of reports."""
    found = hashlib.sha256(repr((sys.version_info[:3], *map(_version, _list_needed()))).encode())
    found.update(repr([name for name in PROGRAMS if shutil.which(name)]).encode())
    for path in sorted(path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        found.update(path.relative_to(PACKAGE).as_posix().encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _list_needed() -> list[str]:
    """Names of the libraries that the package may use, those of its extras too, once each."""
    lines = requires("govtables") or []
    return sorted({"numpy"} | {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines})


def _version(name: str) -> tuple[str, str | None]:
    try:
        return name, version(name)
    except PackageNotFoundError:
        return name, None
