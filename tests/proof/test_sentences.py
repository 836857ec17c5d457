"""Sentences are made from codes and numbers; each says what it was given."""

import pytest

from govtables.forms import parts
from govtables.language import tell
from govtables.proof.bounds import Bounds
from govtables.proof.local_lines import Addition
from govtables.proof.locate import Located, Proposal, Shift
from govtables.proof.sentences import (
    tell_addition,
    tell_blanks,
    tell_contradiction,
    tell_inferred,
    tell_refused,
    tell_sides,
)
from govtables.records import CellRow

CELL = CellRow("disputes", "review", "upheld", 2.0, "reported", "2", None, "L1")
CELLS = [CELL, CELL._replace(column="corrected"), CELL._replace(column="other", value=None, status="blank")]
ONE = Proposal((Shift(0, 2.0, 3.0, 3.0),), None)
TWO = Proposal((Shift(1, 2.0, 20.0, 20.0),), tell("proof.digit_dropped"))
ZERO = Proposal((Shift(0, 0.0, 1.0, 1.0),), "a row left at zero", "line")
LINE = Proposal((Shift(1, 2.0, 0.0, 0.0),), None, "line")


@pytest.mark.parametrize(
    ("low", "high", "verdict", "said"),
    [
        (2.0, 2.0, "fails", "the left side is 2 more than the right"),
        (2.0, None, "fails", "the left side is at least 2 more than the right"),
        (-3.0, -3.0, "fails", "the right side is 3 more than the left"),
        (None, -3.0, "fails", "the right side is at least 3 more than the left"),
        (None, 1.0, "undecided", "a cell without a number stands in it"),
        (0.0, 0.0, "holds", None),
    ],
)
def test_by_how_much_sides_differ(low: float | None, high: float | None, verdict: str, said: str | None) -> None:
    assert tell_sides(low, high, verdict) == said


@pytest.mark.parametrize(
    ("added", "difference", "said"),
    [
        (2.0, 0.0, "the local line beside it (本地) counted as 2"),
        (0.0, 0.0, "本地 not counted"),
        (None, -2.0, "the sides differ by 2, and whether the local line beside it (本地) is counted cannot be told"),
        (None, None, "whether the local line beside it (本地) is counted cannot be told"),
    ],
)
def test_whether_a_local_line_is_counted(added: float | None, difference: float | None, said: str) -> None:
    assert tell_addition(Addition(added, ("extra.本地",)), difference) == said


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("holds", "1 blank, which can all be zero; 0 must be"),
        ("fails", "1 blank, which cannot all be zero; 0 must be"),
        ("undecided", "1 blank, 0 of which must be zero; the rest stands in no identity, or in contradictions"),
    ],
)
def test_blanks(verdict: str, said: str) -> None:
    assert tell_blanks(verdict, 1, 0) == said


def test_a_reason_names_its_identities_and_keeps_what_was_said_before() -> None:
    part = parts("2021", "requests")[0]
    bound = Bounds(2.0, 2.0, 1, 1)
    name = part.equations[0].title()
    assert tell_inferred(part, CELL._replace(reason="worn"), bound) == f"only 2 satisfies {name}; worn"
    many = tell_inferred(part, CELL, Bounds(2.0, 2.0, 0b111111, 0))
    assert many.endswith(" and 2 more") and many.count(",") == 3
    assert tell_refused(CELL._replace(reason="worn"), Bounds(1.0)) == "worn, where the identities leave 1 or more"


@pytest.mark.parametrize(("check", "what"), [("non_negative", "a negative number"), ("whole_number", "no whole number")])
def test_a_number_that_is_no_count(check: str, what: str) -> None:
    assert tell(f"proof.off_{check}", code="disputes.review.upheld", value=2.0) == f"disputes.review.upheld is 2, {what}, where cases are counted"


@pytest.mark.parametrize(
    ("located", "said"),
    [
        pytest.param(Located((), True, ()), ["more than 3 cells are wrong", "compare the whole table"], id="too many"),
        pytest.param(Located((), False, ()), ["the search was stopped"], id="stopped"),
        pytest.param(
            Located((ONE,), True, (TWO,)),
            ["1 cell is changed", "the only way: disputes.review.upheld is 2, should be 3.", "Otherwise one slip"],
            id="one way",
        ),
        pytest.param(
            Located((ONE, TWO), False, ()),
            ["at least 2 ways", "One slip explains all", "should be 20 (a digit dropped)."],
            id="two ways",
        ),
        pytest.param(Located((ONE,), True, ()), ["Changing the fewest cells, the identities"], id="what was searched"),
        pytest.param(Located((), True, (ZERO,)), ["one slip alone explains", "(a row left at zero)."], id="a line"),
        pytest.param(Located((), True, (ZERO, LINE)), ["compare", "One slip explains", "do, too: 1 way,"], id="two lines"),
    ],
)
def test_what_would_satisfy_the_identities(located: Located, said: list[str]) -> None:
    told = tell_contradiction(CELLS, located)
    assert [words for words in said if words not in told] == []


def test_a_decided_and_an_unknown_number_are_told_apart() -> None:
    cells = [CELL._replace(status="decided"), *CELLS[1:]]
    proposal = Proposal((Shift(0, 2.0, 3.0, 5.0), Shift(2, None, 1.0, 1.0)), None)
    told = tell_contradiction(cells, Located((proposal,), True, ()))
    assert "2 cells are changed" in told and "upheld was decided as 2, should be 3 to 5; " in told
    assert "other is not known, should be 1." in told


def test_sentences_name_cells_by_their_labels_in_chinese() -> None:
    cells = [CELL._replace(status="decided"), *CELLS[1:]]
    told = tell_contradiction(cells, Located((ONE,), True, (TWO,)))
    assert told.zh == (
        "要使本表勾稽关系成立，最少须改动1个单元格：唯一的改法是“行政复议·结果维持”经人工认定为2，应为3。"
        "此外，另有一种差错可以解释全部矛盾：“行政复议·结果纠正”现为2，应为20（漏了一位数字）。"
    )
    many = tell_inferred(parts("2021", "requests")[0], CELL, Bounds(2.0, 2.0, 0b111111, 0))
    assert many.zh.startswith("按勾稽关系（“本年新收政府信息公开申请数量”行") and many.zh.endswith("等6项关系）推算，只能为2")


def test_braces_in_a_name_are_a_name() -> None:
    assert tell("proof.no_report", year=2021, name="{year}镇") == "no report of 2021 by {year}镇 in the dataset"
