"""Cells are called by the labels of the form where people read Chinese."""

import pytest

from govtables.forms import GENERATIONS, form, name_cell, name_codes


@pytest.mark.parametrize(
    ("codes", "text", "zh"),
    [
        (("requests", "received", "total"), "requests.received.total", "本年新收政府信息公开申请数量·总计"),
        (("requests", "granted"), "requests.granted", "予以公开"),
        (("requests", "other.other", "total"), "requests.other.other.total", "其他处理（其他）·总计"),
        (("requests", "partially_granted"), "requests.partially_granted", "部分公开"),
        (("disputes", "litigation_direct", "upheld"), "disputes.litigation_direct.upheld", "行政诉讼（未经复议直接起诉）·结果维持"),
        (("disclosure", "fee", "amount"), "disclosure.fee.amount", "行政事业性收费·本年收费金额"),
        (("requests", "extra.数据局", "extra.2"), "requests.extra.数据局.extra.2", "数据局·2"),
        (("disputes",), "disputes", "政府信息公开行政复议、行政诉讼情况"),
    ],
)
def test_a_cell_has_the_labels_that_the_form_prints(codes, text, zh):
    name = name_cell(*codes)
    assert (name, name.zh) == (text, zh)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_cells_of_a_form_are_not_called_alike(generation):
    cells = [(table, row.code, column.code) for table, row, column in form(generation).cells()]
    assert len({(table, name_cell(table, *codes).zh) for table, *codes in cells}) == len(cells)


def test_the_table_may_be_left_out():
    assert name_cell("requests", "received", "total", whole=False) == "received.total"


def test_all_cells_of_a_formula_are_named():
    formula = name_codes("requests.received.total = requests.carried_over.total of a.b.txt")
    assert formula == "requests.received.total = requests.carried_over.total of a.b.txt"
    assert formula.zh == "本年新收政府信息公开申请数量·总计 = 结转下年度继续办理·总计 of a.b.txt"
