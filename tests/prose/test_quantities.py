"""Which quantities a run of words names."""

import pytest

from govtables.declared import declared
from govtables.prose.quantities import (
    NOTHING, REQUESTS, UNSURE, Named, Topic, carried, counts, forbids, may_be_shared, name_quantities,
)
from govtables.prose.tokens import read_sentence


def name(text: str, topic: str = "", many: bool = False, informed: bool = False) -> Named:
    """Name what a run of words says, all of it before a number."""
    sentence = read_sentence(text)
    spoken = Topic(topic, informed=informed)
    return name_quantities(sentence.tokens, sentence, spoken, 0, len(text), many, behind=False)


@pytest.mark.parametrize(("text", "topic", "level", "codes"), [
    ("收到政府信息公开申请", "", "verb", ("requests.received",)),
    ("政府信息公开申请共", "", "topic", ("requests.received",)),
    ("收到", "foreign", "", ()),
    ("收到", REQUESTS, "verb", ("requests.received",)),
    ("办结和答复", REQUESTS, "verb", ("requests.concluded",)),
    ("不予公开", REQUESTS, "outcome", ("requests.denied",)),
    ("涉及国家秘密", REQUESTS, "leaf", ("requests.denied.state_secret",)),
    ("行政复议", "", "dispute", ("disputes.review",)),
    ("行政许可", "", "decision", ("disclosure.licence",)),
    ("上年结转", REQUESTS, "balance", ("requests.carried_in",)),
    ("", REQUESTS, "", ()),
])
def test_words_name_quantities(text, topic, level, codes):
    named = name(text, topic)
    assert (named.level, named.codes) == (level, codes)


def test_of_several_side_by_side_one_is_counted_or_each():
    assert name("予以公开、部分公开", REQUESTS).codes == ("requests.disclosed",)
    both = ("requests.granted", "requests.partially_granted")
    assert name("予以公开、部分公开", REQUESTS, many=True).codes == both
    assert name("予以公开、部分公开各3件", REQUESTS).codes == both


def test_documents_without_an_act_are_in_doubt():
    assert name("规范性文件") == ("document", ("disclosure.normative_document.issued",), UNSURE)
    assert name("制发规范性文件").scope == ""
    assert name("某某新型规范性文件") == NOTHING  # an unknown word may say what happened to them


def test_cases_that_an_office_handled_need_a_word_of_disclosure():
    assert name("办理行政复议") == NOTHING
    assert name("办理行政复议", informed=True).codes == ("disputes.review",)


@pytest.mark.parametrize(("text", "expected"), [
    ("收到人大建议", True), ("人大建议政府信息公开申请", False), ("办结率", True), ("收到申请", False), ("", False),
])
def test_other_things_are_not_counted(text, expected):
    assert forbids(read_sentence(text).tokens) is expected


@pytest.mark.parametrize(("code", "level", "unit", "expected"), [
    ("requests.received", "verb", "件", True), ("requests.received", "verb", "元", False),
    ("requests.received", "topic", "次", False), ("requests.received", "verb", "次", True),
    ("disclosure.fee", "decision", "元", True), ("disclosure.fee", "decision", "", False),
    ("requests.received", "verb", "", True),
    ("disclosure.normative_document.published", "document", "条", True),
    ("disclosure.normative_document.issued", "document", "条", False),
])
def test_each_kind_is_counted_in_its_units(code, level, unit, expected):
    assert counts(code, level, unit) is expected


@pytest.mark.parametrize(("code", "expected"), [
    ("requests.granted", True), ("requests.received", False), ("disputes.review", False),
    ("disputes.review.upheld", True), ("disclosure.licence", False),
])
def test_what_a_percentage_may_follow(code, expected):
    assert may_be_shared(code) is expected


@pytest.mark.parametrize(("text", "year", "code"), [
    ("结转2023年", 2022, "carried_over"), ("结转2022年", 2022, "carried_in"), ("2021年结转", 2022, "carried_in"),
    ("2022年结转", 2022, "carried_over"), ("2022年结转", None, "carried_in"), ("结转2023年", None, "carried_over"),
])
def test_the_year_tells_what_is_carried_in_or_over(text, year, code):
    [token] = read_sentence(text).tokens
    assert carried(token, text, year) == f"requests.{code}"


def test_codes_that_are_named_are_declared():
    known = {line["quantity"] for line in declared("prose", "quantities")}
    roles = ("balance", "outcome", "leaf", "applicant")
    assert {line["code"] for line in declared("prose", "phrases") if line["role"] in roles} <= known
