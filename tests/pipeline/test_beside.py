"""What stands beside the reports: decisions, hierarchy and links are read, compared and checked."""

import re

import pytest
from building import build_beside, write_sample

import govtables as gt
from govtables.pipeline.beside import read_hierarchy

HEAD = "report_id,table,row,column,printed,value,reason,who,date\n"
BLANK = "hanyin-2022.txt,requests,carried_in,total,,0,no request was open,A. Reader,2023-05-04\n"
QUOTED = "no request was open"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("report_id,table\n", ["decisions.csv", "'row' is missing", "report_id,table,row"], id="columns"),
        pytest.param((HEAD + BLANK).replace(",", ";"), ["'report_id' is missing", "with commas between"], id="semicolons"),
        pytest.param("", ["decisions.csv", "'report_id' is missing"], id="nothing"),
        pytest.param(HEAD + BLANK * 2, ["line 3", "two decisions on hanyin-2022.txt requests carried_in total"], id="twice"),
        pytest.param(HEAD + BLANK.replace(",0,", ",none,"), ["line 2", "'none' is no number"], id="value"),
        pytest.param(HEAD + BLANK.replace(",0,", ",inf,"), ["line 2", "'inf' is no number"], id="infinite"),
        pytest.param(HEAD + BLANK.replace(",0,", "," + "9" * 400 + ","), ["line 2", "is no number"], id="too large"),
        pytest.param(HEAD + BLANK.replace(",0,", ",1_000,"), ["line 2", "'1_000' is no number"], id="underscore"),
        pytest.param(HEAD + BLANK.replace(",0,", ",1e3,"), ["line 2", "'1e3' is no number"], id="exponent"),
        pytest.param(HEAD + "\n" + BLANK + ",,,,,,,,\n", ["line 4", "nothing but commas"], id="only commas"),
        pytest.param(HEAD + BLANK.replace("no request", "no, request"), ["line 2", "10 values for 9 columns", "quotation"], id="comma"),
        pytest.param(HEAD + BLANK.replace(",no request", ',"no request'), ["line 2", "close each quotation mark"], id="open quote"),
        pytest.param(HEAD + BLANK.replace(",no", ',"no') + BLANK * 2000, ["line 2", "close each quotation mark"], id="long quote"),
        pytest.param(HEAD + BLANK.replace(QUOTED, f'"{QUOTED}\n"') + "x\n", ["line 4", "table is empty"], id="two lines in one"),
        pytest.param(HEAD + BLANK.replace("2023-05-04", "May 2023"), ["line 2", "'May 2023' is no date", "2023-01-31"], id="date"),
        pytest.param(HEAD + BLANK.replace("A. Reader", " "), ["line 2", "who is empty"], id="who"),
        pytest.param(HEAD + BLANK.replace("carried_in", "carried"), ["line 2", "requests carried total", "govtables codebook"], id="code"),
        pytest.param(HEAD + BLANK.replace("hanyin-2022", "hanyin"), ["'hanyin.txt'", "write its path"], id="document"),
    ],
)
def test_a_mistake_in_the_decisions_stops_the_build_with_the_line_and_the_remedy(tmp_path, text, said):
    with pytest.raises(ValueError) as problem:
        build_beside(write_sample(tmp_path / "raw", decisions=text))
    assert [words for words in said if words not in str(problem.value)] == []


@pytest.mark.parametrize("name", ["decisions", "hierarchy", "links"])
@pytest.mark.parametrize("encoding", ["big5", "utf-16", "utf-16-le"])
def test_another_encoding_is_told_with_the_remedy(tmp_path, name, encoding):
    raw = write_sample(tmp_path / "raw")
    (raw / f"{name}.csv").write_bytes("parent,child\n漢陰縣,花街鎮\n".encode(encoding))
    with pytest.raises(ValueError, match=f'{name}.csv: neither UTF-8 nor GB18030; save it as "CSV UTF-8"'):
        build_beside(raw)


def test_a_declared_hierarchy_is_compared(tmp_path):
    raw = write_sample(tmp_path / "raw", hierarchy="parent,child\n汉阴县,花街镇人民政府\n")
    (raw / "huajie-2023.txt").unlink()
    data = gt.load(build_beside(raw))
    [check] = data.checks[data.checks["check"] == "children_sum"].to_dict("records")
    assert (check["report_id"], check["verdict"]) == ("hanyin-2022.txt", "undecided")
    assert "花街镇" in check["message"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("county,town\n", ["hierarchy.csv", "'parent' is missing", "are parent,child"], id="columns"),
        pytest.param("parent,child\n汉阴县,\n", ["hierarchy.csv, line 2", "a name is empty"], id="name"),
        pytest.param("parent;child\n汉阴县;花街镇\n", ["'parent' is missing", "with commas between"], id="semicolons"),
        pytest.param("parent,child\n\n,\n", ["hierarchy.csv, line 3", "nothing but commas"], id="only commas"),
        pytest.param(
            "parent,child\n甲县,甲镇\n汉阴县人民政府,汉阴县\n",
            ["hierarchy.csv, line 3: '汉阴县' is the same body as its parent '汉阴县人民政府'; name two bodies"],
            id="one body",
        ),
        pytest.param(
            "parent,child\n甲县,甲镇\n甲镇人民政府,乙村\n丙县,丙镇\n乙村,甲县人民政府\n",
            ["hierarchy.csv, line 2", "hierarchy.csv, line 3", "hierarchy.csv, line 5", "a body stands above itself", "甲县 > 甲镇人民政府 > 乙村"],
            id="cycle",
        ),
    ],
)
def test_a_mistake_in_the_hierarchy_stops_the_build(tmp_path, text, said):
    with pytest.raises(ValueError) as problem:
        build_beside(write_sample(tmp_path / "raw", hierarchy=text))
    assert [words for words in said if words not in str(problem.value)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("issuer,year\n", ["links.csv", "'from_year' is missing", "issuer,from_year,same_as"], id="columns"),
        pytest.param("issuer,from_year,same_as\n甲局,2022,\n", ["line 2", "write both, issuer and same_as"], id="name"),
        pytest.param("issuer,from_year,same_as\n甲局,22,乙局\n", ["line 2: '22' is no year", "the first one of 甲局"], id="year"),
        pytest.param("issuer,from_year,same_as\n甲局,,乙局\n", ["'' is no year"], id="no year"),
        pytest.param("issuer,from_year,same_as\n甲县,2022,甲县人民政府\n", ["the same body as '甲县'", "two bodies"], id="one body"),
    ],
)
def test_a_mistake_in_the_links_stops_the_build(tmp_path, text, said):
    with pytest.raises(ValueError) as problem:
        build_beside(write_sample(tmp_path / "raw", links=text))
    assert [words for words in said if words not in str(problem.value)] == []


def test_a_declared_link_is_compared(tmp_path):
    raw = write_sample(tmp_path / "raw", links="issuer,from_year,same_as\n花街镇,2023,汉阴县\n")
    checks = gt.load(build_beside(raw)).checks
    found = checks[(checks["check"] == "carry_over") & (checks["report_id"] == "huajie-2023.txt")]
    assert len(found) == 7 and found["operands"].str.endswith('of "hanyin-2022.txt"').all()


def test_a_body_may_have_two_parents_and_a_pair_may_stand_twice(tmp_path):
    path = tmp_path / "hierarchy.csv"
    pairs = [("甲市", "甲县"), ("甲市", "甲局"), ("甲县", "乙局"), ("甲局", "乙局"), ("甲市", "甲县")]
    path.write_text("parent,child\n" + "".join(f"{parent},{child}\n" for parent, child in pairs), encoding="utf-8")
    assert read_hierarchy(path) == pairs


def test_a_parent_without_a_report_is_told_on_its_child(tmp_path):
    data = gt.load(build_beside(write_sample(tmp_path / "raw", hierarchy="parent,child\n永康县,花街镇\n")))
    [check] = data.checks[data.checks["check"] == "children_sum"].to_dict("records")
    assert (check["report_id"], check["verdict"]) == ("huajie-2023.txt", "undecided")
    assert check["message"] == "a child of 永康县: no report of 2023 by 永康县 in the dataset"


def test_a_finding_on_the_sum_of_children_counts_the_cells(tmp_path):
    raw = write_sample(tmp_path / "raw", hierarchy="parent,child\n汉阴县,花街镇\n")
    child = (raw / "huajie-2023.txt").read_text(encoding="utf-8")
    (raw / "huajie-2023.txt").write_text(child.replace("2023", "2022"), encoding="utf-8")
    findings = gt.load(build_beside(raw)).findings
    messages = findings[findings["kind"] == "children_sum"]["message"].tolist()
    assert re.fullmatch(r"each cell and the sum of its children: \d+ of \d+ cells differ; \d+ cells have more .*", messages[0])
