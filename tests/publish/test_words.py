"""The words of generated pages: said in both languages, each used, none missing."""

import ast
import string

import pytest
from markupsafe import Markup

from govtables.dataset import SEVERITIES, fields, known_codes
from publish import words
from publish.job import DOCS, TOP
from publish.words import LANGUAGES, fill, read_words, say, tell


def find_used() -> set[str]:
    """Words that the code says by name, and those of the templates."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (TOP / "publish").rglob("*.py")]
    literals = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    literals |= {f"{severity}s" for severity in SEVERITIES}
    pages = " ".join(path.read_text(encoding="utf-8") for path in (DOCS / "_templates").glob("*.md"))
    names = {found[1] or found[2] for found in string.Template.pattern.findall(pages)}
    return {text for text in literals if isinstance(text, str)} | names


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_word_is_said_in_both_languages_with_the_same_values():
    assert list(read_words()["reports"]) == ["word", *LANGUAGES]
    for word, said in read_words().items():
        assert said["en"] and said["zh"], word
        assert placeholders(said["en"]) - {"s"} == placeholders(said["zh"]), word


def test_every_word_is_used():
    used = find_used()
    beginnings = tuple(text for text in used if text.endswith("_"))
    assert [word for word in read_words() if word not in used and not word.startswith(beginnings)] == []


CODES = [("cells", "status", "status_"), ("cells", "status", "cells_"), ("checks", "verdict", "verdict_"), ("statements", "verdict", "verdict_"),
         ("findings", "severity", "severity_"), ("proposals", "kind", "proposal_"), ("ledger", "spent", "spent_")]


@pytest.mark.parametrize(("table", "field", "begin"), CODES)
def test_every_code_that_pages_name_has_a_word(table, field, begin):
    declared = next(line["codes"] for line in fields(table) if line["field"] == field)
    assert {f"{begin}{code}" for code in known_codes(declared)} <= set(read_words())


def test_every_word_that_the_code_says_is_there():
    for path in (TOP / "publish").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
            if called and isinstance(node.args[0], ast.Constant):
                assert node.args[0].value in read_words(), f"{path.name}: {node.args[0].value}"


@pytest.mark.parametrize(("lang", "said"), [("en", "2 reports"), ("zh", "2份报告")])
def test_the_edition_chooses_the_language(monkeypatch, lang, said):
    monkeypatch.setenv("GOVTABLES_LANG", lang)
    assert say("reports", n=2) == said
    assert words.edition() == lang


def test_markup_among_the_values_stays_and_the_rest_is_escaped(monkeypatch):
    lines = {"more": {"en": "{n} < {link} of {name}", "zh": "{link}"}}
    monkeypatch.setattr(words, "read_words", lambda: lines)
    said = say("more", n=1, link=Markup("<a>x</a>"), name="<b>")
    assert said == Markup("1 &lt; <a>x</a> of &lt;b&gt;")


def test_a_line_is_told_in_the_language_of_the_edition(monkeypatch):
    line = {"en": "held", "zh": "保存", "message": "a", "message_zh": "甲", "note": "b"}
    assert (tell(line), tell(line, "message")) == ("held", "a")
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    assert (tell(line), tell(line, "message"), tell(line, "note")) == ("保存", "甲", "b")


def test_a_template_takes_values_and_words(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("$title: $reports\n", encoding="utf-8")
    assert fill(page, title="All", n=3) == "All: 3 reports\n"
