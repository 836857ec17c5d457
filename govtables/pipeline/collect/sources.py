"""The list of addresses, what their files are to be called, and what a fetched page is and links.

In: `sources.csv`, bytes of a page. Out: a `Source` a line, whose names differ whatever the system takes for
the same; the text of a page, addresses of attachments. Next: `fetch`.
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from govtables.declared import mistake, read_lines
from govtables.language import tell
from govtables.pipeline.registry import FETCHED, SHA256
from govtables.readers import Unreadable, decode, parse

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
LONGEST, LONGEST_NAMED = 180, 220  # bytes of a part of a name: systems take 255, and more is added behind
FORBIDDEN = re.compile(r'[\\<>:"|?*]|[ .](/|$)')  # on Windows
RESERVED = ("registry", "decisions", "hierarchy", "aliases", "links", "collection")  # beside the reports
ATTACHED = re.compile(r"\.(pdf|docx?|xlsx?|wps|et|ofd|rtf|zip)$", re.IGNORECASE)
TOLD = re.compile(r"附[件表]|年度?[报報]告?|[情统統][况况計计]表|信息公[开開]")
PAGE = re.compile(r"<(!doctype html|html|head|body|meta|title|div|table)\b", re.IGNORECASE)


class Refused(Exception):
    """An address that must not be asked, and why."""


class Failed(Exception):
    """An address that gave nothing, and why."""


class Source(NamedTuple):
    """An address, the name of its file, without its suffix unless it has one, and its SHA-256 if known."""

    url: str
    stem: str
    sha256: str = ""
    page: str = ""  # the file whose page links it as an attachment


def read_sources(path: Path) -> list[Source]:
    """Read a list of addresses, or a registry, of whose files the newest version of each address is wanted;
    an error names the line and the remedy.
    """
    lines = read_lines(path, ("url",))
    if lines and "status" in lines[0][1]:
        fetched = [one for one in lines if one[1]["status"] == FETCHED]
        lines = [*{line["url"]: (where, line) for where, line in fetched}.values()]
    if not lines:
        raise mistake("pipeline.no_addresses", path=path)
    found, urls, names = [], set(), set()
    for where, line in lines:
        line = dict.fromkeys(COLUMNS, "") | line
        url, stem = line["url"], _choose_stem(where, line)
        if url in urls:
            raise mistake("pipeline.url_twice", where=where, url=url)
        if line["sha256"] and not SHA256.fullmatch(line["sha256"].lower()):
            raise mistake("pipeline.no_sha256", where=where, given=line["sha256"])
        if _key(stem) in names:
            if line["name"]:
                raise mistake("pipeline.name_twice", where=where, name=stem)
            stem = f"{stem}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"
        urls.add(url)
        names.add(_key(stem))
        found.append(Source(url, stem, line["sha256"].lower()))
    folders = {str(folder).casefold() for source in found for folder in PurePosixPath(source.stem).parents}
    if both := next((source.stem for source in found if source.stem.casefold() in folders), ""):
        raise mistake("pipeline.name_of_both", path=path, name=both)
    return found


def _key(stem: str) -> str:
    """What must differ: systems take large and small letters for the same, and suffixes are added."""
    return normalize("NFC", _without_suffix(stem, KNOWN).casefold())


def _without_suffix(name: str, known: set[str]) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return name[: -len(suffix)] if suffix in known else name


def _choose_stem(where: str, line: dict[str, str]) -> str:
    """The name that the list gives, or issuer and year, or what the address says."""
    if not (url := line["url"]):
        raise mistake("pipeline.url_empty", where=where)
    try:
        address = urlsplit(url)
        host = f"{address.hostname or ''}{f'-{address.port}' if address.port else ''}"
    except ValueError:
        raise mistake("pipeline.at", where=where, said=tell("pipeline.no_address", url=url)) from None
    if address.username or address.password:
        raise mistake("pipeline.at", where=where, said=tell("pipeline.password"))
    if line["name"]:
        return _check_name(where, line["name"])
    if line["issuer"] and line["year"]:
        return _clean([line["issuer"], line["year"]])
    page = unquote(address.path).strip("/").split("/")
    page[-1] = _without_suffix(page[-1], {*KNOWN, ".shtml", ".jsp", ".aspx", ".php"})
    return f"{_clean([host])}/{_clean([*page[-3:], address.query])}"


def _check_name(where: str, name: str) -> str:
    """A name that every system takes, and that stands for nothing else."""
    parts, problem = name.split("/"), ""
    if any(part.startswith(".") or not part for part in parts) or "\\" in name:
        problem = "leads_out"
    elif FORBIDDEN.search(name) or not name.isprintable():
        problem = "has_signs"
    elif max(len(part.encode()) for part in parts) > LONGEST_NAMED:
        problem = "is_long"
    elif _without_suffix(name.casefold(), {*KNOWN, ".toml"}) in RESERVED:
        problem = "is_taken"
    if problem:
        raise mistake(f"pipeline.name_{problem}", where=where, name=name, most=LONGEST_NAMED)
    return name


def _clean(parts: Sequence[str]) -> str:
    text = UNSAFE.sub("-", "-".join(filter(None, parts))).strip("-.") or "index"
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    cut = text.encode()[: LONGEST - 9].decode("utf-8", "ignore")
    return text if len(text.encode()) <= LONGEST else f"{cut}-{digest}"


def choose_suffix(stem: str, urls: Sequence[str], headers: dict[str, str], data: bytes) -> str:
    """What stands behind a name without a suffix: what the server says, its file's name, or the address."""
    if PurePosixPath(stem).suffix.lower() in KNOWN:
        return ""
    if data.startswith(b"%PDF"):  # whatever else is said
        return ".pdf"
    said, packed = SUFFIXES.get(media_type(headers)), data.startswith((b"PK", b"\xd0\xcf"))
    names = [headers.get("content-disposition", "").rstrip("\"' ;"), *(urlsplit(url).path for url in urls)]
    named = [PurePosixPath(one).suffix.lower() for one in names]
    named = [one for one in named if one in KNOWN]
    return named[0] if named and (packed or not said) else said or ".html"


def media_type(headers: dict[str, str]) -> str:
    """What a server says that an answer is.

    >>> media_type({"content-type": "Text/HTML; charset=gbk"})
    'text/html'
    """
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def page_text(data: bytes, content_type: str = "") -> str:
    """The text of a web page in whatever encoding it has; nothing, if this is none."""
    charset = re.search(r"charset=[\s\"']*([\w-]+)", content_type)
    try:
        text = "" if data.startswith((b"%PDF", b"PK")) else decode(data, charset and charset[1])[0]
    except Unreadable:
        return ""
    return text if PAGE.search(text[:4096]) else ""


def find_attachments(page: str, url: str) -> list[str]:
    """Addresses of the report's files that a page links, in order; `Unreadable` if it is too deep."""
    tree = parse(page)
    base = next((node.attributes.get("href") or "" for node in tree.css("base[href]")), "")
    found = {}
    for link in tree.css("a[href]"):
        try:
            target = urldefrag(urljoin(urljoin(url, base), (link.attributes.get("href") or "").strip())).url
            is_file = ATTACHED.search(urlsplit(target).path)
        except ValueError:
            continue
        words = f"{link.text()} {link.attributes.get('title') or ''}"
        if is_file and target.startswith(("http://", "https://")) and TOLD.search(words):
            found[target] = None
    return [*found]
