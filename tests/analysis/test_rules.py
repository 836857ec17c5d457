"""Rules of one's own: verdicts of known and unknown cells, mistakes, and what importing them loads."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from govtables.analysis.rules import COLUMNS, check
from govtables.forms import form
from tests.analysis.made import CONCLUDED, GRANTED, NORMATIVE, bound, make, published


def rule(*line: str) -> pd.DataFrame:
    return pd.DataFrame([("mine", *line, "As it should be")], columns=["rule", *COLUMNS])


WITHIN = "requests.received.total + requests.carried_in.total"
IN_1, IN_OPEN, CARRIED_IN = {"carried_in__total": 1}, {"carried_in__total": None}, (
    "requests", "carried_in", "total", 2, 5
)


@pytest.mark.parametrize(
    ("numbers", "line", "expected", "verdict"),
    [
        pytest.param(
            {"granted__total": 5, "received__total": 4} | IN_1, (GRANTED, "<=", WITHIN), (5, 5), "holds",
            id="equal"
        ),
        pytest.param(
            {"granted__total": 6, "received__total": 4} | IN_1, (GRANTED, "<=", WITHIN), (6, 5), "fails",
            id="more"
        ),
        pytest.param({"granted__total": 6}, (GRANTED, ">=", "5"), (6, 5), "holds", id="number"),
        pytest.param({"granted__total": 6}, (GRANTED, ">=", "6.5"), (6, 6.5), "fails", id="decimal number"),
        pytest.param({"granted__total": 6}, (GRANTED, ">=", "-1"), (6, -1), "holds", id="negative number"),
        pytest.param({"granted__total": 6}, (GRANTED, "=", "5"), (6, 5), "fails", id="left is more"),
        pytest.param({"granted__total": 4}, (GRANTED, "=", "5"), (4, 5), "fails", id="left is less"),
        pytest.param({"granted__total": 5}, (GRANTED, "=", "5"), (5, 5), "holds", id="as many"),
        pytest.param(
            {"denied_state_secret__total": 2, "denied_internal_affairs__total": 3},
            ("requests.denied.*.total - requests.denied.state_secret.natural_person", "=", "5"),
            (5, 5),
            "holds",
            id="group and difference",
        ),
    ],
)
def test_a_rule_on_known_cells(numbers, line, expected, verdict):
    found = check(make(**numbers), None, rule(*line)).iloc[0]
    assert (found["left"], found["right"], found["verdict"]) == (*expected, verdict)
    assert found[
        ["left_low", "left_high", "right_low", "right_high"]
    ].tolist() == [expected[0]] * 2 + [expected[1]] * 2
    assert found["message"] == f"As it should be: {expected[0]} {line[1]} {expected[1]} {verdict}"


@pytest.mark.parametrize(
    ("numbers", "line", "ends", "verdict"),
    [
        pytest.param(
            IN_OPEN | {"granted__total": 2}, (GRANTED, "<=", WITHIN), (2, 2, 2, 5), "holds",
            id="holds at the least"
        ),
        pytest.param(
            IN_OPEN | {"granted__total": 6}, (GRANTED, "<=", WITHIN), (6, 6, 2, 5), "fails",
            id="fails at the most"
        ),
        pytest.param(
            IN_OPEN | {"granted__total": 3}, (GRANTED, "<=", WITHIN), (3, 3, 2, 5), "undecided", id="between"
        ),
        pytest.param(
            IN_OPEN | {"granted__total": 6}, (GRANTED, ">=", WITHIN), (6, 6, 2, 5), "holds",
            id="at least, holds"
        ),
        pytest.param(
            IN_OPEN | {"granted__total": 1}, (GRANTED, ">=", WITHIN), (1, 1, 2, 5), "fails",
            id="at least, fails"
        ),
        pytest.param(
            IN_OPEN | {"granted__total": 3}, (GRANTED, "=", WITHIN), (3, 3, 2, 5), "undecided",
            id="may be equal"
        ),
        pytest.param(
            IN_OPEN | {"granted__total": 6}, (GRANTED, "=", WITHIN), (6, 6, 2, 5), "fails",
            id="cannot be equal"
        ),
        pytest.param(
            {"granted__total": None}, (GRANTED, "<=", "5"), (0, np.nan, 5, 5), "undecided",
            id="no upper bound"
        ),
        pytest.param(
            {"granted__total": None}, (GRANTED, ">=", "0"), (0, np.nan, 0, 0), "holds",
            id="a count is not negative"
        ),
        pytest.param(
            {"granted__total": None}, (GRANTED, "<=", GRANTED), (0, np.nan, 0, np.nan), "holds",
            id="what stands on both sides"
        ),
        pytest.param(
            IN_OPEN, (
                WITHIN, ">=", "requests.carried_in.total + requests.granted.total"
            ), (2, 5, 2, 5), "holds", id="shared"
        ),
        pytest.param(
            {"granted__total": None}, (
                f"requests.received.total - {GRANTED}", ">=", "0"
            ), (np.nan, 0, 0, 0), "undecided", id="less"
        ),
    ],
)
def test_unknown_cells_leave_bounds_and_no_guess(numbers, line, ends, verdict):
    found = check(make(**numbers), bound(CARRIED_IN), rule(*line)).iloc[0]
    np.testing.assert_array_equal(
        found[["left_low", "left_high", "right_low", "right_high"]].astype(float), ends
    )
    assert found["verdict"] == verdict
    names = [f"requests.{code.replace('__', '.')}" for code, value in numbers.items() if value is None]
    assert found["message"].endswith(f" {verdict}; unknown: {', '.join(names)}")
    assert pd.isna(found["left"]) or pd.isna(found["right"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ((GRANTED, "<=", WITHIN), "(0 or more) <= (2 to 5) undecided"),
        (("requests.received.total - requests.granted.total", "=", "3"), "(0 or less) = 3 fails"),
        (("requests.granted.total - requests.carried_over.total", "=", "3"), "(any number) = 3 undecided"),
    ],
)
def test_how_bounds_are_told(line, said):
    cells = make(granted__total=None, carried_in__total=None, carried_over__total=None)
    assert check(
        cells, bound(CARRIED_IN), rule(*line)
    )["message"].item().startswith(f"As it should be: {said}; unknown: ")


def test_a_change_may_be_negative():
    found = check(
        make(generation="2019", licence__change=None), None, rule("disclosure.licence.change", ">=", "0")
    ).iloc[0]
    assert found["verdict"] == "undecided"
    assert found[["left_low", "left_high"]].isna().all()


def test_sums_of_decimals_are_equal_up_to_rounding():
    cells = make(fee__amount=0.1, licence__decisions=0.2)
    assert check(
        cells, None, rule("disclosure.fee.amount + disclosure.licence.decisions", "=", "0.3")
    )["verdict"].item() == "holds"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (f"{NORMATIVE}.repealed", f"{NORMATIVE}.in_force"),
        (GRANTED, f"{NORMATIVE}.in_force"),
        (f"{NORMATIVE}.repealed", CONCLUDED),
        (f"{NORMATIVE}.repealed + {GRANTED}", CONCLUDED),
        (f"{GRANTED} - {NORMATIVE}.repealed", CONCLUDED),
    ],
)
def test_what_a_form_does_not_ask_is_not_asked(left, right):
    cells = pd.concat([make(generation="2019").assign(report_id="old.txt"), make()])
    found = check(cells, None, rule(left, "<=", right))
    assert found["verdict"].tolist() == ["not asked", "holds"]
    assert found["message"].tolist() == ["not asked in this form", "As it should be: 0 <= 0 holds"]
    assert found.iloc[0, 2:8].isna().all()


def test_rules_on_the_sample_by_hand():
    lines = [
        ("stock", f"{NORMATIVE}.issued - {NORMATIVE}.repealed", "<=", f"{NORMATIVE}.in_force"),
        ("reviews", "disputes.review.total", "<=", "requests.concluded.total"),
        ("carried", "requests.carried_in.total", "=", "requests.carried_over.total"),
    ]
    rules = pd.DataFrame([(*line, "x") for line in lines], columns=["rule", *COLUMNS])
    found = check(published("cells"), published("bounds"), rules)
    assert found["rule"].tolist() == ["stock", "reviews", "carried"] * 5
    assert dict(
        zip(found["report_id"].str.partition("-")[0] + " " + found["rule"], found["verdict"], strict=True)
    ) == {
        **{"hanyin stock": "holds", "hanyin reviews": "holds", "hanyin carried": "undecided"},
        **{"huajie stock": "holds", "huajie reviews": "holds", "huajie carried": "fails"},
        **{"jiyuan stock": "holds", "jiyuan reviews": "holds", "jiyuan carried": "holds"},
        **{"linping stock": "holds", "linping reviews": "holds", "linping carried": "fails"},
        **{"longgang stock": "holds", "longgang reviews": "holds", "longgang carried": "fails"},
    }
    assert_frame_equal(check(published("cells"), published("bounds"), rules.set_index("rule")), found)


def test_a_verdict_stands_whatever_the_unknown_cells_are():
    """Blank any cells of a report: what holds or fails then is what holds or fails in truth."""
    full = published("cells")
    full = full[full["report_id"].isin(["linping-2022.txt", "longgang-2021.txt"])]
    rng = np.random.default_rng(7)
    names = [f"{table}.{row.code}.{column.code}" for table, row, column in form("2021").cells()]
    pairs = [rng.choice(names, 2, replace=False) for _ in range(60)]
    lines = [(f"r{n}", a, ("<=", "=", ">=")[n % 3], b, "x") for n, (a, b) in enumerate(pairs)]
    rules = pd.DataFrame(lines, columns=["rule", *COLUMNS])
    truth = check(full, None, rules)["verdict"]
    assert set(truth) == {"holds", "fails"}
    for share in (0.1, 0.5):
        told = check(
            full.assign(value=full["value"].mask(rng.random(len(full)) < share)), None, rules
        )["verdict"]
        assert set(told) == {"holds", "fails", "undecided"}
        assert told[told != "undecided"].equals(truth[told != "undecided"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param((GRANTED, "<", "5"), ["no relation '<'", "<=, =, >="], id="relation"),
        pytest.param(("5", "<=", GRANTED), ["no cell '5' in the form"], id="number on the left"),
        pytest.param((GRANTED, "<=", ""), ["'' is no sum of cells"], id="no right side"),
        pytest.param((GRANTED, "<=", "nan"), ["no cell 'nan'"], id="no finite number"),
        pytest.param((GRANTED, "<=", f"{GRANTED} + 5"), ["no cell '5'"], id="number in a sum"),
        pytest.param(
            (GRANTED, "<=", "requests.recieved.total"), ["perhaps requests.received.total"], id="misspelt"
        ),
        pytest.param(
            ("requests.other.fee_unpaid.total", "<=", "disclosure.fee.change"), ["no form asks for both"],
            id="two forms"
        ),
    ],
)
def test_a_mistake_in_a_rule_is_told(line, said):
    with pytest.raises(ValueError) as problem:
        check(make(), None, rule(*line))
    assert [words for words in ["rule 'mine': ", *said] if words not in str(problem.value)] == []


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            rule(GRANTED, "<=", "5").drop(columns="relation"),
            "the column 'relation' is missing; give the columns rule, left, relation"
        ),
        (rule(GRANTED, "<=", "5").assign(en=None), "rule 'mine': en is empty"),
        (
            pd.concat([rule(GRANTED, "<=", "5")] * 2),
            "'mine' stands 2 times; give each line one rule of its own"
        ),
        (rule(GRANTED, "<=", "5").head(0), "no line; give each line"),
    ],
)
def test_a_mistake_in_a_frame_of_rules_is_told(rules, said):
    with pytest.raises(ValueError) as problem:
        check(make(), None, rules)
    assert said in str(problem.value)


def test_numbers_as_a_csv_file_has_them(tmp_path):
    rule(GRANTED, "<=", "5").to_csv(tmp_path / "rules.csv", index=False)
    read = pd.read_csv(tmp_path / "rules.csv")
    assert read["right"].dtype == int
    assert_frame_equal(check(make(), None, read), check(make(), None, rule(GRANTED, "<=", "5")))


def test_rules_need_frames_alone():
    """Importing them loads nothing that reads, matches or proves, and nothing of the extra."""
    code = "import sys, govtables.analysis.rules; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {".".join(name.split(".")[:2]) for name in run.stdout.split()}
    unwanted = {
        f"govtables.{wing}" for wing in ("readers", "extract", "proof", "prose", "issuers", "pipeline")
    }
    assert "govtables.forms" in loaded
    assert loaded & (unwanted | {"matplotlib.pyplot", "scipy.special", "highspy"}) == set()


@pytest.mark.parametrize(("name", "library"), [
    ("figures", "matplotlib"), ("figures", "pylopdf_fonts_zh_cn"), ("indicators", "scipy"),
])
def test_a_library_that_is_missing_is_named_with_its_extra(name, library):
    code = f"import sys; sys.modules[{library!r}] = None; from govtables.analysis import {name}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    said = f"{name} needs {library}; install it with: pip install 'govtables[analysis]'"
    assert run.stderr.splitlines()[-1] == f"ModuleNotFoundError: {said}"


def test_a_module_that_analysis_does_not_have():
    from govtables import analysis

    with pytest.raises(
        AttributeError, match="has no attribute 'plots'; it has cell_verdicts, changes, figures"
    ):
        analysis.plots
