"""Labels of codes: declared in both languages, none where a code means several things."""

import csv

import pytest

from publish.labels import HEADS, label, read_labels


def test_every_head_has_a_label_in_both_languages_and_stands_once():
    with HEADS.open(encoding="utf-8", newline="") as lines:
        heads = list(csv.DictReader(lines))
    assert all(all(line.values()) for line in heads)
    assert len({line["head"] for line in heads}) == len(heads)


@pytest.mark.parametrize(("code", "en", "zh"), [
    ("refusal_rate", "Refusal rate", "不予公开率"), ("holds", None, "成立"), ("inferred", None, "推算"), ("natural_person", "Natural persons", "自然人"),
    ("other", None, None), ("花街镇 2023", None, None), ("", None, None),
])
def test_a_code_has_the_label_of_the_codebook(monkeypatch, code, en, zh):
    assert label(code) == en
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    assert label(code) == zh


def test_a_code_of_two_meanings_has_no_label():
    assert "other" not in read_labels()  # a result of a review, and what is handled otherwise
