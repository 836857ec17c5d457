"""What is read by the plan of a shape is what matching reads, in every byte; plans do serve, and refuse sums."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from extract.lossy_tables import make_table, print_table, without
from extract.mutants import UNITS, Sections, change_cells, mutate, numbers, read_sections, renumber
from synthetic import LAYOUTS

from govtables.extract import match, plans
from govtables.extract.match import match_form, tell_layout
from govtables.extract.plans import MOST_SHAPES, PLAIN, read_shape, recall, shape_of
from govtables.extract.sections import split_sections
from govtables.forms import Alias, collect_wording
from govtables.language import to_chinese
from govtables.readers import Cell, Grid, Section, open_document
from govtables.records import Finding

WORDING = collect_wording(())


@pytest.fixture(autouse=True)
def forgotten():
    shape_of.cache_clear()


def told(sections: Sections) -> tuple:
    """All that who reads on looks at, in both languages."""
    found = match_form(sections)
    said = [to_chinese(cell.reason) for cell in found.cells] + [to_chinese(one.message) for one in found.findings]
    lone = Counter(cell.text for row in found.rows if row.grid is None for cell in row.labels + row.values)
    signs = [str(cell.value) for cell in found.cells]
    return (
        *(found.generation, found.cells, signs, found.findings, found.ledger, found.known_labels, said, lone),
        *(tell_layout(found), bool(found.rows)),
    )


def told_without_plans(sections: Sections, monkeypatch: pytest.MonkeyPatch) -> tuple:
    with monkeypatch.context() as patch:
        patch.setattr(match, "recall", lambda *_: {})
        return told(sections)


def served(sections: Sections) -> set[str]:
    return {*recall(WORDING, sections)}


def compare(sections: Sections, rng: random.Random, monkeypatch: pytest.MonkeyPatch) -> int:
    """Reports of one shape with many numbers, each read with plans and without; how many tables were planned."""
    many = [sections, *(renumber(sections, draw) for draw in numbers(rng))]
    for report in (sections, *rng.sample(many, len(many))):
        assert told(report) == told_without_plans(report, monkeypatch)
    return len(served(sections))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_plans_read_is_what_matching_reads(layout, monkeypatch):
    planned = 0
    for seed in range(2):
        rng, sections = random.Random(f"{seed} {layout}"), read_sections(seed, layout)
        planned += compare(sections, rng, monkeypatch)
        planned += sum(compare(mutate(sections, rng), rng, monkeypatch) for _ in range(4))
    assert planned > 5


def test_plans_serve_a_shape_from_the_third_report_on(monkeypatch):
    sections = read_sections(1, "L1")
    assert [len(served(sections)) for _ in range(3)] == [0, 3, 3]
    monkeypatch.setattr(plans, "match_table", None)  # is asked no more
    assert [one.value for one in match_form(renumber(sections, lambda: "7")).cells].count(7.0) > 150


def test_no_plan_where_sums_tell_the_places_of_values():
    table = make_table(3)
    whole = [*split_sections(open_document(print_table(table).encode(), "a.txt"))]
    lossy = table | {"granted": without(table["granted"], 2)}
    damaged = [*split_sections(open_document(print_table(lossy).encode(), "a.txt"))]
    assert [served(tuple(whole)) for _ in range(3)][-1] == {"requests"}
    assert [served(tuple(damaged)) for _ in range(3)] == [set()] * 3


def test_no_plan_that_other_numbers_deny(monkeypatch):
    """Where a step looks at numbers without saying so, trying the plan on others finds it out, though all reports say zero."""
    sections, own = read_sections(1, "L1"), plans.match_table

    def look(known, table, rows, found):
        one, matched = own(known, table, rows, found)
        busy = any(cell.value for cell in one.cells)
        return replace(one, findings=[Finding("odd", table, None, None, "")] if busy else []), matched

    monkeypatch.setattr(plans, "match_table", look)
    reports = [renumber(sections, lambda: number) for number in ("0", "0", "0", "3")]
    assert [len(served(one)) for one in reports] == [0, 3, 0, 0]


@pytest.mark.parametrize("unit", [*UNITS, "（单位：万件）", "（单位：千元）"])
def test_zeros_tell_nothing_of_other_numbers(unit, monkeypatch):
    """Zero is the same in all units, with any sign, and in sums that do not hold: what follows is not."""
    for seed, layout in enumerate(LAYOUTS):
        rng, sections = random.Random(f"{unit} {layout}"), read_sections(seed, layout)
        noted = change_cells(sections, lambda cell: cell._replace(text=cell.text + unit) if rng.random() < 0.1 and not PLAIN.fullmatch(cell.text) else cell)
        for draw in (lambda: "0", lambda: "0", lambda: "0", lambda: "0", lambda: str(rng.randint(1, 99_999)), lambda: "-3"):
            assert told(one := renumber(noted, draw)) == told_without_plans(one, monkeypatch)


def test_a_table_of_blanks_has_no_plan(monkeypatch):
    grid = Grid(((Cell("", "T1:R1:C1"), Cell("", "T1:R1:C2")),), "columns", "html")
    blank = (Section(2, Cell("二、主动公开政府信息情况", "L1"), (grid,)),)
    for _ in range(4):
        assert told(blank) == told_without_plans(blank, monkeypatch)


def print_rules(*places: str) -> Sections:
    texts = (("详表", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), ("", "规章", "1", "2", "3"))
    cells = iter([Cell(text, place) for text, place in zip([text for row in texts for text in row], places, strict=True)])
    grid = Grid(tuple(tuple(next(cells) for _ in row) for row in texts), "columns", "html")
    return (Section(2, Cell("二、主动公开政府信息情况", "L1"), (grid,)),)


def test_a_plan_serves_no_report_whose_texts_share_other_lines(monkeypatch):
    """A note is of the header where it stands in its line: places tell, which no key holds."""
    own = print_rules(*(f"T1:R{r}:C{c}" for r in (1, 2) for c in range(5)))
    other = print_rules("T1:R9:C0", *(f"T1:R1:C{c}" for c in range(1, 5)), *(f"T1:R2:C{c}" for c in range(5)))
    assert read_shape(own[0])[0] == read_shape(other[0])[0]
    assert [served(own) for _ in range(3)] == [set(), {"disclosure"}, {"disclosure"}]
    assert [one.spent for one in match_form(own).ledger if one.text == "详表"] == ["header"]
    assert served(other) == set()
    assert told(other) == told_without_plans(other, monkeypatch) != told(own)


def test_no_plan_serves_a_table_that_goes_on_in_another_chapter(monkeypatch):
    sections = read_sections(1, "L1")
    row = (Cell("规章", "Z1:C1"), *(Cell("4", f"Z1:C{c}") for c in (2, 3, 4)))
    stray = (*sections, Section(9, Cell("九、附表", "Y1"), (Grid((row,), "columns", "html"),)))
    for _ in range(4):
        assert told(stray) == told_without_plans(stray, monkeypatch)
    assert len(served(stray)) == 3
    assert told(stray) != told(sections)


def test_what_has_no_key_has_no_plan():
    *_, section = read_sections(1, "L1")[:3]
    assert read_shape(section)[0]
    for cell in (Cell("a\0b", "L1"), Cell("规章", "")):
        assert read_shape(type(section)(2, None, (*section.blocks, cell)))[0] is None


def test_local_aliases_and_repeated_chapters_have_no_plans():
    sections = read_sections(1, "L1")
    for _ in range(3):
        assert served((*sections, *sections)) == set()
        match_form(sections, (Alias("disclosure", "row", "rules", "章程"),))
    assert shape_of.cache_info().currsize == 0


def test_memory_is_bounded():
    *_, section = read_sections(1, "L1")[:3]
    for n in range(MOST_SHAPES + 10):
        shape_of(n.to_bytes(4))
    assert shape_of.cache_info().currsize == MOST_SHAPES


def test_threads_read_the_same(monkeypatch):
    sections = [read_sections(seed, "L1") for seed in range(2)] * 8
    plain = [told_without_plans(one, monkeypatch) for one in sections]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(told, sections)) == plain
