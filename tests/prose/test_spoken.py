"""How far a sentence has been read: clauses, topics and what was said."""

import pytest

from govtables.prose.qualifiers import Times
from govtables.prose.quantities import Topic
from govtables.prose.spoken import Spoken
from govtables.prose.tokens import read_sentence


def spoken_up_to(text: str, at: int, year: int | None = 2022, topic: str = "") -> Spoken:
    """Read the tokens before a place among them."""
    spoken = Spoken(read_sentence(text), Times(year), Topic(topic))
    tokens = spoken.sentence.tokens
    for n, token in enumerate(tokens[:at]):
        if token.role in ("break", "open", "close"):
            spoken.cross(n)
        else:
            spoken.learn(token, tokens[n - 1].end if n else 0)
    return spoken


@pytest.mark.parametrize(("text", "at", "roles"), [
    ("收到申请6件", 2, ["verb", "topic"]),
    ("收到申请，答复", 4, ["verb"]),
    ("收到申请:6件", 3, ["verb", "topic"]),
    ("收到申请（网上5件）6件", 6, ["verb", "topic"]),
    ("未收到申请", 3, ["verb", "topic"]),
], ids=["words", "a comma", "a colon before a number", "behind parentheses", "behind a denial"])
def test_what_was_said(text, at, roles):
    assert [token.role for token in spoken_up_to(text, at).clause.said] == roles


def test_a_clause_remembers_the_one_before_it():
    spoken = spoken_up_to("予以公开，占", 2)
    assert [token.role for token in spoken.clause.before] == ["outcome"]
    assert spoken.clause.said == [] and spoken.clause.start == 5


@pytest.mark.parametrize(("text", "topic"), [
    ("政府信息公开申请", "requests"), ("行政复议", "disputes.review"), ("人大建议", "foreign"), ("会议", ""),
])
def test_the_topic_follows_the_words(text, topic):
    spoken = Spoken(read_sentence(text), Times(None), Topic())
    for token in spoken.sentence.tokens:
        spoken.learn(token)
    assert spoken.topic.code == topic


@pytest.mark.parametrize(("end", "kept"), [("。", "requests"), ("；", "foreign")])
def test_a_full_stop_forgets_a_foreign_topic(end, kept):
    spoken = Spoken(read_sentence(f"人大建议5件{end}"), Times(2022), Topic("foreign"))
    assert spoken.go_on("办结5件", "requests").topic.code == kept


def test_another_request_is_foreign():
    spoken = Spoken(read_sentence("低保申请6件"), Times(2022), Topic())
    [request] = [token for token in spoken.sentence.tokens if token.role in ("topic", "foreign")]
    assert spoken.settle(request, 0).role == "foreign"
    spoken = Spoken(read_sentence("收到申请6件"), Times(2022), Topic())
    assert spoken.settle(spoken.sentence.tokens[1], spoken.sentence.tokens[0].end).role == "topic"


@pytest.mark.parametrize(("text", "roles"), [
    ("6件申请答复", ["topic", "verb"]), ("6件、答复5件", []), ("6件，答复", []), ("6件答复5件", ["verb"]),
])
def test_what_follows_a_number(text, roles):
    assert [token.role for token in spoken_up_to(text, 0).following(0)] == roles


def test_respectively_queues_the_quantities_in_their_order():
    text = "新收到和答复申请分别6件和5件"
    tokens = read_sentence(text).tokens
    at = next(n for n, token in enumerate(tokens) if token.role == "respectively")
    clause = spoken_up_to(text, at + 1).clause
    assert (clause.queue, clause.alike) == (["requests.received", "requests.concluded"], False)
    assert spoken_up_to("分别6件和5件", 1).clause.alike


@pytest.mark.parametrize(("text", "foreign"), [
    ("同比增长,", False), ("同比增长", True), ("(2021年5件)", False), ("2021年(", True), ("2021年(2022年5件)", True),
])
def test_a_time_ends_with_its_parentheses_and_a_comparison_with_its_clause(text, foreign):
    assert spoken_up_to(text, 9).times.foreign() is foreign


def test_behind_parentheses_numbers_are_among_what_they_were_before():
    assert spoken_up_to("其中(", 2).scope.among
    assert not spoken_up_to("(其中5件)", 4).scope.among and spoken_up_to("(其中5件)", 3).scope.among
