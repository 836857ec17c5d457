"""What a worker reads, and with what: some documents to a piece of a part, and what they are compared by.

In: documents, what is known of them. Out: a file of tables for `writing`, and a `Piece` for `folder`.
"""

import gc
import hashlib
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from govtables.dataset import keep_tables, to_tables
from govtables.declared import mistake
from govtables.forms import Alias
from govtables.language import tell
from govtables.pipeline.comparing import pack_fingerprints
from govtables.pipeline.listing import Listed, read_listed
from govtables.pipeline.registry import compare_origin
from govtables.pipeline.steps import Result, read_bytes
from govtables.proof import Decision, apply_decisions, fingerprint, judge_decisions
from govtables.readers import Unreadable, digest
from govtables.records import Finding

PIECES = "pieces"
PACKAGE = Path(__file__).parents[1]
PROGRAMS = ("soffice", "libreoffice")


class Item(NamedTuple):
    """A document to be read, the decisions on it, and of one that may be as it was the hash it had."""

    listed: Listed
    decisions: tuple[Decision, ...] = ()
    sha256: str = ""


class Piece(NamedTuple):
    """What was read of some documents: where tables are, and hashes."""

    file: str
    sha256: list[str]
    is_same: list[bool]  # as it was, and not read


def read_piece(
    raw: Path, room: Path, code: str, aliases: tuple[Alias, ...], taken: frozenset[str],
    items: Sequence[Item], deadly: Mapping[int, str], first: int, begin: Callable[[int], None],
) -> Piece:
    """Read a batch from its document `first` on, then those before; `begin` is told of each in advance."""
    if tell_code() != code:
        raise mistake("pipeline.other_code")
    collecting = gc.isenabled()
    gc.disable()  # reading makes no cycles, and the collector would walk all results again and again
    try:
        read: dict[int, Result | None] = {}
        for at in [*range(first, len(items)), *range(first)]:
            listed, own, sha256 = items[at]
            if at in deadly:
                read[at] = _no_result(listed.name, deadly[at], own)
            else:
                begin(at)
                read[at] = read_file(raw, listed, own, aliases, sha256)
            _trace(read[at], listed)
        return _write_piece(room, [read[at] for at in range(len(items))], items, taken)
    finally:
        if collecting:
            gc.enable()


def _write_piece(
    room: Path, read: Sequence[Result | None], items: Sequence[Item], taken: frozenset[str]
) -> Piece:
    results = [[result, *_named_apart(result, taken)] for result in read if result]
    known = [(some[0].name, one) for some in results for one in some]
    rows = [one.report() for _, one in known]
    facts = [
        (document, fingerprint(row, one.cells, one.issuer, one.proposals))
        for (document, one), row in zip(known, rows, strict=True)
    ]
    piece = room / PIECES / uuid4().hex
    piece.parent.mkdir(exist_ok=True)
    tables = to_tables((one for _, one in known), rows)
    keep_tables(piece, {"fingerprints": pack_fingerprints(facts)} | tables)
    hashes = [result.sha256 if result else item.sha256 for result, item in zip(read, items, strict=True)]
    return Piece(piece.name, hashes, [result is None for result in read])


def read_file(
    raw: Path, one: Listed, decisions: Sequence[Decision] = (), aliases: tuple[Alias, ...] = (),
    sha256: str = "",
) -> Result | None:
    """Read one document of a folder, unless it has that hash; one that cannot be opened gives its error."""
    try:
        data = read_listed(raw, one)
        if sha256 and digest(data) == sha256:
            return None
        result = read_bytes(data, one.name, decisions, aliases)
    except Unreadable as problem:
        result = _no_result(one.name, str(problem), decisions)
    except OSError as problem:
        error = tell("pipeline.cannot_open", problem=str(problem.strerror or problem))
        result = _no_result(one.name, error, decisions)
    if one.note:
        result.findings.append(Finding("decoding", None, None, None, one.note))
    return result


def _trace(result: Result | None, one: Listed) -> None:
    """Say where all reports of a document come from."""
    for each in (result, *result.others) if result else ():
        each.origin, findings = compare_origin(one.origin, result.sha256)
        each.findings += findings


def _no_result(name: str, error: str, decisions: Sequence[Decision]) -> Result:
    stale = apply_decisions([], decisions, error)[1]
    return Result(name, error=error, findings=stale, decisions=judge_decisions(decisions, [], []))


def _named_apart(result: Result, taken: frozenset[str]) -> list[Result]:
    """Further reports of a document; one whose name a file has, too, is marked once more."""
    for other in result.others:
        while other.name in taken:
            other.name += "#"
    return result.others


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
