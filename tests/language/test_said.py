"""A sentence is a text in English like any other, and its Chinese goes with it wherever it goes."""

import copy
import pickle

import pyarrow as pa
import pytest

from govtables.language import Said, join, tell, to_chinese
from govtables.readers import Unreadable

UNIT = tell("language.unit", unit="万元")
BOTH = join([UNIT, "by hand", tell("language.separator")])


def test_a_sentence_is_a_text_in_english():
    assert UNIT == "unit in the cell: '万元'" and hash(UNIT) == hash("unit in the cell: '万元'")
    assert {UNIT: 1}["unit in the cell: '万元'"] == 1 and repr(UNIT) == '"unit in the cell: \'万元\'"'
    assert pa.array([UNIT, None], pa.string()).to_pylist() == ["unit in the cell: '万元'", None]


@pytest.mark.parametrize("carry", [lambda said: pickle.loads(pickle.dumps(said)), copy.deepcopy, str, lambda said: str(Unreadable(said))])
@pytest.mark.parametrize("said", [UNIT, BOTH, Said("own", "自有")])
def test_its_chinese_goes_with_it(carry, said):
    carried = carry(said)
    assert carried == said and carried.zh == said.zh


def test_sentences_and_texts_are_joined_in_both_languages():
    assert BOTH == "unit in the cell: '万元'; by hand; thousands separator"
    assert BOTH.zh == "单元格内注明单位：“万元”；by hand；数字中有千位分隔符"


def test_one_part_stays_what_it_is_and_none_is_nothing():
    assert join([None, UNIT, ""]) is UNIT and join([None, ""]) is None


def test_what_cannot_be_seen_stands_in_no_chinese_sentence():
    assert tell("language.note", note="1\n2\u202e3").zh == "单元格内有附注：“1 2 3”"
    assert to_chinese(None) is None and to_chinese(3) == 3


def test_a_message_that_is_not_declared_is_a_mistake():
    with pytest.raises(StopIteration):
        tell("language.nothing")
