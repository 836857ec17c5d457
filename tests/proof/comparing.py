"""What tests of comparisons share: reports of a town, fingerprinted and compared."""

import numpy as np

from govtables.forms import form
from govtables.proof import (
    MARK, Comparison, Fingerprint, find_jumps, fingerprint, make_index, mark, read_fingerprint, relate,
    take_jumping, tell_changes, tell_jump, write_fingerprint,
)
from govtables.records import CellRow

TOWN, COUNTY = "花街镇人民政府", "永康市"
OTHER = {"requests granted total": 1, "requests received total": None}
APPLICANTS = [column.code for column in form("2021").columns["requests", "applicants"]]
BUSY = {f"requests received {column}": n for n, column in enumerate(APPLICANTS, 1)} | {
    f"requests granted {column}": 10 + n for n, column in enumerate(APPLICANTS, 1)
}


def make_cells(generation: str = "2021", numbers: dict | None = None, status: str = "reported") -> list[CellRow]:
    """All cells of a form, 0 but for the given numbers; None is a blank."""
    given = {tuple(code.split()): value for code, value in (numbers or {}).items()}
    cells = []
    for table, row, column in form(generation).cells():
        value = given.pop((table, row.code, column.code), 0)
        how = "blank" if value is None else status
        cells.append(CellRow(table, row.code, column.code, value if value is None else float(value), how, "", None, "L1"))
    assert not given
    return cells


def make(
    name: str, year: int | None, numbers: dict | None = None, issuer: str | None = TOWN, generation: str = "2021", **facts
) -> Fingerprint:
    report = {"report_id": name, "sha256": name.encode().hex(), "issuer": issuer, "year": year, "error": None} | facts
    return fingerprint(report, make_cells(generation, numbers))


def run(*fingerprints: Fingerprint, hierarchy=(), links=()) -> list:
    """Compare all reports, in the order of their names, as a build does part by part."""
    some = sorted(fingerprints, key=lambda one: one.report_id.replace("#", "\0"))
    lines = [*map(write_fingerprint, some)]
    index = make_index(np.frombuffer(b"".join(map(mark, some, lines)), MARK))
    comparison = Comparison(index, lambda row: read_fingerprint(lines[row]), relate(hierarchy, links))
    compared = [*map(comparison.compare, range(len(some)))]
    pairs = [(one.report, one.before) for one in compared if one.before]
    now, then = (take_jumping(pair[n] for pair in pairs) for n in (0, 1))
    jumps: dict = {}
    for jump in find_jumps([tell_changes([(one.level, one.year) for one, _ in pairs], now, then)])[0]:
        one, before = pairs[jump.pair]
        told = tell_jump(jump, now[jump.pair, jump.cell], then[jump.pair, jump.cell], before.report_id)
        jumps.setdefault(one.report_id, []).append(told)
    return [
        (one.report.report_id, check) for one in compared for check in [*one.checks, *jumps.get(one.report.report_id, ())]
    ]


def checks(*fingerprints: Fingerprint, of: str, check: str, hierarchy=()) -> list:
    return [found for report, found in run(*fingerprints, hierarchy=hierarchy) if (report, found.check) == (of, check)]


def says(*fingerprints: Fingerprint, of: str, check: str, hierarchy=()) -> list[tuple[str, str | None]]:
    return [(found.verdict, found.message) for found in checks(*fingerprints, of=of, check=check, hierarchy=hierarchy)]


HIERARCHY = [("永康市人民政府", "花街镇"), (COUNTY, "石柱镇"), (COUNTY, "石柱镇人民政府")]
