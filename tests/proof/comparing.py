"""What tests of comparisons share: reports of a town, fingerprinted and compared."""

import pickle

from govtables.forms import form
from govtables.proof.between_reports import Comparison
from govtables.proof.fingerprints import Fingerprint, fingerprint
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
    panel = Comparison(hierarchy, links)
    for one in fingerprints:
        panel.add(pickle.loads(pickle.dumps(one)))
    return list(panel.checks())


def checks(*fingerprints: Fingerprint, of: str, check: str, hierarchy=()) -> list:
    return [found for report, found in run(*fingerprints, hierarchy=hierarchy) if (report, found.check) == (of, check)]


def says(*fingerprints: Fingerprint, of: str, check: str, hierarchy=()) -> list[tuple[str, str | None]]:
    return [(found.verdict, found.message) for found in checks(*fingerprints, of=of, check=check, hierarchy=hierarchy)]


HIERARCHY = [("永康市人民政府", "花街镇"), (COUNTY, "石柱镇"), (COUNTY, "石柱镇人民政府")]
