"""The order of the steps: one document to one `Result`, many to a dataset.

In: bytes, or a folder of documents. Out: a `Result` of plain rows; a folder of Parquet tables. Next: `show`, `cli`.
"""

import gc
import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from govtables.cells import CellRow
from govtables.dataset import Publication, Tables, to_tables
from govtables.documents import digest, open_document
from govtables.facts import Facts, read_facts
from govtables.forms import Status
from govtables.grid import Cell, Document, Grid, Unreadable
from govtables.match import Match, match_form
from govtables.naming import Finding
from govtables.rows import Row
from govtables.sections import Section, split_sections

BATCH = 200  # documents that a process works on at a time; a batch is a row group
NO_DOCUMENT = ("README.md", "registry.csv")
CHAPTERS_FOR_A_FORM = 2
FEW_LABELS = 8


@dataclass(slots=True)
class Result:
    """What one document gave: plain rows for each published table, or the `error` why it gave nothing."""

    name: str
    sha256: str = ""
    error: str | None = None
    document: Document | None = None
    facts: Facts | None = None
    generation: str | None = None
    layout: str | None = None
    cells: list[CellRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    chapters: tuple[Section, ...] = ()
    rows: list[Row] = field(default_factory=list)

    def sections(self) -> list[tuple[int, str, str]]:
        """Chapters as rows of the table `sections`."""
        return [_section_row(section) for section in self.chapters if section.chapter]

    def lines(self) -> list[tuple[str, int, list[str]]]:
        """Printed lines of the tables as rows of the table `lines`."""
        return _printed_lines(self.rows)

    def report(self) -> dict:
        """The document's row in the table `reports`."""
        counts = Counter(cell.status for cell in self.cells if not cell.row.startswith("extra."))
        facts = self.facts or Facts(None, None, None, None, None, ())
        return {
            "report_id": self.name,
            "path": self.name,
            "sha256": self.sha256,
            "media_type": self.document.media_type if self.document else None,
            "layout": self.layout,
            **{name: getattr(facts, name) for name in ("script", "title", "issuer", "year", "published_on")},
            "generation": self.generation,
            **{f"n_{status}": counts[status] for status in Status},
            "n_findings": len(self.findings),
            "error": self.error,
        }


def read_bytes(data: bytes, name: str) -> Result:
    """Read one document from its bytes. No document raises: what it lacks is said in `error`."""
    try:
        document = open_document(data, name)
        return _read_document(document)
    except Unreadable as problem:
        return Result(name, digest(data), str(problem))
    except Exception as problem:  # one bad document never stops a run
        return Result(name, digest(data), f"reading stopped: {type(problem).__name__}: {problem}")


def _read_document(document: Document) -> Result:
    sections = split_sections(document)
    found = match_form(sections)
    facts = read_facts(document, sections)
    result = Result(document.name, document.sha256, _why_nothing(found, sections), document, facts)
    notes = [("facts", note) for note in facts.notes] + [("decoding", note) for note in document.notes]
    result.findings = [Finding(kind, None, None, None, note) for kind, note in notes]
    if facts.year or facts.title or result.error is None:
        result.chapters = sections
    if result.error is None:
        result.generation, result.cells, result.layout = found.generation, found.cells, _layout(found)
        result.findings = found.findings + result.findings
        result.rows = found.rows
    return result


def _why_nothing(found: Match, sections: Sequence[Section]) -> str | None:
    """Say why a document has no statutory number; `None` when it has some."""
    if _deduplicated(found):
        return "repeated lines were removed from this copy, and the numbers with them; fetch the original page"
    if any(cell.status not in (Status.ABSENT, Status.BLANK) for cell in found.cells):
        return None
    if found.known_labels > FEW_LABELS:
        return "the form is printed without a number: a template, or its values were lost"
    if sum(section.chapter in (2, 3, 4) for section in sections) >= CHAPTERS_FOR_A_FORM:
        return "the chapters stand here, their tables do not: perhaps pictures or attachments of the page"
    return "no statutory table found: not a report on this form, or one that gives its figures in words only"


def _deduplicated(found: Match) -> bool:
    """A form in single lines repeats many of its labels; a copy without any repeat has lost lines."""
    texts = [cell.text for row in found.rows if row.grid is None for cell in row.labels + row.values]
    return len(texts) > 20 and len(set(texts)) == len(texts)


def _section_row(section: Section) -> tuple[int, str, str]:
    lines = [block.text if isinstance(block, Cell) else _grid_text(block) for block in section.blocks]
    return section.chapter, section.heading.text if section.heading else "", "\n".join(lines)


def _grid_text(grid: Grid) -> str:
    return "\n".join([" | ".join([cell.text for cell in row if cell]).replace("\n", " ") for row in grid.rows])


def _layout(found: Match) -> str:
    return "+".join(sorted({row.grid.layout if row.grid else "lines" for row in found.rows if row.values}))


def _printed_lines(rows: Sequence[Row]) -> list[tuple[str, int, list[str]]]:
    """Printed lines of the tables: place of the line, number of its first cell, its cells."""
    lines: list[tuple[str, int, list[str]]] = []
    open_line, texts = None, []
    for text, place in _printed_cells(rows):
        if open_line and place.startswith(open_line):
            texts.append(text)
            continue
        line, _, number = place.partition(":C")
        texts = [text]
        lines.append((line, int(number or 1), texts))
        open_line = f"{line}:C" if number else None
    return lines


def _printed_cells(rows: Sequence[Row]) -> Iterator[Cell]:
    grids = {id(row.grid): row.grid for row in rows if row.grid}
    for row in rows:
        if row.grid is None:
            yield from row.labels + row.values
        elif grid := grids.pop(id(row.grid), None):
            yield from (cell for cells in grid.rows for cell in cells if cell)


# -- many documents -----------------------------------------------------------------------------------------------


def build(raw: str | Path, out: str | Path, processes: int | None = None, progress: bool = True) -> "Path":
    """Read every document under `raw` and publish the tables in `out`; return `out`.

    The bytes written depend on the documents alone, not on `processes`. A run that is stopped leaves `out` as it was.
    """
    raw, out = Path(raw), Path(out)
    if processes is not None and processes < 1:
        raise ValueError(f"processes={processes}: choose 1 or more, or None for all cores")
    names = list_documents(raw, out)
    batches = [names[at : at + BATCH] for at in range(0, len(names), BATCH)]
    with Publication(out) as publication, _progress(len(names), progress) as bar:
        for tables, count in _map(partial(_read_batch, raw), batches, processes):
            publication.write(tables)
            bar.update(count)
    return out


def list_documents(raw: Path, out: Path) -> list[str]:
    """Names of the documents under a folder, sorted; a clear error when there are none."""
    if not raw.is_dir():
        raise ValueError(f"{raw}: no such folder; name the folder that holds the reports")
    if out.resolve().is_relative_to(raw.resolve()):
        raise ValueError(f"{out}: lies inside {raw}; choose a folder outside it")
    files = [path for path in raw.rglob("*") if not path.is_dir() or _named_like_a_file(path)]
    names = sorted(path.relative_to(raw).as_posix() for path in files if path.name not in NO_DOCUMENT)
    names = [name for name in names if not any(part.startswith(".") for part in name.split("/"))]
    if not names:
        raise ValueError(f"{raw}: holds no document; put reports there as text or HTML files")
    return names


def _named_like_a_file(path: Path) -> bool:
    return path.suffix.lower() in (".txt", ".html", ".htm") and not any(path.iterdir())


def read_file(raw: Path, name: str) -> Result:
    """Read one document of a folder; a file that cannot be opened gives a `Result` with that error."""
    try:
        with (raw / name).open("rb") as file:
            return read_bytes(file.read(), name)
    except OSError as problem:
        return Result(name, error=f"cannot be opened: {problem.strerror or problem}")


def _read_batch(raw: Path, names: Sequence[str]) -> tuple[Tables, int]:
    collecting = gc.isenabled()
    gc.disable()  # reading makes no cycles, and the collector would walk all results again and again
    try:
        return to_tables([read_file(raw, name) for name in names]), len(names)
    finally:
        if collecting:
            gc.enable()


def _map(work, batches: Sequence[Sequence[str]], processes: int | None) -> Iterator:
    """Do the batches in order, on all cores, with few of them waiting at any time."""
    processes = min(processes or os.cpu_count() or 1, len(batches))
    if processes == 1:
        yield from map(work, batches)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from _window(pool, work, iter(batches), processes + 1)


def _window(pool: ProcessPoolExecutor, work, batches: Iterable, size: int) -> Iterator:
    waiting = deque()
    for batch in batches:
        waiting.append(pool.submit(work, batch))
        if len(waiting) >= size:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _progress(total: int, wanted: bool):
    from tqdm import tqdm

    return tqdm(total=total, unit=" reports", desc="reading", disable=None if wanted else True)
