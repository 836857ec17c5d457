"""Many documents to one dataset: in batches, in one process or in many.

In: a folder of documents. Out: a folder of Parquet tables. Next: `show`, `summary`, `cli`.
"""

import gc
from collections.abc import Iterable, Sequence
from functools import partial
from graphlib import CycleError, TopologicalSorter
from itertools import islice, pairwise
from pathlib import Path

from govtables.dataset import Publication, Tables, findings_table, to_table, to_tables
from govtables.declared import read_lines
from govtables.forms import FILE as ALIASES
from govtables.forms import Alias, read_aliases
from govtables.issuers import issuer_key
from govtables.pipeline.report import Result, read_bytes
from govtables.pipeline.workers import do_all
from govtables.proof import FILE as DECISIONS
from govtables.proof import Comparison, Decision, Fingerprint, apply_decisions, fingerprint, read_decisions
from govtables.readers import Unreadable, is_archive, list_members, read_member
from govtables.records import FAILS, Check, Finding

ROWS = 10_000  # of checks across reports, written at a time
BATCH = 200  # documents that a process works on at a time; a batch is a row group
HIERARCHY = "hierarchy.csv"
BESIDE = (DECISIONS, HIERARCHY, ALIASES)  # files that are read at the top of the folder of reports
NO_DOCUMENT = ("README.md", "registry.csv", *BESIDE)
DEADLY = (
    "the process that read it ended at once, by a defect of a library or for want of memory; "
    "fetch it again, or save it as text"
)


def build(raw: str | Path, out: str | Path, processes: int | None = None, progress: bool = True) -> "Path":
    """Read every document under `raw` and publish the tables in `out`; return `out`.

    The bytes written depend on the documents alone, not on `processes`. A run that is stopped leaves `out` as
    it was.
    """
    raw, out = Path(raw), Path(out)
    if processes is not None and processes < 1:
        raise ValueError(f"processes={processes}: choose 1 or more, or None for all cores")
    names = list_documents(raw, out)
    decisions, panel = _decisions_for(raw, names), Comparison(read_hierarchy(raw / HIERARCHY))
    aliases = read_aliases(raw / ALIASES)
    batches = [names[at : at + BATCH] for at in range(0, len(names), BATCH)]
    declared = [path.read_bytes() for name in BESIDE if (path := raw / name).is_file()]
    with Publication(out, b"".join(declared)) as publication, _progress(len(names), progress) as bar:
        for tables, fingerprints in do_all(partial(_read_batch, raw, decisions, aliases), batches, processes):
            publication.write(tables)
            for one in fingerprints:
                panel.add(one)
            bar.update(len(fingerprints))
        checks = panel.checks()
        while some := list(islice(checks, ROWS)):
            publication.write(_across_tables(some))
    return out


def _across_tables(checks: Sequence[tuple[str, Check]]) -> Tables:
    """Checks across reports as rows of `checks`, those that fail also of `findings`."""
    failing = [(name, check) for name, check in checks if check.verdict == FAILS]
    return {
        "checks": to_table("checks", checks),
        "findings": findings_table((name, _finding(check)) for name, check in failing),
    }


def _finding(check: Check) -> Finding:
    codes = (f"{check.table}.{check.row}.{check.column}",) if check.row and check.column else ()
    message = f"{check.operands}: {check.message}" if check.operands else check.message
    return Finding(check.check, check.table, check.row, None, message, codes)


def read_hierarchy(path: Path) -> list[tuple[str, str]]:
    """Read pairs of parent and child issuers; an error names the line. No file, no hierarchy."""
    pairs = [(where, line["parent"], line["child"]) for where, line in read_lines(path, ("parent", "child"))]
    for where, parent, child in pairs:
        if not (parent and child):
            raise ValueError(f"{where}: a name is empty; write both, parent and child")
        if issuer_key(parent) == issuer_key(child):
            raise ValueError(f"{where}: {child!r} is the same body as its parent {parent!r}; name two bodies")
    _forbid_cycles(path, pairs)
    return [(parent, child) for _, parent, child in pairs]


def _forbid_cycles(path: Path, pairs: Sequence[tuple[str, str, str]]) -> None:
    """Raise if a body stands above itself; name each line of the round."""
    keys = {
        (issuer_key(parent), issuer_key(child)): (where, parent) for where, parent, child in reversed(pairs)
    }
    parents: dict[str, list[str]] = {}
    for parent, child in keys:
        parents.setdefault(child, []).append(parent)
    try:
        TopologicalSorter(parents).prepare()
    except CycleError as problem:
        links = [keys[link] for link in pairwise(problem.args[1])]
        numbers = ", ".join(where.rpartition(" ")[2] for where, _ in links)
        names = " > ".join(name for _, name in [*links, links[0]])
        raise ValueError(
            f"{path}, lines {numbers}: {names}: a body stands above itself; delete the wrong line"
        ) from None


def list_documents(raw: Path, out: Path) -> list[str]:
    """Names of the documents under a folder, sorted; a clear error when there are none."""
    if not raw.is_dir():
        raise ValueError(f"{raw}: no such folder; name the folder that holds the reports")
    if out.resolve().is_relative_to(raw.resolve()):
        raise ValueError(f"{out}: lies inside {raw}; choose a folder outside it")
    files = [path for path in raw.rglob("*") if not path.is_dir() or _named_like_a_file(path)]
    _forbid_misplaced(raw, files)
    names = [path.relative_to(raw).as_posix() for path in files if path.name not in NO_DOCUMENT]
    names = sorted(one for name in names if not _is_hidden(name) for one in _look_inside(raw, name))
    if not names:
        raise ValueError(f"{raw}: holds no document; put reports there, as text, HTML, DOCX, XLSX or PDF")
    return names


def _look_inside(raw: Path, name: str) -> list[str]:
    """Names of the documents in an archive of a folder, of any other file its own; so of an archive that
    cannot be read.
    """
    if not is_archive(raw / name):
        return [name]
    try:
        return [
            f"{name}/{member}"
            for member in list_members(raw / name)
            if member.rpartition("/")[2] not in NO_DOCUMENT
        ] or [name]
    except Unreadable:
        return [name]


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _forbid_misplaced(raw: Path, files: Iterable[Path]) -> None:
    """Raise if a file that is read at the top of the folder stands below."""
    for path in sorted(files):
        if path.name in BESIDE and path.parent != raw and not _is_hidden(path.relative_to(raw).as_posix()):
            raise ValueError(f"{path}: is not read there; put it at the top, as {raw / path.name}")


def _named_like_a_file(path: Path) -> bool:
    return path.suffix.lower() in (".txt", ".html", ".htm") and not any(path.iterdir())


def _decisions_for(raw: Path, names: Sequence[str]) -> dict[str, tuple[Decision, ...]]:
    """Decisions on the documents of a folder; an error if one names a document that is not there."""
    decisions = read_decisions(raw / DECISIONS)
    if unknown := sorted(decisions.keys() - set(names)):
        raise ValueError(
            f"{raw / DECISIONS}: no document {unknown[0]!r} under {raw}; write its path below that folder"
        )
    return decisions


def read_file(
    raw: Path, name: str, decisions: Sequence[Decision] = (), aliases: tuple[Alias, ...] = ()
) -> Result:
    """Read one document of a folder; a file that cannot be opened gives a `Result` with that error."""
    try:
        return read_bytes(_load(raw, name), name, decisions, aliases)
    except Unreadable as problem:
        error = str(problem)
    except OSError as problem:
        error = f"cannot be opened: {problem.strerror or problem}"
    return _no_result(name, error, decisions)


def _load(raw: Path, name: str) -> bytes:
    """Bytes of a file, or of a file in an archive."""
    path, inside = raw / name, []
    while not path.exists() and path != raw:
        path, inside = path.parent, [path.name, *inside]
    if inside and path.is_file():
        return read_member(path, "/".join(inside))
    if is_archive(raw / name):
        list_members(raw / name)  # says why it was not opened
    return (raw / name).read_bytes()


def _no_result(name: str, error: str, decisions: Sequence[Decision]) -> Result:
    return Result(name, error=error, findings=apply_decisions([], decisions, error)[1])


def _read_batch(
    raw: Path, decisions: dict[str, tuple[Decision, ...]], aliases: tuple[Alias, ...], names: Sequence[str],
    deadly: frozenset[str],
) -> tuple[Tables, list[Fingerprint]]:
    collecting = gc.isenabled()
    gc.disable()  # reading makes no cycles, and the collector would walk all results again and again
    try:
        given = [(name, decisions.get(name, ())) for name in names]
        results = [
            _no_result(name, DEADLY, own) if name in deadly else read_file(raw, name, own, aliases)
            for name, own in given
        ]
        return to_tables(results), [fingerprint(result.report(), result.cells) for result in results]
    finally:
        if collecting:
            gc.enable()


def _progress(total: int, wanted: bool):
    from tqdm import tqdm

    return tqdm(total=total, unit=" reports", desc="reading", disable=None if wanted else True)
