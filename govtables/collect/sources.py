"""The list of addresses, and what their files are to be called.

In: `sources.csv`. Out: a `Source` a line, whose names differ whatever the system takes for the same.
Next: `fetch`.
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from govtables.declared import read_lines

COLUMNS = ("issuer", "year", "name", "sha256")  # which may be left out
SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf",
    "application/msword": ".doc", "application/vnd.ms-excel": ".xls", "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "image/png": ".png", "image/jpeg": ".jpg", "application/ofd": ".ofd", "text/csv": ".csv",
}
KNOWN = {*SUFFIXES.values(), ".htm", ".mht", ".mhtml", ".wps", ".et", ".rtf", ".ods", ".odt", ".tif", ".eml"}
UNSAFE = re.compile(r"[^\w.~-]+")
LONGEST = 100  # characters of a part of a name, which are 300 bytes of Chinese at most
SHA256 = re.compile(r"[0-9a-f]{64}")


class Source(NamedTuple):
    """An address, the name of its file, without its suffix unless it has one, and what is known of it."""

    url: str
    stem: str
    sha256: str = ""
    issuer: str = ""
    year: str = ""
    page: str = ""  # the file whose page links it as an attachment


def read_sources(path: Path) -> list[Source]:
    """Read a list of addresses; an error names the line and the remedy."""
    lines = read_lines(path, ("url",))
    if not lines:
        raise ValueError(f"{path}: no address; give a CSV file with the column url and a line an address")
    found, urls, names = [], set(), set()
    for where, line in lines:
        line = dict.fromkeys(COLUMNS, "") | line
        url, stem = line["url"], _choose_stem(where, line)
        if url in urls:
            raise ValueError(f"{where}: {url} stands there twice; keep one line")
        if line["sha256"] and not SHA256.fullmatch(line["sha256"].lower()):
            raise ValueError(f"{where}: {line['sha256']!r} is no SHA-256 of 64 signs")
        if _key(stem) in names:
            if line["name"]:
                raise ValueError(f"{where}: two files are called {stem}; name one otherwise")
            stem = f"{stem}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"
        urls.add(url)
        names.add(_key(stem))
        found.append(Source(url, stem, line["sha256"].lower(), line["issuer"], line["year"]))
    return found


def _key(stem: str) -> str:
    """What must differ: systems take large and small letters for the same, and suffixes are added."""
    return _without_suffix(stem, KNOWN).casefold()


def _without_suffix(name: str, known: set[str]) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return name[: -len(suffix)] if suffix in known else name


def _choose_stem(where: str, line: dict[str, str]) -> str:
    """The name that the list gives, or issuer and year, or what the address says."""
    if not (url := line["url"]):
        raise ValueError(f"{where}: url is empty; give the address of a report")
    if name := line["name"]:
        hidden = any(part.startswith((".", "/")) for part in PurePosixPath(name).parts)
        if hidden or "\\" in name or not name.isprintable():
            said = f"the name {name!r} leads out of the folder, or is hidden"
            raise ValueError(f"{where}: {said}; choose another")
        return name
    if line["issuer"] and line["year"]:
        return _clean([line["issuer"], line["year"]])
    try:
        address = urlsplit(url)
    except ValueError:
        raise ValueError(f"{where}: {url!r} is no address") from None
    page = unquote(address.path).strip("/").split("/")
    page[-1] = _without_suffix(page[-1], {*KNOWN, ".shtml", ".jsp", ".aspx", ".php"})
    return f"{_clean([address.netloc])}/{_clean([*page[-3:], address.query])}"


def _clean(parts: Sequence[str]) -> str:
    text = UNSAFE.sub("-", "-".join(filter(None, parts))).strip("-.") or "index"
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 9]}-{digest}"


def choose_suffix(stem: str, url: str, media_type: str) -> str:
    """What stands behind a name without a suffix: what the server says, or the address."""
    if PurePosixPath(stem).suffix.lower() in KNOWN:
        return ""
    said = PurePosixPath(urlsplit(url).path).suffix.lower()
    return SUFFIXES.get(media_type, said if said in KNOWN else ".html")
