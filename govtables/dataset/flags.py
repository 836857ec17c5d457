"""What the audit holds against each number: the flags that go with it wherever it goes.

In: cells, proposals and findings of a report; later, findings across reports. Out: a `Flag` a cell. Next:
`store`, `indicators`, exports, pages.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from govtables.dataset.dictionary import severities
from govtables.records import (
    CLEAN, CONTRADICTED, DOUBTED, LOCATED, PRINTED_TWICE, CellRow, Change, Finding, Flag,
)

PROSE = ("statement",)  # what a sentence says against a number stands in `statements`
UNDONE, PROPOSED = "audit_stopped", "contradiction"
CLEAR = Flag()
DOUBTS, CHANGES, OPEN = range(3)  # a finding doubts a cell, proposals change some cell of it, or none does
Left = dict[str, tuple[bool, float, float | None]]  # by cell: located, and between what it should lie


def flag_cells(
    cells: Sequence[CellRow], proposals: Sequence[Change], findings: Sequence[Finding]
) -> list[Flag]:
    """Say of each cell of a report what the audit holds against its number.

    ``located``: the number that must change by the only smallest proposal; ``contradicted``: an identity with
    it fails, or it is no count, or some proposal changes it, and nothing tells which number is wrong;
    ``doubted``: a sum with it fails that a located number explains, or a weaker witness is against it; else
    ``clean``.
    """
    left = _list_left(proposals)
    said: dict[str, dict[str, int]] = defaultdict(dict)  # by cell, each kind of finding and its weight
    for finding in findings:
        for code, weight in _accuse(finding, cells, left):
            said[code][finding.kind] = max(weight, said[code].get(finding.kind, DOUBTS))
    located = {code.partition(".")[0] for code, (alone, *_) in left.items() if alone}
    for code in left.keys() - said.keys():  # of a larger slip, whose sums may all hold
        said[code][PROPOSED] = DOUBTS if code.partition(".")[0] in located else CHANGES
    if not said:
        return [CLEAR] * len(cells)
    return [_flag(cell, said[code], left) if (code := _code(cell)) in said else CLEAR for cell in cells]


def _code(cell: CellRow | Change) -> str:
    return f"{cell.table}.{cell.row}.{cell.column}"


def _list_left(proposals: Sequence[Change]) -> Left:
    """What the proposals leave for each cell that they change: the only one's, or what is printed as well."""
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in proposals:
        changes[_code(change)].append(change)
    left: Left = {}
    for code, some in changes.items():
        alone = [change for change in some if change.unique]
        ends = [(change.low, change.high) for change in alone or some]
        ends += [(one.printed, one.printed) for one in some if not alone and one.printed is not None]
        lows, highs = zip(*ends, strict=True)
        left[code] = bool(alone), min(lows), None if None in highs else max(highs)
    return left


def _accuse(finding: Finding, cells: Sequence[CellRow], left: Left) -> Iterator[tuple[str, int]]:
    """Name the cells that a finding is about, and tell how much it says against each."""
    severity, codes = severities()[finding.kind], finding.cells
    if severity == "note" or finding.kind in PROSE:
        return
    if not codes and severity == "error":  # more is wrong than could be found, or nothing was audited
        codes = [_code(cell) for cell in cells if finding.table in (None, cell.table)]
    if finding.kind == PRINTED_TWICE:  # a decision may have given them their numbers
        codes = [code for cell in cells if cell.value is None and (code := _code(cell)) in codes]
    doubts = severity != "error" or finding.kind == UNDONE or any(left[c][0] for c in codes if c in left)
    weight = DOUBTS if doubts else CHANGES if any(code in left for code in codes) else OPEN
    yield from ((code, weight) for code in codes)


def _flag(cell: CellRow, said: Mapping[str, int], left: Left) -> Flag:
    by, weight = ", ".join(said), max(said.values())
    located, *ends = left.get(_code(cell), (False, cell.value, cell.value))
    if located or weight:
        open_ends = weight == OPEN and _code(cell) not in left
        return Flag(LOCATED if located else CONTRADICTED, by, *((0.0, None) if open_ends else ends))
    return Flag(DOUBTED, by) if cell.value is not None or PRINTED_TWICE in said else Flag()


def add_doubts(cells: pa.Table, doubts: Mapping[tuple[str, str], Iterable[str]]) -> pa.Table:
    """Flag cells that other reports speak against: by report and code, the kinds of findings."""
    reports, codes = (pa.array({one[n] for one in doubts}, pa.string()) for n in (0, 1))
    of_those = pc.is_in(cells["report_id"], reports).combine_chunks()
    axes = (cells[axis].filter(of_those).cast(pa.string()) for axis in ("table", "row", "column"))
    named = pc.is_in(pc.binary_join_element_wise(*axes, "."), codes).combine_chunks()
    of_those = pc.replace_with_mask(of_those, of_those, named)
    if not pc.any(of_those).as_py():
        return cells
    known = ["report_id", "table", "row", "column", "flag", "flagged_by"]
    rows = cells.select(known).filter(of_those).to_pylist()
    for row in rows:
        code = ".".join((row["table"], row["row"], row["column"]))
        if kinds := doubts.get((row["report_id"], code)):
            row["flag"] = DOUBTED if row["flag"] == CLEAN else row["flag"]
            row["flagged_by"] = ", ".join(dict.fromkeys(filter(None, [row["flagged_by"], *kinds])))
    for name in ("flag", "flagged_by"):
        at, kind = cells.schema.get_field_index(name), cells.schema.field(name)
        texts = cells[name].cast(pa.string()).combine_chunks()
        flagged = pa.array([row[name] for row in rows], pa.string())
        texts = pc.replace_with_mask(texts, of_those, flagged)
        cells = cells.set_column(at, kind, texts.dictionary_encode().cast(kind.type))
    return cells
