"""Sentences whose numbers stand between blanks, and rows of cells."""

import pytest

from govtables.language.spoken import is_spoken, join_spoken


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("收到申请 7 件，其中自然人 5 件。", "收到申请7件，其中自然人5件。"),
        ("收费 1.5 万元；罚款 3 元。", "收费1.5万元；罚款3元。"),
        ("行政许可 7 件", None),
        ("规章 0 0 4", None),
        ("行政许可 7 件 行政处罚 8 件", None),
    ],
)
def test_sentences(text, joined):
    assert is_spoken(text) == (joined is not None)
    assert join_spoken(text) == (joined or text)
