"""What the prose states beside the tables: labelled sentences, whole reports, and what the declarations promise."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from govtables.declared import declared
from govtables.forms.form import GENERATIONS, form
from govtables.pipeline.report import read_bytes
from govtables.prose.compare import formulas
from govtables.prose.statements import Statement, find_statements
from govtables.prose.tokens import ROLES, SPECIAL, TELLING, first_characters
from govtables.readers.document import Cell, Grid, Section
from govtables.records import CellRow

HERE = Path(__file__).parent
RAW = HERE.parent / "data" / "raw"
REPORTS = os.environ.get("GOVTABLES_REPORTS")
LEAST_PRECISION, LEAST_RECALL = 0.99, 0.99

HELD_OUT = HERE / "sentences_held_out.csv"  # labelled by somebody who had not seen the code; no rule was made from it
LEAST_HELD_OUT = 0.98

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
    return Counter((statement.quantity, statement.value) for statement in statements if statement.verdict != "part")


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


# -- labelled sentences -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [line for line in SENTENCES if not line["known_miss"]], ids=lambda line: line["sentence"])
def test_a_sentence_states_what_its_label_says(line):
    assert found_in(line) == expected_of(line)


def test_precision_and_recall_over_all_sentences():
    pairs = [(found_in(line), expected_of(line)) for line in SENTENCES]
    right = sum((found & expected).total() for found, expected in pairs)
    assert right >= LEAST_PRECISION * sum(found.total() for found, _ in pairs)
    assert right >= LEAST_RECALL * sum(expected.total() for _, expected in pairs)


def test_precision_and_recall_on_held_out_sentences():
    with HELD_OUT.open(encoding="utf-8", newline="") as file:
        pairs = [(found_in(line), expected_of(line)) for line in csv.DictReader(file)]
    right = sum((found & expected).total() for found, expected in pairs)
    assert len(pairs) >= 150
    assert right >= LEAST_HELD_OUT * sum(found.total() for found, _ in pairs)
    assert right >= LEAST_HELD_OUT * sum(expected.total() for _, expected in pairs)


def test_known_misses_are_still_missed():
    assert [line["sentence"] for line in SENTENCES if line["known_miss"] and found_in(line) == expected_of(line)] == []


def test_the_labelled_sentences_are_many_and_of_all_kinds():
    assert len({line["sentence"] for line in SENTENCES}) == len(SENTENCES) >= 170
    assert sum(not line["expected"] for line in SENTENCES) >= 60
    labelled = {quantity.removesuffix(".share") for line in SENTENCES for quantity, _ in expected_of(line)}
    assert labelled <= {line["quantity"] for line in declared("prose", "quantities")}


# -- whole reports ------------------------------------------------------------------------------------------------

TRUTHS = {
    "linping-2022.txt": {
        "requests.received": 1080,
        "requests.concluded": 1048,
        "requests.carried_over": 32,
        "disputes.review": 35,
        "disputes.litigation": 17,
    },
    "huajie-2023.txt": {"requests.received": 6, "requests.carried_over": 1},
    "jiyuan-hitech-2022.txt": {"requests.received": 0},
    "longgang-2021.txt": {
        "disclosure.normative_document.published": 42,
        "requests.received": 166,
        "requests.granted": 103,
        "requests.partially_granted": 31,
        "requests.disclosed.share": 80.7,
        "requests.denied": 3,
        "requests.denied.share": 1.8,
        "requests.unavailable": 21,
        "requests.unavailable.share": 12.7,
        "requests.not_processed": 3,
        "requests.not_processed.share": 1.8,
        "requests.other": 4,
        "requests.other.share": 2.4,
        "requests.carried_over": 1,
        "requests.carried_over.share": 0.6,
        "disputes.review": 9,
        "disputes.litigation": 3,
    },
    "hanyin-2022.txt": {"requests.concluded": 19, "disputes.review": 0, "disputes.litigation": 0},
}
OWN_PART = [("requests.handled", 15)]  # of Hanyin's 19, as the verbatim report words it
VERBATIM = {name: f"{n:03}" for n, name in enumerate(TRUTHS)}
VERBATIM["longgang-2021.txt"], VERBATIM["hanyin-2022.txt"] = "003", "004"


def check_truths(path: Path, name: str) -> None:
    result = read_bytes(path.read_bytes(), name)
    found = find_statements(result.chapters, result.cells, result.facts.year)
    statements = [s for s in found if s.verdict != "part"]
    assert [(s.quantity, s.value) for s in found if s.verdict == "part"] == (OWN_PART if path.name.startswith("004") else [])
    assert {s.quantity: s.value for s in statements} == TRUTHS[name] and len(statements) == len(TRUTHS[name])
    differing = [(s.quantity, s.value, s.table_value) for s in statements if s.verdict != "agrees"]
    assert differing == ([("disclosure.normative_document.published", 42, 41)] if name.startswith("longgang") else [])
    lines = re.split(r"\r?\n", path.read_text(encoding="utf-8"))
    assert all(s.sentence in " ".join(lines[int(s.place.removeprefix("L")) - 1].split()) for s in statements)


@pytest.mark.parametrize("name", TRUTHS)
def test_report(name):
    check_truths(RAW / name, name)


@pytest.mark.skipif(not REPORTS, reason="GOVTABLES_REPORTS names no folder of verbatim reports")
@pytest.mark.parametrize("name", TRUTHS)
def test_verbatim_report(name):
    [path] = Path(REPORTS).glob(f"{VERBATIM[name]}_*.txt")
    check_truths(path, name)


# -- verdicts -----------------------------------------------------------------------------------------------------


def test_received_may_include_what_was_carried_in():
    cells = cells_of(requests__received__total=1060, requests__carried_in__total=20)
    together, alone, wrong = (state(f"收到申请{n}件。", cells)[0] for n in (1080, 1060, 1061))
    assert (together.verdict, together.reason) == ("agrees", "received and carried in together")
    assert together.cells == "requests.received.total + requests.carried_in.total"
    assert (alone.verdict, alone.table_value, alone.reason) == ("agrees", 1060, None)
    assert (wrong.verdict, wrong.table_value, wrong.cells) == ("differs", 1060, "requests.received.total")


def test_unknown_cells_leave_a_statement_undecided():
    unknown = cells_of(requests__received__total=1060, requests__carried_in__total=None)
    assert [(s.verdict, s.table_value) for s in state("收到申请1080件。", unknown)] == [("undecided", 1060)]
    assert [s.verdict for s in state("收到申请1060件。", unknown)] == ["agrees"]
    assert [(s.verdict, s.table_value) for s in state("收到申请1060件。")] == [("undecided", None)]


def test_groups_are_summed_and_blank_is_not_zero():
    cells = {"requests__denied.state_secret__total": 1.0, "requests__denied.process_information__total": 2.0}
    assert verdicts("不予公开3件。", **cells) == ["agrees"]
    assert verdicts("不予公开2件。", **cells) == ["differs"]
    assert verdicts("不予公开3件。", **cells, **{"requests__denied.internal_affairs__total": None}) == ["undecided"]


@pytest.mark.parametrize(
    ("sentence", "verdict", "reason"),
    [
        ("予以公开占62.5%。", "agrees", "denominator: requests.received.total; rounded to one place"),
        ("予以公开占71.4%。", "agrees", "denominator: requests.concluded.total; rounded to one place"),
        ("予以公开占56%。", "agrees", "denominator: requests.received.total + requests.carried_in.total; rounded to 0 places"),
        ("予以公开占60%。", "differs", "rounded to 0 places"),
    ],
)
def test_the_denominator_that_fits_is_named(sentence, verdict, reason):
    cells = cells_of(
        requests__received__total=8, requests__carried_in__total=1, requests__concluded__total=7, requests__granted__total=5
    )
    [statement] = state(sentence, cells)
    assert (statement.verdict, statement.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("stated", "table", "verdict"),
    [
        ("1.2万", 12499, "agrees"),
        ("1.2万", 12501, "differs"),
        ("100余", 163, "agrees"),
        ("100余", 99, "differs"),
        ("8000多", 8999, "agrees"),
        ("近100", 96, "agrees"),
        ("近100", 101, "differs"),
        ("约120", 118, "agrees"),
        ("1,286", 1286, "agrees"),
        ("十二", 12, "agrees"),
        ("１２", 12, "agrees"),
    ],
)
def test_numbers_are_compared_as_exactly_as_they_are_stated(stated, table, verdict):
    [statement] = state(f"收到申请{stated}件。", cells_of(requests__received__total=table, requests__carried_in__total=5000))
    assert (statement.verdict, statement.printed.strip("近约")) == (verdict, stated.strip("近约"))


@pytest.mark.parametrize(("money", "table"), [("23600元", 2.36), ("1.5亿元", 15000), ("1515.26万元", 1515.2592)])
def test_money_is_compared_in_the_unit_of_the_form(money, table):
    assert verdicts(f"行政事业性收费{money}。", disclosure__fee__amount=table) == ["agrees"]


def test_each_generation_has_its_own_cells():
    assert verdicts("制定规范性文件6件。", "2019", disclosure__normative_document__made=6) == ["agrees"]
    assert verdicts("公开规范性文件7件。", "2019", disclosure__normative_document__published=7) == ["agrees"]
    assert verdicts("其他处理4件。", "2019", requests__other__total=4) == ["agrees"]
    assert verdicts("废止规范性文件4件。", "2019") == ["undecided"]


def test_lawsuits_are_those_of_both_kinds():
    cells = cells_of(disputes__litigation_direct__total=9, disputes__litigation_after_review__total=8)
    found = state("行政诉讼17件，其中未经复议直接起诉9件，复议后起诉8件。", cells)
    assert [(s.value, s.verdict) for s in found] == [(17, "agrees"), (9, "agrees"), (8, "agrees")]


def test_a_stated_zero_counts():
    [statement] = state("本机关2022年未收到政府信息公开申请。", cells_of(requests__received__total=2))
    assert (statement.printed, statement.value, statement.verdict) == ("未收到", 0, "differs")


# -- prose that agrees with its tables ----------------------------------------------------------------------------

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
OF_OTHERS = """
县政府办公室收到申请31件，办结31件，无结转。
行政许可网办件1200000件，行政处罚一般程序案件100件、简易程序案件265件。
上年结转8件于1月份全部办结，2023年新收74件办结67件。
收到的74件申请办结67件，其余7件结转下年度。
全县各镇街共收到政府信息公开申请51件,县直部门收到23件。
县政府及县政府办公室制发行政规范性文件1件。
当年收到的74件申请中,72件已在当年办结,2件结转下年。
通过政府网站收到申请50件,办结50件。
在办结的75件申请中,予以公开42件。
县政府办公室受理的12件政府信息公开申请均按时答复。
2023年,省政府收到申请74件;全省共收到3400件。
未制发行政规范性文件,清理行政规范性文件25件。
清理规范性文件25件,继续有效24件,废止1件。
经清理,保留行政规范性文件25件,废止行政规范性文件6件,修改2件。
县市场监管局全年办理行政处罚案件120件,罚没款200万元。
对74件政府信息公开申请中的42件予以公开。
主动撤回申请2件,实际办理72件。
受理依申请公开74件,答复率100%,其中按期答复70件,延期答复5件。
收到信息公开申请74件,其中转送部门办理60件,县政府办直接办理14件。
县政府办公室印发规范性文件2件,县政府印发1件。
部门规范性文件1件。
制发规范性文件3件,同步解读3件,公开现行有效规范性文件22件。
行政复议7件,其中撤回1件,驳回2件,维持3件,纠正1件。
截至目前,收到依申请公开73件,已办结70件,3件正在办理中。
收到的74件申请中,1件为上年结转。
全年共收到依申请公开74件(网上56件,信函18件),办结73件,1件结转下年。
不予公开27件(含无法提供24件)。
以县政府为被申请人的行政复议案件3件,行政诉讼案件4件。
行政强制措施58件、行政强制执行3件。
行政事业性收费收入125万元,其中诉讼费100万元。
对74件申请均在法定期限内答复。
答复的75件中:主动公开范围内12件,依申请予以公开23件。
2023年我局收到申请4件,其中2件属于我局职责,2件转办。
由于机构改革,原县旅游局2023年收到申请3件。
县政府信息公开申请受理点接待群众74人次,收到申请20件。
2023年度,县政府受理申请27件,县直各部门受理申请35件,各乡镇受理申请12件。
县政府办公室牵头办理申请31件，县自然资源局办理申请22件，县住建局办理申请9件，其余单位办理13件。
全年县政府及县政府办公室印发行政规范性文件2件，县直部门印发行政规范性文件1件。
因政府信息公开引发行政复议案件7件，其中维持5件，纠正1件，驳回申请1件。
县政府本级作为被申请人的政府信息公开行政复议案件2件，各部门作为被申请人的5件。
实施行政强制措施55次，申请法院强制执行6次，共实施行政强制61件。
收到公民、法人和其他组织申请74件，按期答复率100%。其中，征地拆迁类申请28件，财政资金类申请11件，社会保障类申请8件。
在全年收到的74件申请中，已办结67件，结转下年7件；上年结转的8件全部办结。
各乡镇（街道）共收到依申请公开申请18件，县直各部门共收到依申请公开申请56件。
全年共有42件申请获得公开（含部分公开），公开率为56%。
全年未予公开的33件申请中，不予公开3件，无法提供24件，不予处理5件，其他处理1件。
上年结转8件中，予以公开5件，无法提供3件。
县公安局作出行政处罚210件，行政强制20件。
3月20日，集中废止行政规范性文件1件；8月15日，印发行政规范性文件2件。
二季度收到申请20件。办结18件。
政府规章库收录规章0件，行政规范性文件库收录25件。
行政规范性文件25件全部有效。
作出查封扣押等行政强制措施50件，行政强制执行11件。
本年度收到的申请中，72件已办结，2件结转下年。
收到申请74件，其中72件于年内答复，2件转入下年。
全年共办理申请82件，其中67件为当年新收答复，8件为上年结转答复，7件结转下年。
邮寄收到申请19件，答复18件，结转1件。
县级部门收到申请56件，乡镇街道收到申请18件。
县资规局作为被告的信息公开行政诉讼2件。
县政务服务中心依申请公开受理窗口接待群众140人次，受理申请4件。
"""


@pytest.mark.parametrize("sentence", [*OF_OTHERS.split(), *(line["sentence"] for line in SENTENCES if line["consistent"])])
def test_numbers_of_parts_or_of_other_things_do_not_differ(sentence):
    found = state(sentence, cells_of(**COUNTY), 2023)
    assert [(s.quantity, s.value, s.table_value) for s in found if s.verdict == "differs"] == []


def test_a_wrong_number_differs_still():
    wrong = "收到申请73件，上年结转9件，办结74件，其中予以公开34件，占45%。行政复议6件，维持4件。行政诉讼4件。制发规范性文件2件，公开30件。"
    found = state(wrong, cells_of(**COUNTY), 2023)
    assert [s.verdict for s in found] == ["differs"] * 10
    assert found[-1].reason == "documents published need not be those issued in the year"


def test_a_number_on_a_line_of_its_own_is_joined():
    lines = ("2022年，全县共收到政府信息公开申请", "74", "件，办结", "75", "件。")
    found = find_statements(in_prose(*lines), [], 2022)
    assert [(s.quantity, s.value, s.place) for s in found] == [("requests.received", 74, "L1"), ("requests.concluded", 75, "L1")]


def test_no_year_is_the_report_s_own_when_several_are_named():
    assert state("2021年收到申请10件。2022年收到申请12件。", year=None) == []


def test_the_whole_that_is_named_is_the_denominator():
    [_, of_received] = state("予以公开35件，占收到申请总数的47.3%。", cells_of(**COUNTY), 2023)
    [_, of_concluded] = state("予以公开35件，占收到申请总数的46.7%。", cells_of(**COUNTY), 2023)
    assert (of_received.verdict, of_received.reason) == ("agrees", "denominator: requests.received.total; rounded to one place")
    assert (of_concluded.verdict, of_concluded.table_value) == ("undecided", pytest.approx(47.297297))


# -- what is prose ------------------------------------------------------------------------------------------------


def test_lines_of_a_table_state_nothing():
    """In texts without marks a table's labels and numbers are lines like any other."""
    labels = [line["label"] for line in declared("forms", "rows")] + [line["label"] for line in declared("forms", "columns")]
    lines = [text for label in labels for text in (label, "12", "0")] + [f"{label} 12" for label in labels]
    assert find_statements(in_prose(*lines, chapter=3), [], 2022) == []


def test_cells_of_a_grid_state_nothing():
    grid = Grid(((Cell("收到申请6件。", "L1:C1"), Cell("6", "L1:C2")),), "rows", "pipe-rows")
    assert find_statements(in_prose(grid), [], 2022) == []


def test_a_page_in_one_line_keeps_the_topic_of_its_sentences():
    page = "一、总体情况 2022年推进公开。（二）依申请公开。全年收到21件；办结20件。（三）管理。县长信箱收到81件，办结81件。"
    assert [(s.quantity, s.value) for s in state(page)] == [("requests.received", 21), ("requests.concluded", 20)]


def test_a_sentence_broken_over_lines_is_read_as_one():
    lines = ("2022年，我局共收到公民、法人和其他组织提出的政府信息公开申请", "12件，其中予以公开8", "件，不予公开4件。")
    [first, *_] = find_statements(in_prose(*lines), [], 2022)
    assert (first.quantity, first.value, first.place) == ("requests.received", 12, "L1")


def test_a_heading_tells_what_the_verbs_below_it_speak_of():
    below = ("2022年共收到19件，办结19件。",)
    assert len(find_statements(in_prose("（二）依申请公开情况", *below), [], 2022)) == 2
    assert find_statements(in_prose("（三）建议提案办理情况", *below), [], 2022) == []


def test_a_year_is_the_report_s_own_when_none_is_known():
    assert [s.value for s in state("2021年收到申请10件。", year=None)] == [10]
    assert state("2021年收到申请10件。", year=2022) == []


@pytest.mark.parametrize("sentence", ["", "。", "9" * 500 + "件", "收到申请" + "9" * 500 + "件", "(（占%", "零件", "未", "分别各占，其中"])
def test_odd_sentences_do_no_harm(sentence):
    assert all(statement.verdict == "undecided" for statement in state(sentence))


# -- declarations -------------------------------------------------------------------------------------------------


def test_formulas_name_cells_of_the_form():
    cells = {(t, row.code, column.code) for g in GENERATIONS for t, row, column in form(g).cells()}
    cells |= {(table, f"{row.partition('.')[0]}.*", column) for table, row, column in cells if "." in row}
    for line in declared("prose", "quantities"):
        named = {formula.cells: {term[1:] for term in formula.terms} for formula in formulas(line["quantity"])}
        assert named[line["formula"]] and named[line["formula"]] <= cells, line["formula"]


def test_phrases_have_known_roles_and_a_character_to_begin_with():
    special = {role for role, _ in SPECIAL}
    for line in declared("prose", "phrases"):
        assert line["role"] == TELLING or line["role"] in set(ROLES) - special, line
        assert re.compile(line["phrase"]).groups == 0 and first_characters(line["phrase"]), line
