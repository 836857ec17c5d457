"""What judges a cell: whether what was read is what was printed; and how results are printed.

In: a made `Sample`, the cells that were read. Out: a verdict for each cell, rows in columns. Next: all
benchmarks.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from govtables.pipeline import read_bytes
from govtables.records import CellRow, is_local
from synthetic import Code, Printed, Sample

SEED_STEP = 1_000_000  # reports of different --seed never share a seed
VERDICTS = ("right", "missing", "flagged", "other", "wrong")
Read = dict[Code, tuple[float | None, str]]


def same(value: float | None, figure: float | None) -> bool:
    """Tell whether two numbers are equal up to rounding in the last bits."""
    return (
        value is not None and figure is not None and math.isclose(value, figure, rel_tol=1e-9, abs_tol=1e-9)
    )


def judge_number(truth: Printed, value: float, status: str) -> str:
    """Judge a cell for which the reader gives a number."""
    if status == "reported":
        return "right" if truth.kind == "number" and same(value, truth.value) else "wrong"
    if status == "inferred" and same(value, truth.figure):
        return "flagged" if truth.kind == "number" else "right"
    return "wrong"


def judge(truth: Printed, value: float | None, status: str, invisible: bool) -> str:
    """Judge one cell; `invisible` says that the layout prints nothing for a blank.

    `other` is a cell without a number that the reader says is another kind of cell without a number.
    """
    if value is not None:
        return judge_number(truth, value, status)
    if truth.kind == "number":
        return "missing" if status in {"absent", "blank"} else "flagged"
    if truth.kind in {"lost", "absent"} or status == truth.kind or (invisible and truth.kind == "blank"):
        return "right"
    return "other"


def read_cells(sample: Sample) -> tuple[Read, int, str | None]:
    """Read a sample; return its cells by code, the number of numbers given twice, and the error."""
    try:
        result = read_bytes(sample.data, sample.name)
    except Exception as error:  # a document never raises: the benchmark counts it and goes on
        return {}, 0, f"raised {type(error).__name__}: {error}"
    return *by_code(result.cells), result.error


def by_code(found: Iterable[CellRow]) -> tuple[Read, int]:
    """Return the statutory cells by code, and the number of those given twice."""
    cells = [cell for cell in found if not is_local(cell)]
    read = {tuple(cell[:3]): (number(cell[3]), str(cell[4])) for cell in cells}
    return read, len(cells) - len(read)


def number(value: float | None) -> float | None:
    """Read a missing number in either of its spellings as None."""
    return None if value is None or math.isnan(value) else float(value)


def judge_report(sample: Sample, read: Read) -> Iterator[tuple[Code, str]]:
    """Judge every statutory cell, and every number under a code that the form does not have."""
    for code, truth in sample.truth.items():
        value, status = read.get(code, (None, "absent"))
        yield code, judge(truth, value, status, code[0] in sample.invisible)
    for code, (value, _) in read.items():
        if code not in sample.truth and value is not None:
            yield code, "wrong"


def fold(text: object) -> str:
    """Fold width and drop blanks, so that only words and digits are compared."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def to_number(text: str) -> float | str:
    """Read a cell of a frame as a number where it plainly is one."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return text


def truth_rows(sample: Sample) -> Iterator[tuple[str | None, list[float | str]]]:
    """Yield each printed row of the form: its label (none in table C), its printed cells in order."""
    rows = groupby(
        sample.truth.items(), key=lambda item: "disputes" if item[0][0] == "disputes" else item[0][:2]
    )
    for row, cells in rows:
        printed = [to_number(fold(truth.raw)) for _, truth in cells if truth.raw]
        if printed:
            yield (None if row == "disputes" else fold(sample.labels.get(row, ""))), printed


def without_repeats(cells: Iterable[object]) -> list[object]:
    """Collapse runs of equal cells: pandas repeats a spanned cell, and that is no error here."""
    return [cell for cell, _ in groupby(cells)]


def holds(row: list[str], label: str | None, printed: list[float | str]) -> bool:
    """Tell whether a frame's row holds exactly the printed cells in order behind the label."""
    if label is None:
        cells = row
    elif label in row:
        cells = row[len(row) - row[::-1].index(label) :]
    else:
        return False
    return len(cells) >= len(printed) and without_repeats(map(to_number, cells)) == without_repeats(printed)


def share(part: int, whole: int) -> str:
    """Write a percentage."""
    return f"{100 * part / whole:.2f}" if whole else "-"


def print_aligned(header: Sequence[str], rows: Iterable[Sequence[str]], signs: str) -> None:
    """Print rows in columns, words to the left (<), numbers to the right (>); the last sign goes on."""
    lines = [header, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    signs = signs.ljust(len(widths), signs[-1])
    for line in lines:
        cells = zip(line, signs, widths, strict=True)
        print("  ".join(f"{text:{sign}{width}}" for text, sign, width in cells).rstrip())
    print()
