"""What sentences state: every labelled sentence, alone and all together."""

import csv

import pytest

from govtables.declared import declared
from govtables.prose.claims import find_claims, read_topic
from tests.prose.saying import HERE, SENTENCES, expected_of, found_in

LEAST_PRECISION, LEAST_RECALL = 0.99, 0.99
# Labelled by somebody who had not seen the code; no rule was made from it.
HELD_OUT = HERE / "sentences_held_out.csv"
LEAST_HELD_OUT = 0.98
KNOWN = [line for line in SENTENCES if not line["known_miss"]]


@pytest.mark.parametrize("line", KNOWN, ids=lambda line: line["sentence"])
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
    missed = [line for line in SENTENCES if line["known_miss"]]
    assert [line["sentence"] for line in missed if found_in(line) == expected_of(line)] == []


def test_the_labelled_sentences_are_many_and_of_all_kinds():
    assert len({line["sentence"] for line in SENTENCES}) == len(SENTENCES) >= 170
    assert sum(not line["expected"] for line in SENTENCES) >= 60
    labelled = {quantity.removesuffix(".share") for line in SENTENCES for quantity, _ in expected_of(line)}
    assert labelled <= {line["quantity"] for line in declared("prose", "quantities")}


@pytest.mark.parametrize(("heading", "topic"), [
    ("（二）依申请公开情况", "requests"),
    ("（三）行政复议情况", "disputes.review"),
    ("（三）建议提案办理情况", "foreign"),
    ("一、总体情况", ""),
    ("", ""),
])
def test_a_heading_has_a_topic(heading, topic):
    assert read_topic(heading) == topic


@pytest.mark.parametrize(("sentence", "whole"), [
    ("予以公开5件，占收到申请总数的62.5%。", "requests.received"),
    ("予以公开5件，占办结总数的62.5%。", "requests.concluded"),
    ("予以公开5件，占62.5%。", ""),
])
def test_a_share_keeps_the_whole_that_is_named(sentence, whole):
    [*_, share] = find_claims(sentence, 2022)
    assert (share.quantity, share.number.value, share.whole) == ("requests.granted.share", 62.5, whole)


def test_the_topic_above_governs_a_bare_verb():
    assert find_claims("收到19件。", 2022) == []
    assert [claim.quantity for claim in find_claims("收到19件。", 2022, "requests")] == ["requests.received"]
