"""Aliases beside the reports: what they do, for which folder they hold, and mistakes in their file."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import govtables as gt
from govtables.dataset import SCHEMAS
from govtables.forms.own_aliases import AXES, read_aliases
from govtables.forms.form import WITHOUT_CODE, form
from govtables.pipeline.making import BATCH

DOCUMENTS = Path(__file__).parents[1] / "documents"
REPORT = (DOCUMENTS / "pipe-rows-padded.txt").read_text(encoding="utf-8")
SUBTOTALS = (DOCUMENTS / "subtotal-column-pipes.txt").read_text(encoding="utf-8")
HEADER = "table,axis,code,label"
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
    told = ["reason", "reason_zh"]
    assert_frame_equal(found.drop(columns=told), expected.drop(columns=told))
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
    assert read(other, tmp_path)["reason"].dropna().eq(
        "label damaged ('6.属于五类过程信息'); row placed by order"
    ).sum() == 7
    found = read(other, tmp_path, "requests,extra,,属于五类过程信息").set_index("row")["status"].astype(str)
    assert found["extra.6.属于五类过程信息"].eq("reported").all()
    assert not found["denied.process_information"].eq("reported").any()


def test_a_line_of_the_header_is_no_row(tmp_path):
    other = reword(REPORT, "二、上年结转", "受理情况 |  |  |  |  |  |  |  |\n二、上年结转")
    assert "extra.受理情况" in set(read(other, tmp_path)["row"])
    found = read(other, tmp_path, "requests,header,,受理情况")
    assert_frame_equal(found.drop(columns="place"), read(REPORT, tmp_path).drop(columns="place"))


def test_what_the_form_declares_already_changes_nothing(tmp_path):
    lines = [
        "requests,row,granted,予以公开", "requests,column,total,合计", "requests,header,,申请人情况", PETITION_LINE,
        PETITION_LINE
    ]
    assert [
        alias.label for alias in read_aliases(put(tmp_path, "aliases.csv", HEADER, *lines))
    ] == [PETITION[1]]


def test_same_bytes_from_one_process_and_two(tmp_path):
    raw, other = tmp_path / "raw", reword(REPORT, *PETITION)
    put(raw, "aliases.csv", HEADER, PETITION_LINE)
    for n in range(BATCH + 3):
        put(raw, f"{n:03}.txt", other + "\n" * n)
    one, two = (build(raw, str(n), n) for n in (1, 2))
    files = sorted(path.relative_to(one) for path in one.glob("[!.]*/*.parquet"))
    assert {path.parent.name for path in files} == {*SCHEMAS}
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
    assert gt.load(build(own)).cells["reason"].dropna().unique().tolist() == [
        f"row label {PETITION[1]!r} is a local alias"
    ]
    with pytest.raises(ValueError, match="no row of requests 'nothing'"):
        build(broken)
    assert_frame_equal(gt.load(build(plain, "again")).cells, before)
    assert_frame_equal(gt.read(plain / "town.txt").cells, before)
    assert before["reason"].dropna().str.startswith("label damaged").all()
    assert before["reason"].notna().any()


def test_aliases_are_part_of_what_a_dataset_is_made_of(tmp_path):
    raw = put(tmp_path / "raw", "town.txt", reword(REPORT, *PETITION)).parent
    build(raw, "a")
    put(raw, "aliases.csv", HEADER, PETITION_LINE)
    build(raw, "b")
    (tmp_path / "raw-b" / "cells" / "part-0.parquet").replace(tmp_path / "raw-a" / "cells" / "part-0.parquet")
    with pytest.raises(ValueError, match="cells.*its size is not the one written"):
        gt.load(tmp_path / "raw-a")


def test_the_file_is_no_document_and_stands_at_the_top(tmp_path):
    raw = put(tmp_path / "raw", "town.txt", REPORT).parent
    put(raw, "aliases.csv", HEADER)
    assert gt.load(build(raw)).reports["report_id"].tolist() == ["town.txt"]
    (raw / "aliases.csv").rename(put(raw, "2023/town.txt", REPORT).with_name("aliases.csv"))
    with pytest.raises(ValueError, match="2023/aliases.csv: is not read there; put it at the top, as "):
        build(raw)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param(
            ["request,row,granted,甲乙"], ["line 2", "no table 'request'", "disclosure, requests, disputes"],
            id="table"
        ),
        pytest.param(["requests,line,granted,甲乙"], ["line 2", "no axis 'line'", ", ".join(AXES)], id="axis"),
        pytest.param(
            ["requests,row,grant,甲乙"],
            ["line 2", "no row of requests 'grant'", "received, carried_in", "carried_over"], id="row"
        ),
        pytest.param(
            ["disputes,column,sum,甲乙"], ["line 2", "no column of disputes 'sum'", "upheld, corrected"],
            id="column"
        ),
        pytest.param(["requests,row,upheld,甲乙"], ["no row of requests 'upheld'"], id="code of another table"),
        pytest.param(["requests,row,,甲乙"], ["no row of requests ''", "received"], id="no code"),
        pytest.param(
            ["requests,extra,granted,甲乙"], ["axis extra has no code", "leave 'granted' out"],
            id="code too much"
        ),
        pytest.param(
            ["requests,row,granted,"], ["line 2", "label is empty", "write the words"], id="no label"
        ),
        pytest.param(
            ["requests,row,granted,(一)"], ["'(一)' is no label", "write the words"], id="item number alone"
        ),
        pytest.param(["requests,row,granted,12"], ["'12' is no label", "write the words"], id="number"),
        pytest.param(
            ["requests,row,granted,无"], ["'无' is no label", "write the words"], id="what a cell holds"
        ),
        pytest.param(
            ["requests,row,granted,部分公开"],
            [
                "line 2", "'部分公开' already is the row partially_granted of requests, says the form",
                "delete the line"
            ],
            id="label of another row",
        ),
        pytest.param(
            ["requests,column,natural_person,合 计"], ["already is the column total"],
            id="label of another column"
        ),
        pytest.param(
            ["requests,extra,,予以公开"], ["already is the row granted"], id="a row of the form is no local one"
        ),
        pytest.param(
            ["requests,header,,自然人"], ["already is the column natural_person"], id="a column is no corner"
        ),
        pytest.param(
            ["disclosure,row,coercion,行政检查"], ["already is a label of the axis extra"],
            id="a local row is none of the form"
        ),
        pytest.param(
            ["requests,row,granted,甲乙", "", "requests,row,carried_in,甲、乙"],
            ["line 4", "already is the row granted of requests, says ", "aliases.csv, line 2", "delete the line"],
            id="one label, two codes",
        ),
        pytest.param(
            ["requests,extra,,甲乙", "requests,extra_column,,甲乙"], ["line 3", "a label of the axis extra"],
            id="two axes"
        ),
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
    with pytest.raises(
        ValueError,
        match="the column 'axis' is missing; the columns, with commas between, are table,axis,code,label"
    ):
        read_aliases(put(tmp_path, "aliases.csv", "table,code,label", "requests,granted,甲乙"))


def test_a_file_of_aliases_that_is_not_there(tmp_path):
    report = put(tmp_path, "a.txt", REPORT)
    with pytest.raises(
        ValueError, match="none.csv: no such file; name a CSV file with the columns table,axis,code,label"
    ):
        gt.read(report, aliases=tmp_path / "none.csv")


def test_axes_are_those_that_the_form_declares():
    assert set(AXES) == {"row", "column", *WITHOUT_CODE} == {"row", "column", *form("2021").others}
