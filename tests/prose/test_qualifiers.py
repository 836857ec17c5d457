"""Of which year a number is, among what it is counted, of what it is a percentage."""

import pytest

from govtables.prose.qualifiers import TIMES, Scope, Times, inherit, name_whole, split_subject
from govtables.prose.quantities import PART, UNSURE, WITHIN, Named
from govtables.prose.tokens import read_sentence

RECEIVED = Named("verb", ("requests.received",))


def times_of(text: str, year: int | None = 2022) -> Times:
    sentence, times = read_sentence(text), Times(year)
    for token in sentence.tokens:
        if token.role in TIMES:
            times.learn(token, sentence.text)
    return times


@pytest.mark.parametrize(("text", "foreign"), [
    ("2022年", False), ("2021年", True), ("去年", True), ("2021年，2022年", False), ("同比增长", True),
    ("2022年累计", False), ("自2008年以来累计", True), ("", False),
])
def test_numbers_of_other_times_are_foreign(text, foreign):
    assert times_of(text).foreign() is foreign


def test_without_a_known_year_every_year_is_the_report_s():
    assert not times_of("2021年", None).foreign()


def test_a_sentence_behind_one_of_another_time_is_in_doubt():
    after = times_of("2021年").go_on(same=False)
    assert (after.foreign(), after.doubtful) == (False, True)
    assert times_of("2021年").go_on(same=True).foreign()
    assert not after.go_on(same=False).doubtful


@pytest.mark.parametrize(("text", "told"), [
    ("6件（2021年）", True), ("6件（2022年）", False), ("6件（近3年）", True), ("6件，2021年", False), ("6件", False),
])
def test_another_year_in_parentheses_tells_a_number_s_time(text, told):
    assert Times(2022).is_told_behind(read_sentence(text), 0) is told


def test_among_counts_part_of_what_was_counted():
    scope = Scope(among=True)
    assert scope.tell(RECEIVED, [], [], "") == WITHIN
    assert Scope(among=True, verbs=False).tell(RECEIVED, [], [], "") == ""
    assert Scope().tell(RECEIVED, [], [], "") == ""


def test_one_body_s_number_is_a_part_where_all_were_counted():
    body = read_sentence("办公室收到").tokens[:1]
    assert body[0].role == "body"
    assert Scope().tell(RECEIVED, body, ["requests.received"], "") == PART
    scope = Scope()
    assert scope.tell(RECEIVED, body, [], "") == UNSURE
    assert scope.tell(RECEIVED, [], [], "") == UNSURE, "what follows may be of that body too"


@pytest.mark.parametrize(("behind", "inside", "within"), [
    ("中，予以公开5件", False, True), ("，予以公开5件", False, False), ("申请中，", True, True), ("其中，", False, False),
])
def test_what_follows_may_be_counted_among_a_number(behind, inside, within):
    scope = Scope()
    scope.narrow(behind.replace("，", ","), [], RECEIVED, inside)
    assert scope.within is within


def test_numbers_of_one_channel_are_a_part():
    said = [token for token in read_sentence("网上收到申请6件").tokens if token.role != "number"]
    outside, inside = Scope(), Scope()
    outside.narrow("", said, Named(), inside=False)
    inside.narrow("", said, Named(), inside=True)
    assert (outside.within, inside.within) == (True, False)


def test_vague_words_doubt_a_group_of_quantities():
    scope = Scope(vague={"requests"})
    assert scope.doubts("requests.received") and not scope.doubts("disputes.review")


@pytest.mark.parametrize(("between", "whole"), [
    ("占收到申请总数的", "requests.received"), ("占办结总数的", "requests.concluded"), ("占", ""), ("收到", ""),
])
def test_the_whole_of_a_percentage(between, whole):
    assert name_whole(between) == whole


GRANTED = ("requests.granted",)
BOTH = ["requests.granted", "requests.partially_granted"]


@pytest.mark.parametrize(("between", "before", "last", "listed", "codes"), [
    (",占", None, GRANTED, [], ["requests.granted"]),
    ("(占", None, GRANTED, [], ["requests.granted"]),
    (",两项合计占", None, GRANTED, BOTH, ["requests.disclosed"]),
    (",两项合计占", None, GRANTED, ["requests.granted"], []),
    (",占", BOTH, GRANTED, [], BOTH),
    (",增长", None, GRANTED, [], []),
    (",其他占", None, GRANTED, [], []),
    (",占", None, ("requests.received",), [], []),
], ids=["last", "parenthesis", "summed", "no pair", "words before", "no share", "something else", "no part"])
def test_a_percentage_without_words_is_of_what_was_counted(between, before, last, listed, codes):
    assert inherit(between, before, last, listed) == codes


def test_words_of_the_whole_are_not_the_subject():
    sentence = read_sentence("予以公开占收到申请")
    subject = split_subject(sentence.tokens, sentence, 0, len(sentence.text))
    assert [token.role for token in subject] == ["outcome"]
