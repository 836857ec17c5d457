"""Numbers of sentences beside cells: verdicts, reasons, and the formulas that they are compared with."""

import pytest

from govtables.declared import declared
from govtables.forms import GENERATIONS, find_terms, form
from govtables.prose.compare import formulas
from tests.prose.saying import COUNTY, SENTENCES, cells_of, state, verdicts

HANDLED = "requests.received.total + requests.carried_in.total"
CONSISTENT = [line["sentence"] for line in SENTENCES if line["consistent"]]
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
2023年收到申请3件,由原县旅游局办理。
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
        ("予以公开占56%。", "agrees", f"denominator: {HANDLED}; rounded to 0 places"),
        ("予以公开占60%。", "differs", "rounded to 0 places"),
    ],
)
def test_the_denominator_that_fits_is_named(sentence, verdict, reason):
    numbers = {"received": 8, "carried_in": 1, "concluded": 7, "granted": 5}
    cells = cells_of(**{f"requests__{row}__total": number for row, number in numbers.items()})
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
    cells = cells_of(requests__received__total=table, requests__carried_in__total=5000)
    [statement] = state(f"收到申请{stated}件。", cells)
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


@pytest.mark.parametrize("sentence", [*OF_OTHERS.split(), *CONSISTENT])
def test_numbers_of_parts_or_of_other_things_do_not_differ(sentence):
    found = state(sentence, cells_of(**COUNTY), 2023)
    assert [(s.quantity, s.value, s.table_value) for s in found if s.verdict == "differs"] == []


def test_a_wrong_number_differs_still():
    wrong = "收到申请73件，上年结转9件，办结74件，其中予以公开34件，占45%。行政复议6件，维持4件。行政诉讼4件。制发规范性文件2件，公开30件。"
    found = state(wrong, cells_of(**COUNTY), 2023)
    assert [s.verdict for s in found] == ["differs"] * 10
    assert found[-1].reason == "documents published need not be those issued in the year"


def test_the_whole_that_is_named_is_the_denominator():
    [_, of_received] = state("予以公开35件，占收到申请总数的47.3%。", cells_of(**COUNTY), 2023)
    [_, of_concluded] = state("予以公开35件，占收到申请总数的46.7%。", cells_of(**COUNTY), 2023)
    reason = "denominator: requests.received.total; rounded to one place"
    assert (of_received.verdict, of_received.reason) == ("agrees", reason)
    assert (of_concluded.verdict, of_concluded.table_value) == ("undecided", pytest.approx(47.297297))


def test_formulas_name_cells_of_the_form():
    cells = {(t, row.code, column.code) for g in GENERATIONS for t, row, column in form(g).cells()}
    cells |= {(table, f"{row.partition('.')[0]}.*", column) for table, row, column in cells if "." in row}
    for line in declared("prose", "quantities"):
        read = formulas(line["quantity"])
        named = {formula.cells: {term[1:4] for term in find_terms(formula.part)} for formula in read}
        assert named[line["formula"]] and named[line["formula"]] <= cells, line["formula"]
