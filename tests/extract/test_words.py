"""Words of the State around its tables."""

import re

import pytest

from govtables.declared import declared
from govtables.extract.words import words

ROLES = {line["role"] for line in declared("extract", "words")}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_words_of_a_role_are_a_pattern_and_each_stands_once(role):
    known = [line["word"] for line in declared("extract", "words") if line["role"] == role]
    assert len({*known}) == len(known)
    assert re.compile(words(role)).groups == 0


def test_of_two_words_that_fit_the_first_counts():
    assert re.match(words("kind"), "年度工作报告")[0] == "年度工作报告"
    assert re.match(words("nobody"), "我局") and not re.match(words("nobody"), "本溪市")
