"""Sentences as tokens; the phrases that are declared."""

import re

import pytest

from govtables.declared import declared
from govtables.prose.tokens import (
    TELLING, counts_alone, read_said_number, read_sentence, split_sentences,
)

ROLES = set(
    "carry skipped period season date range year vague leaf neutral number break open close cut balance part"
    " dispute outcome applicant topic result compare document decision money zero past own so_far since"
    " cumulative plan respectively each verb act info body among rate foreign".split()
)


def test_phrases_have_known_roles_and_a_character_to_begin_with():
    lines = declared("prose", "phrases")
    assert {line["role"] for line in lines} == {*ROLES, TELLING}
    assert [line["role"] for line in lines if not line["phrase"]] == ["number"]
    for line in lines:
        assert re.compile(line["phrase"]).groups == 0, line
        assert bool(line["opens"]) == (line["role"] != TELLING), line


def test_no_phrase_is_cut_by_a_comma():
    assert all(None not in line and None not in line.values() for line in declared("prose", "phrases"))
    assert [line for line in declared("prose", "phrases") if re.search(r"\{\d*$", line["phrase"])] == []


@pytest.mark.parametrize(("sentence", "roles"), [
    ("收到申请6件。", ["verb", "topic", "number"]),
    ("2022年1月至12月", ["year", "skipped"]),
    ("依据《条例》第三十条", ["skipped", "skipped"]),
    ("1-6月", ["period"]),
    ("新 收 到", ["verb"]),
    ("无关文字", ["zero"]),
    ("", []),
])
def test_roles_of_tokens(sentence, roles):
    assert [token.role for token in read_sentence(sentence).tokens] == roles


def test_a_sentence_keeps_what_is_printed_beside_what_is_matched():
    sentence = read_sentence("收(shōu)到 申請１２件（含网上）。")
    assert (sentence.printed, sentence.text) == ("收到申請１２件（含网上）。", "收到申请12件" + " " * 5)
    [number] = [token for token in sentence.tokens if token.role == "number"]
    printed, matched = (text[number.start : number.end] for text in (sentence.printed, sentence.text))
    assert (printed, matched) == ("１２件", "12件")


@pytest.mark.parametrize(("text", "value", "step", "unit", "manner"), [
    ("6件", 6, 1, "件", ""), ("1.2万余件", 12000, 1000, "件", "余"), ("近100件", 100, 100, "件", "近"),
    ("至少20件", 20, 10, "件", "余"), ("1,286件", 1286, 1, "件", ""), ("十二件", 12, 1, "件", ""),
    ("45.67%", 45.67, 0.01, "%", ""), ("23600元", 2.36, 1e-4, "元", ""),
])
def test_numbers_are_read_with_their_exactness(text, value, step, unit, manner):
    sentence = read_sentence(text)
    number = read_said_number(sentence, sentence.tokens[-1])
    assert number[1:] == (pytest.approx(value), pytest.approx(step), unit, manner)


@pytest.mark.parametrize(("text", "counts"), [
    ("收到申请数为6，答复5。", True), ("收到申请6，其中网上5。", True), ("收到申请 6", False), ("收到申请6人，其中", False),
])
def test_a_number_without_a_unit_counts_in_a_sentence_only(text, counts):
    sentence = read_sentence(text)
    number = next(token for token in sentence.tokens if token.role == "number")
    assert counts_alone(sentence, number, beside=True) is counts


def test_a_line_is_cut_behind_full_stops():
    assert split_sentences("收到6件；答复5件。") == ["收到6件；", "答复5件。"]
    assert split_sentences(" \n") == []
    assert [len(piece) for piece in split_sentences("件" * 4100)] == [2000, 2000, 100]
