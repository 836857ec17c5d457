"""The catalogues of the Chinese edition: none missing, none stale, none fuzzy, and translated but for a named list."""

import subprocess
import sys
from io import BytesIO

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from tools.catalogues import TOP, has_english, judge, update


def make(messages: dict[str, str], *flags: str) -> Catalog:
    catalogue = Catalog(locale="zh_CN")
    for text, translation in messages.items():
        catalogue.add(text, translation, flags=flags)
    return catalogue


def test_every_page_is_translated_but_for_those_that_are_listed():
    done = subprocess.run([sys.executable, "tools/catalogues.py", "--check"], cwd=TOP, capture_output=True, text=True)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize(("known", "flags", "not_yet", "said"), [
    ({"A report": "一份报告"}, (), "", None),
    ({}, (), "", "missing"),
    ({"A report": "一份报告", "Gone": "已删"}, (), "", "stale"),
    ({"A report": "一份报告"}, ("fuzzy",), "", "fuzzy"),
    ({"A report": ""}, (), "", "not translated"),
    ({"A report": ""}, (), "page", None),
    ({"A report": "一份报告"}, (), "page", "is translated"),
], ids=["whole", "missing", "stale", "fuzzy", "waiting", "listed", "listed in vain"])
def test_what_is_wrong_with_a_catalogue_is_said(known, flags, not_yet, said):
    found = list(judge("page", make(known, *flags), make({"A report": ""}), frozenset(not_yet.split())))
    assert [said in line for line in found] == ([True] if said else [])


def test_an_update_keeps_translations_and_proposes_those_of_what_has_changed():
    known = make({"A report stands here.": "这里有一份报告。", "Gone altogether": "已删"})
    prose = make({"A report stands here": "", "汉阴县 `hanyin`": "", "Quite another": ""})
    written = read_po(BytesIO(update(known, prose)), locale="zh_CN")
    told = {one.id: (one.string, one.fuzzy) for one in written if one.id}
    assert told == {"A report stands here": ("这里有一份报告。", True), "汉阴县 `hanyin`": ("汉阴县 `hanyin`", False), "Quite another": ("", False)}


def test_an_address_is_no_english():
    assert not has_english("[方法](method.md)")
