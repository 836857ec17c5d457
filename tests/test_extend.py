"""What a user adds without touching the package: aliases beside the reports, own indicators, own rules."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import govtables as gt
from govtables.analysis.indicators import compute, definitions, funnel, pool
from govtables.analysis.rules import COLUMNS, check
from govtables.forms.aliases import AXES, read_aliases
from govtables.forms.form import WITHOUT_CODE, form
from govtables.pipeline.folder import BATCH

TOP = Path(__file__).parents[1]
DOCUMENTS, PARQUET = TOP / "tests" / "documents", TOP / "data" / "parquet"
REPORT = (DOCUMENTS / "pipe-rows-padded.txt").read_text(encoding="utf-8")
SUBTOTALS = (DOCUMENTS / "subtotal-column-pipes.txt").read_text(encoding="utf-8")
HEADER = "table,axis,code,label"
GRANTED, CONCLUDED, NORMATIVE = "requests.granted.total", "requests.concluded.total", "disclosure.normative_document"
PETITION = ("信访举报投诉类申请", "应走信访渠道")  # a label of the form, and one of an office
PETITION_LINE = "requests,row,not_processed.petition_or_complaint,应走信访渠道"


def put(folder: Path, name: str, *lines: str) -> Path:
    """Write a file of these lines into a folder."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / name


def build(raw: Path, name: str = "out", processes: int = 1) -> Path:
    return gt.build(raw, raw.with_name(f"{raw.name}-{name}"), processes=processes, progress=False)


def reword(text: str, printed: str, other: str) -> str:
    assert printed in text
    return text.replace(printed, other)


def read(text: str, folder: Path, *lines: str) -> pd.DataFrame:
    """Cells of a report, read with the lines of a file of aliases."""
    report = put(folder, "a.txt", text)
    return gt.read(report, aliases=put(folder, "mine.csv", HEADER, *lines) if lines else None).cells


def published(name: str) -> pd.DataFrame:
    return pd.read_parquet(PARQUET / name)


# -- aliases: what they do ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "line"),
    [
        pytest.param(PETITION, PETITION_LINE, id="row"),
        pytest.param(("行政强制", "采取强制的决定"), "disclosure,row,coercion,采取强制的决定", id="row of one cell"),
        pytest.param(("自然人", "公民"), "requests,column,natural_person,公民", id="column"),
    ],
)
def test_an_alias_counts_like_a_label_of_the_form(label, line, tmp_path):
    expected, other = read(REPORT, tmp_path), reword(REPORT, *label)
    assert read(other, tmp_path)["reason"].notna().any(), "the label is known without an alias"
    found = read(other, tmp_path, line)
    assert_frame_equal(found.drop(columns="reason"), expected.drop(columns="reason"))
    table, axis, code, said = line.split(",")
    named = found["reason"] == f"{axis} label {said!r} is a local alias"
    assert named.equals((found[axis] == code) & (found["table"] == table))
    assert found.loc[~named, "reason"].isna().all()


def test_where_the_form_has_the_label_too_the_alias_is_not_said_to_have_named_the_row(tmp_path):
    both = reword(REPORT, "(七)总计", "应走信访渠道\n(七)总计")
    assert read(both, tmp_path, PETITION_LINE)["reason"].isna().all()


def test_an_alias_that_is_not_printed_is_not_said_to_have_named_the_row(tmp_path):
    other = reword(REPORT, "6.属于四类过程性信息", "6.属于五类过程信息")
    line = "requests,row,denied.process_information,过程性材料"
    assert_frame_equal(read(other, tmp_path, line), read(other, tmp_path))


def test_a_local_column_gets_its_label(tmp_path):
    other = reword(SUBTOTALS, "小计", "机构数")
    assert set(read(other, tmp_path)["column"]) - set(read(REPORT, tmp_path)["column"]) == {"extra.2"}
    found = read(other, tmp_path, "requests,extra_column,,机构数")
    assert "extra.机构数" in set(found["column"])
    found["column"] = found["column"].cat.rename_categories({"extra.机构数": "extra.小计"})
    assert_frame_equal(found, read(SUBTOTALS, tmp_path))


def test_a_local_row_is_not_taken_for_a_damaged_row_of_the_form(tmp_path):
    other = reword(REPORT, "6.属于四类过程性信息", "6.属于五类过程信息")
    assert read(other, tmp_path)["reason"].dropna().eq("label damaged ('6.属于五类过程信息'); row placed by order").sum() == 7
    found = read(other, tmp_path, "requests,extra,,属于五类过程信息").set_index("row")["status"].astype(str)
    assert found["extra.6.属于五类过程信息"].eq("reported").all()
    assert not found["denied.process_information"].eq("reported").any()


def test_a_line_of_the_header_is_no_row(tmp_path):
    other = reword(REPORT, "二、上年结转", "受理情况 |  |  |  |  |  |  |  |\n二、上年结转")
    assert "extra.受理情况" in set(read(other, tmp_path)["row"])
    found = read(other, tmp_path, "requests,header,,受理情况")
    assert_frame_equal(found.drop(columns="place"), read(REPORT, tmp_path).drop(columns="place"))


def test_what_the_form_declares_already_changes_nothing(tmp_path):
    lines = ["requests,row,granted,予以公开", "requests,column,total,合计", "requests,header,,申请人情况", PETITION_LINE, PETITION_LINE]
    assert [alias.label for alias in read_aliases(put(tmp_path, "aliases.csv", HEADER, *lines))] == [PETITION[1]]


# -- aliases: beside the reports ----------------------------------------------------------------------------------


def test_same_bytes_from_one_process_and_two(tmp_path):
    raw, other = tmp_path / "raw", reword(REPORT, *PETITION)
    put(raw, "aliases.csv", HEADER, PETITION_LINE)
    for n in range(BATCH + 3):
        put(raw, f"{n:03}.txt", other + "\n" * n)
    one, two = (build(raw, str(n), n) for n in (1, 2))
    files = sorted(path.relative_to(one) for path in one.glob("*/*.parquet"))
    assert len(files) == 11
    assert [hashlib.sha256((two / name).read_bytes()).digest() for name in files] == [
        hashlib.sha256((one / name).read_bytes()).digest() for name in files
    ]
    cells = gt.load(two).cells
    assert cells["report_id"].nunique() == BATCH + 3
    assert cells["status"].eq("reported").all()


def test_aliases_hold_for_their_folder_alone(tmp_path):
    text = reword(REPORT, *PETITION)
    plain, own, broken = (tmp_path / name for name in ("plain", "own", "broken"))
    for folder in (plain, own, broken):
        put(folder, "town.txt", text)
    put(own, "aliases.csv", HEADER, PETITION_LINE)
    put(broken, "aliases.csv", HEADER, PETITION_LINE, "requests,row,nothing,x")
    before = gt.load(build(plain)).cells
    assert gt.load(build(own)).cells["reason"].dropna().unique().tolist() == [f"row label {PETITION[1]!r} is a local alias"]
    with pytest.raises(ValueError, match="no row of requests 'nothing'"):
        build(broken)
    assert_frame_equal(gt.load(build(plain, "again")).cells, before)
    assert_frame_equal(gt.read(plain / "town.txt").cells, before)
    assert before["reason"].dropna().str.startswith("label damaged").all()
    assert before["reason"].notna().any()


def test_aliases_are_part_of_what_a_dataset_is_made_of(tmp_path):
    raw = put(tmp_path / "raw", "town.txt", REPORT).parent
    build(raw, "a")
    put(raw, "aliases.csv", HEADER, PETITION_LINE)
    build(raw, "b")
    (tmp_path / "raw-b" / "cells" / "part-0.parquet").replace(tmp_path / "raw-a" / "cells" / "part-0.parquet")
    with pytest.raises(ValueError, match="different builds"):
        gt.load(tmp_path / "raw-a")


def test_the_file_is_no_document_and_stands_at_the_top(tmp_path):
    raw = put(tmp_path / "raw", "town.txt", REPORT).parent
    put(raw, "aliases.csv", HEADER)
    assert gt.load(build(raw)).reports["report_id"].tolist() == ["town.txt"]
    (raw / "aliases.csv").rename(put(raw, "2023/town.txt", REPORT).with_name("aliases.csv"))
    with pytest.raises(ValueError, match="2023/aliases.csv: is not read there; put it at the top, as "):
        build(raw)


# -- aliases: mistakes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param(["request,row,granted,甲乙"], ["line 2", "no table 'request'", "disclosure, requests, disputes"], id="table"),
        pytest.param(["requests,line,granted,甲乙"], ["line 2", "no axis 'line'", ", ".join(AXES)], id="axis"),
        pytest.param(["requests,row,grant,甲乙"], ["line 2", "no row of requests 'grant'", "received, carried_in", "carried_over"], id="row"),
        pytest.param(["disputes,column,sum,甲乙"], ["line 2", "no column of disputes 'sum'", "upheld, corrected"], id="column"),
        pytest.param(["requests,row,upheld,甲乙"], ["no row of requests 'upheld'"], id="code of another table"),
        pytest.param(["requests,row,,甲乙"], ["no row of requests ''", "received"], id="no code"),
        pytest.param(["requests,extra,granted,甲乙"], ["axis extra has no code", "leave 'granted' out"], id="code too much"),
        pytest.param(["requests,row,granted,"], ["line 2", "label is empty", "write the words"], id="no label"),
        pytest.param(["requests,row,granted,(一)"], ["'(一)' is no label", "write the words"], id="item number alone"),
        pytest.param(["requests,row,granted,12"], ["'12' is no label", "write the words"], id="number"),
        pytest.param(["requests,row,granted,无"], ["'无' is no label", "write the words"], id="what a cell holds"),
        pytest.param(
            ["requests,row,granted,部分公开"],
            ["line 2", "'部分公开' already is the row partially_granted of requests, says the form", "delete the line"],
            id="label of another row",
        ),
        pytest.param(["requests,column,natural_person,合 计"], ["already is the column total"], id="label of another column"),
        pytest.param(["requests,extra,,予以公开"], ["already is the row granted"], id="a row of the form is no local one"),
        pytest.param(["requests,header,,自然人"], ["already is the column natural_person"], id="a column is no corner"),
        pytest.param(["disclosure,row,coercion,行政检查"], ["already is a label of the axis extra"], id="a local row is none of the form"),
        pytest.param(
            ["requests,row,granted,甲乙", "", "requests,row,carried_in,甲、乙"],
            ["line 4", "already is the row granted of requests, says line 2", "delete the line"],
            id="one label, two codes",
        ),
        pytest.param(["requests,extra,,甲乙", "requests,extra_column,,甲乙"], ["line 3", "a label of the axis extra"], id="two axes"),
        pytest.param(["requests,row,granted,甲,乙"], ["line 2: 5 values for 4 columns"], id="comma in a label"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line_and_the_remedy(lines, said, tmp_path):
    raw = put(tmp_path / "raw", "town.txt", REPORT).parent
    path = put(raw, "aliases.csv", HEADER, *lines)
    for call in (lambda: build(raw), lambda: gt.read(raw / "town.txt", aliases=path)):
        with pytest.raises(ValueError) as problem:
            call()
        assert [words for words in [str(path), *said] if words not in str(problem.value)] == []
        assert "\n" not in str(problem.value)


def test_columns_of_the_file(tmp_path):
    with pytest.raises(ValueError, match="the column 'axis' is missing; the columns, with commas between, are table,axis,code,label"):
        read_aliases(put(tmp_path, "aliases.csv", "table,code,label", "requests,granted,甲乙"))


def test_a_file_of_aliases_that_is_not_there(tmp_path):
    report = put(tmp_path, "a.txt", REPORT)
    with pytest.raises(ValueError, match="none.csv: no such file; name a CSV file with the columns table,axis,code,label"):
        gt.read(report, aliases=tmp_path / "none.csv")


def test_axes_are_those_that_the_form_declares():
    assert set(AXES) == {"row", "column", *WITHOUT_CODE} == {"row", "column", *form("2021").others}


# -- own indicators -----------------------------------------------------------------------------------------------


def own(**lines: tuple[str, str, str]) -> pd.DataFrame:
    columns = ["kind", "numerator", "denominator"]
    return pd.DataFrame.from_dict(lines, "index", columns=columns).rename_axis("indicator")


def test_an_indicator_of_the_same_definition_is_the_declared_one():
    cells, bounds, known = published("cells"), published("bounds"), definitions()
    renamed = known.rename(index="my_{}".format)[["kind", "numerator", "denominator"]]
    declared, mine = compute(cells, bounds), compute(cells, bounds, renamed)
    assert mine["indicator"].astype(str).tolist() == [f"my_{code}" for code in declared["indicator"]]
    assert_frame_equal(mine.drop(columns="indicator"), declared.drop(columns="indicator"))
    assert_frame_equal(compute(cells, bounds, known.reset_index()), declared)
    pooled = pool(mine, which=renamed)
    assert_frame_equal(pooled.drop(columns="indicator"), pool(declared).drop(columns="indicator"))
    code = "refusal_rate"
    limits = funnel(mine[mine["indicator"] == f"my_{code}"], which=renamed)
    assert_frame_equal(limits, funnel(declared[declared["indicator"] == code]))


def test_a_share_of_ones_own():
    third = definitions().loc[["refusal_rate"]].rename({"refusal_rate": "third_party_refusal"})
    third = third.assign(numerator="requests.denied.third_party_rights.total")
    values = compute(published("cells"), published("bounds"), pd.concat([third, definitions().loc[["refusal_rate"]]]))
    found = values[values["report_id"] == "linping-2022.txt"].set_index("indicator")
    assert found.loc["third_party_refusal", ["numerator", "denominator", "value"]].tolist() == [4, 1048, 4 / 1048]
    assert found.loc["refusal_rate", "numerator"] == 19
    assert pool(values, which=third).set_index("indicator").loc["third_party_refusal", "numerator"] == 4 + 0 + 0 + 2 + 1


REST = f"{CONCLUDED} - {GRANTED}"
DIFFERENCES = {
    "part": ("share", REST, CONCLUDED),
    "whole": ("share", "requests.partially_granted.total", REST),
    "both": ("share", f"{REST} - requests.partially_granted.total", REST),
    "over": ("ratio", "requests.received.total", REST),
    "per": ("per_100", "disputes.review.total", REST),
}


def test_the_value_of_differences_lies_within_what_blanks_leave():
    """Blank any cells of a report, totals above all: the true value stays within."""
    lines, full, rng = own(**DIFFERENCES), published("cells"), np.random.default_rng(3)
    full = full[full["report_id"].isin(["linping-2022.txt", "longgang-2021.txt"])]
    truth = compute(full, which=lines)
    assert truth["value"].notna().all()
    bounds = bound(("requests", "granted", "total", 0, 700), ("requests", "concluded", "total", 100, 1100))
    bounds = pd.concat([bounds.assign(report_id=name) for name in full["report_id"].unique()])
    for _ in range(20):
        blank = (rng.random(len(full)) < 0.5) & (full["column"] == "total")
        left = compute(full.assign(value=full["value"].mask(blank)), bounds, lines)
        assert (left["value_low"].fillna(0) <= truth["value"] + 1e-12).all()
        assert (left["value_high"].fillna(np.inf) >= truth["value"] - 1e-12).all()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(("quota", GRANTED, CONCLUDED), ["no kind 'quota'", "rate, share, per_100, ratio, count"], id="kind"),
        pytest.param(("rate", GRANTED, ""), ["a rate needs a denominator"], id="no denominator"),
        pytest.param(("count", GRANTED, CONCLUDED), ["a count has no denominator"], id="denominator too much"),
        pytest.param(("count", "", ""), ["'' is no sum of cells"], id="no numerator"),
        pytest.param(("rate", f"2 * {GRANTED}", CONCLUDED), [f"'2 * {GRANTED}' is no sum of cells", "with + or -"], id="product"),
        pytest.param(("rate", f"{GRANTED} {GRANTED}", CONCLUDED), ["is no sum of cells"], id="no sign between"),
        pytest.param(("rate", f"{GRANTED} +", CONCLUDED), ["is no sum of cells"], id="sign at the end"),
        pytest.param(("rate", f"{GRANTED} / 2", CONCLUDED), ["is no sum of cells"], id="quotient"),
        pytest.param(("rate", "requests.grant.total", CONCLUDED), ["no cell 'requests.grant.total'", f"perhaps {GRANTED}"], id="row"),
        pytest.param(("rate", GRANTED, "requests.denied.total"), ["perhaps requests.denied.*.total"], id="a group is no row"),
        pytest.param(("rate", "requests.granted", CONCLUDED), ["no cell 'requests.granted'"], id="no column"),
        pytest.param(("rate", f"{GRANTED} + {GRANTED}", CONCLUDED), [f"{GRANTED} stands in it twice"], id="a cell twice"),
        pytest.param(("rate", f"{GRANTED} - {GRANTED}", CONCLUDED), ["stands in it twice"], id="a cell against itself"),
        pytest.param(("count", "requests.granted.*", ""), ["count the same", "a total or its parts"], id="a total and its parts"),
        pytest.param(("count", f"{CONCLUDED} + {GRANTED}", ""), ["count the same"], id="a total and a part"),
        pytest.param(
            ("ratio", "requests.other.fee_unpaid.total", "disclosure.procurement.projects"), ["no form asks for both"], id="two forms"
        ),
        pytest.param(
            ("count", "requests.other.fee_unpaid.total + disclosure.procurement.projects", ""), ["mixes cells of 2019 and 2021"], id="mixed"
        ),
        pytest.param(("count", "disclosure.licence.change", ""), ["disclosure.licence.change may be negative"], id="a change"),
    ],
)
def test_a_mistake_in_an_indicator_is_told(line, said):
    with pytest.raises(ValueError) as problem:
        compute(published("cells"), which=own(mine=line))
    assert [words for words in ["indicator 'mine': ", *said] if words not in str(problem.value)] == []


@pytest.mark.parametrize(
    ("which", "said"),
    [
        pytest.param(own(a=("count", GRANTED, "")).drop(columns="kind"), "the column 'kind' is missing; give the columns indicator, kind"),
        pytest.param(own(a=("rate", GRANTED, CONCLUDED)).rename_axis(None), "the column 'indicator' is missing"),
        pytest.param(pd.concat([own(a=("count", GRANTED, ""))] * 2), "'a' stands 2 times; give each line one indicator of its own"),
        pytest.param(own(**{" ": ("count", GRANTED, "")}), "'' stands 1 times"),
        pytest.param(own(a=("count", GRANTED, "")).head(0), "no line; give each"),
        pytest.param(own(refusal_rate=("count", GRANTED, "")), "'refusal_rate': the package defines it otherwise; choose another code"),
    ],
)
def test_a_mistake_in_a_frame_of_indicators_is_told(which, said):
    with pytest.raises(ValueError) as problem:
        compute(published("cells"), which=which)
    assert said in str(problem.value)


def test_pooling_needs_the_kind():
    values = compute(published("cells"), which=own(mine=("rate", GRANTED, CONCLUDED)))
    for work in (pool, funnel):
        with pytest.raises(ValueError, match="no indicator 'mine'; pass as which the frame that defines it"):
            work(values)


def test_a_missing_denominator_may_be_null():
    lines = own(mine=("count", GRANTED, ""))
    assert_frame_equal(compute(published("cells"), which=lines), compute(published("cells"), which=lines.replace("", None)))


# -- rules --------------------------------------------------------------------------------------------------------


def make(generation: str = "2021", **numbers: float | None) -> pd.DataFrame:
    """All cells of a report: 0, but for those named as `row__column`, with `_` for a point; None is unknown."""
    lines = [
        ("a.txt", table, row.code, column.code, numbers.pop(f"{row.code.replace('.', '_')}__{column.code}", 0))
        for table, row, column in form(generation).cells()
    ]
    assert not numbers
    return pd.DataFrame(lines, columns=["report_id", "table", "row", "column", "value"]).astype({"value": float})


def bound(*lines: tuple[str, str, str, float, float | None]) -> pd.DataFrame:
    columns = ["report_id", "table", "row", "column", "low", "high"]
    return pd.DataFrame([("a.txt", *line) for line in lines], columns=columns).astype({"low": float, "high": float})


def rule(*line: str) -> pd.DataFrame:
    return pd.DataFrame([("mine", *line, "As it should be")], columns=["rule", *COLUMNS])


WITHIN = "requests.received.total + requests.carried_in.total"
IN_1, IN_OPEN, CARRIED_IN = {"carried_in__total": 1}, {"carried_in__total": None}, ("requests", "carried_in", "total", 2, 5)


@pytest.mark.parametrize(
    ("numbers", "line", "expected", "verdict"),
    [
        pytest.param({"granted__total": 5, "received__total": 4} | IN_1, (GRANTED, "<=", WITHIN), (5, 5), "holds", id="equal"),
        pytest.param({"granted__total": 6, "received__total": 4} | IN_1, (GRANTED, "<=", WITHIN), (6, 5), "fails", id="more"),
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
    assert found[["left_low", "left_high", "right_low", "right_high"]].tolist() == [expected[0]] * 2 + [expected[1]] * 2
    assert found["message"] == f"As it should be: {expected[0]} {line[1]} {expected[1]} {verdict}"


@pytest.mark.parametrize(
    ("numbers", "line", "ends", "verdict"),
    [
        pytest.param(IN_OPEN | {"granted__total": 2}, (GRANTED, "<=", WITHIN), (2, 2, 2, 5), "holds", id="holds at the least"),
        pytest.param(IN_OPEN | {"granted__total": 6}, (GRANTED, "<=", WITHIN), (6, 6, 2, 5), "fails", id="fails at the most"),
        pytest.param(IN_OPEN | {"granted__total": 3}, (GRANTED, "<=", WITHIN), (3, 3, 2, 5), "undecided", id="between"),
        pytest.param(IN_OPEN | {"granted__total": 6}, (GRANTED, ">=", WITHIN), (6, 6, 2, 5), "holds", id="at least, holds"),
        pytest.param(IN_OPEN | {"granted__total": 1}, (GRANTED, ">=", WITHIN), (1, 1, 2, 5), "fails", id="at least, fails"),
        pytest.param(IN_OPEN | {"granted__total": 3}, (GRANTED, "=", WITHIN), (3, 3, 2, 5), "undecided", id="may be equal"),
        pytest.param(IN_OPEN | {"granted__total": 6}, (GRANTED, "=", WITHIN), (6, 6, 2, 5), "fails", id="cannot be equal"),
        pytest.param({"granted__total": None}, (GRANTED, "<=", "5"), (0, np.nan, 5, 5), "undecided", id="no upper bound"),
        pytest.param({"granted__total": None}, (GRANTED, ">=", "0"), (0, np.nan, 0, 0), "holds", id="a count is not negative"),
        pytest.param({"granted__total": None}, (GRANTED, "<=", GRANTED), (0, np.nan, 0, np.nan), "holds", id="what stands on both sides"),
        pytest.param(
            IN_OPEN, (WITHIN, ">=", "requests.carried_in.total + requests.granted.total"), (2, 5, 2, 5), "holds", id="shared"
        ),
        pytest.param(
            {"granted__total": None}, (f"requests.received.total - {GRANTED}", ">=", "0"), (np.nan, 0, 0, 0), "undecided", id="less"
        ),
    ],
)
def test_unknown_cells_leave_bounds_and_no_guess(numbers, line, ends, verdict):
    found = check(make(**numbers), bound(CARRIED_IN), rule(*line)).iloc[0]
    np.testing.assert_array_equal(found[["left_low", "left_high", "right_low", "right_high"]].astype(float), ends)
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
    assert check(cells, bound(CARRIED_IN), rule(*line))["message"].item().startswith(f"As it should be: {said}; unknown: ")


def test_a_change_may_be_negative():
    found = check(make("2019", licence__change=None), None, rule("disclosure.licence.change", ">=", "0")).iloc[0]
    assert found["verdict"] == "undecided"
    assert found[["left_low", "left_high"]].isna().all()


def test_sums_of_decimals_are_equal_up_to_rounding():
    cells = make(fee__amount=0.1, licence__decisions=0.2)
    assert check(cells, None, rule("disclosure.fee.amount + disclosure.licence.decisions", "=", "0.3"))["verdict"].item() == "holds"


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
    cells = pd.concat([make("2019").assign(report_id="old.txt"), make()])
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
    assert dict(zip(found["report_id"].str.partition("-")[0] + " " + found["rule"], found["verdict"], strict=True)) == {
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
        told = check(full.assign(value=full["value"].mask(rng.random(len(full)) < share)), None, rules)["verdict"]
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
        pytest.param((GRANTED, "<=", "requests.recieved.total"), ["perhaps requests.received.total"], id="misspelt"),
        pytest.param(("requests.other.fee_unpaid.total", "<=", "disclosure.fee.change"), ["no form asks for both"], id="two forms"),
    ],
)
def test_a_mistake_in_a_rule_is_told(line, said):
    with pytest.raises(ValueError) as problem:
        check(make(), None, rule(*line))
    assert [words for words in ["rule 'mine': ", *said] if words not in str(problem.value)] == []


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (rule(GRANTED, "<=", "5").drop(columns="relation"), "the column 'relation' is missing; give the columns rule, left, relation"),
        (rule(GRANTED, "<=", "5").assign(en=None), "rule 'mine': en is empty"),
        (pd.concat([rule(GRANTED, "<=", "5")] * 2), "'mine' stands 2 times; give each line one rule of its own"),
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
