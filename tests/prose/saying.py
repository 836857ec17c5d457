"""What the tests of prose share: sentences with labels, and cells to compare them with."""

import csv
from collections import Counter
from pathlib import Path

from govtables.forms import form
from govtables.prose import find_statements
from govtables.readers import Cell, Grid, Section
from govtables.records import CellRow, Statement

HERE = Path(__file__).parent

with (HERE / "sentences.csv").open(encoding="utf-8", newline="") as file:
    SENTENCES = list(csv.DictReader(file))


def in_prose(*lines: str | Cell | Grid, chapter: int = 1) -> list[Section]:
    blocks = [Cell(line, f"L{n}") if isinstance(line, str) else line for n, line in enumerate(lines, 1)]
    return [Section(chapter, None, tuple(blocks))]


def expected_of(line: dict) -> Counter:
    pairs = (pair.split("=") for pair in line["expected"].split(";") if pair)
    return Counter((quantity, float(value)) for quantity, value in pairs)


def found_in(line: dict) -> Counter:
    statements = find_statements(in_prose(line["sentence"]), [], int(line["year"]) if line["year"] else None)
    return Counter((said.quantity, said.value) for said in statements if said.verdict != "part")


def cells_of(generation: str = "2021", fill: float | None = 0.0, **values: float | None) -> list[CellRow]:
    """Cells of a form, all alike but those named; `requests__received__total=3` names one."""
    named = {tuple(name.split("__")): value for name, value in values.items()}
    codes = [(table, row.code, column.code) for table, row, column in form(generation).cells()]
    assert named.keys() <= set(codes)
    return [CellRow(*code, named.get(code, fill), "reported", "", None, None) for code in codes]


def state(sentence: str, cells: list[CellRow] = (), year: int | None = 2022) -> list[Statement]:
    return find_statements(in_prose(sentence), cells, year)


def verdicts(sentence: str, *args, **values) -> list[str]:
    return [statement.verdict for statement in state(sentence, cells_of(*args, **values))]


COUNTY = {  # cells of one county, to which the sentences below and those marked so in the CSV are true
    "disclosure__normative_document__issued": 3,
    "disclosure__normative_document__repealed": 1,
    "disclosure__normative_document__in_force": 25,
    "disclosure__licence__decisions": 1234567,
    "disclosure__penalty__decisions": 365,
    "disclosure__coercion__decisions": 61,
    "disclosure__fee__amount": 12.5,
    "requests__received__natural_person": 66,
    "requests__received__commercial_enterprise": 6,
    "requests__received__research_institution": 1,
    "requests__received__legal_service_institution": 1,
    "requests__received__total": 74,
    "requests__carried_in__natural_person": 8,
    "requests__carried_in__total": 8,
    "requests__granted__natural_person": 31,
    "requests__granted__commercial_enterprise": 4,
    "requests__granted__total": 35,
    "requests__partially_granted__natural_person": 7,
    "requests__partially_granted__total": 7,
    "requests__denied.third_party_rights__natural_person": 3,
    "requests__denied.third_party_rights__total": 3,
    "requests__unavailable.not_held__natural_person": 22,
    "requests__unavailable.not_held__commercial_enterprise": 2,
    "requests__unavailable.not_held__total": 24,
    "requests__not_processed.repeat_request__natural_person": 5,
    "requests__not_processed.repeat_request__total": 5,
    "requests__other.other__legal_service_institution": 1,
    "requests__other.other__total": 1,
    "requests__concluded__natural_person": 68,
    "requests__concluded__commercial_enterprise": 6,
    "requests__concluded__legal_service_institution": 1,
    "requests__concluded__total": 75,
    "requests__carried_over__natural_person": 6,
    "requests__carried_over__research_institution": 1,
    "requests__carried_over__total": 7,
    "disputes__review__upheld": 5,
    "disputes__review__corrected": 1,
    "disputes__review__other": 1,
    "disputes__review__total": 7,
    "disputes__litigation_direct__upheld": 2,
    "disputes__litigation_direct__pending": 1,
    "disputes__litigation_direct__total": 3,
    "disputes__litigation_after_review__upheld": 1,
    "disputes__litigation_after_review__corrected": 1,
    "disputes__litigation_after_review__total": 2,
}
