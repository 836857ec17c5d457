"""What people read is declared, in English and in Chinese: no sentence in code, none in one language alone."""

import ast
import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import govtables
from whole.sources import MODULES

TOP = Path(govtables.__file__).parent
DECLARED = {path.relative_to(TOP).as_posix(): list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in sorted(TOP.rglob("*.csv"))}
MESSAGES = {f"{name.split('/')[0]}.{line['message']}": line for name, lines in DECLARED.items() if name.endswith("messages.csv") for line in lines}
PLACEHOLDER = re.compile(r"\{(\w+)")
ENGLISH = re.compile(r"[A-Za-z]{2,}[ ,;]+[A-Za-z]{2,}[ ,;]+[A-Za-z]{2,}")  # words in a row: no name of a file or program
# Chinese counts all where English counts those that are left out
ALSO, LESS = {"proof.and_more": {"count"}}, {"proof.and_more": {"more"}}
TOLD = ("tell", "phrase", "say", "mistake", "message")
DOCUMENTED = ast.Module | ast.FunctionDef | ast.ClassDef
WORDS = {line["word"] for line in DECLARED["analysis/words.csv"]}  # which figures and tables translate
# What is no sentence, or is met by nobody but who writes code: how it begins, by module.
NOT_SAID = {
    "govtables": ("module ",), "govtables.analysis": ("module ",),
    "govtables.analysis.figures.cells": ("outside lower",), "govtables.analysis.figures.style": ("Noto Sans", "Last Resort"),
    "govtables.extract.row_matching": ("0 at 0 is spent",), "govtables.proof.children": ("0 of 0",),
    "govtables.readers.html": ("a, b, em",), "govtables.readers.wrapped_pages": ("script, ",), "govtables.readers.ofd.drawing": ("/00 gs", "0 Tm"),
    "govtables.readers.ofd.printing": ("0 0 0 -0",), "govtables.readers.office.legacy": ("apt install", "xlsx:Calc"),
    "govtables.readers.pdf.witnesses": ("no second reading",), "govtables.readers.seen": ("style, ",),
    "govtables.readers.styles": ("first-child ",), "govtables.records": ("CELL LABEL",),
}
MADE = {"CellRow": 6, "Finding": 4, "Unreadable": 0}  # by what is made, where its sentence stands
NAMED = ("message", "reason", "error", "typing")


def words_of(text: str) -> str:
    return re.sub(r"\{[^}]*\}", "", text)


@pytest.mark.parametrize("name", [name for name, lines in DECLARED.items() if "en" in lines[0] and "label" not in lines[0]])
def test_every_english_text_has_its_chinese(name):
    assert [line["en"] for line in DECLARED[name] if line["en"] and not line["zh"]] == []
    assert [line["zh"] for line in DECLARED[name] if ENGLISH.search(words_of(line["zh"]))] == []


@pytest.mark.parametrize("message", MESSAGES)
def test_both_languages_say_the_same_facts(message):
    en, zh = ({*PLACEHOLDER.findall(MESSAGES[message][lang])} for lang in ("en", "zh"))
    assert zh == (en | ALSO.get(message, set())) - LESS.get(message, set())


def test_what_is_said_beside_is_said_in_both_languages():
    pairs = [(line, key) for lines in DECLARED.values() for line in lines for key in line if key and key.endswith("_zh")]
    assert [line[key] for line, key in pairs if bool(line[key]) != bool(line[key.removesuffix("_zh")])] == []


def test_no_line_has_more_values_than_columns():
    messages = {name: lines for name, lines in DECLARED.items() if name.endswith("messages.csv")}
    assert [name for name, lines in messages.items() if any(None in line or None in line.values() for line in lines)] == []


def test_messages_are_declared_once():
    for name, lines in DECLARED.items():
        if name.endswith("messages.csv"):
            assert [one for one, count in Counter(line["message"] for line in lines).items() if count > 1] == []


def test_every_message_is_told_and_every_told_one_is_declared():
    texts = [node for tree in MODULES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    wings = {message.partition(".")[0] for message in MESSAGES}
    literal = {node.value for node in texts if re.fullmatch(rf"({'|'.join(wings)})\.[a-z]\w+", node.value)}
    made = [node for tree in MODULES.values() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    patterns = [_pattern(node) for node in made if isinstance(node.values[0], ast.Constant) and node.values[0].value.startswith(tuple(f"{w}." for w in wings))]
    assert [message for message in MESSAGES if message not in literal and not any(p.fullmatch(message) for p in patterns)] == []
    trees = [tree for name, tree in MODULES.items() if name.startswith("govtables")]
    told = [node.args[0] for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TOLD]
    assert [one.value for one in told if isinstance(one, ast.Constant) and one.value not in MESSAGES] == []


def _pattern(node: ast.JoinedStr) -> re.Pattern[str]:
    parts = [re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+" for part in node.values]
    return re.compile("".join(parts))


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("govtables.")])
def test_no_sentence_is_made_in_code(name):
    assert [ast.unparse(text) for call in ast.walk(MODULES[name]) if isinstance(call, ast.Call) for text in _sentences(call) if _is_plain(text)] == []


def _sentences(call: ast.Call) -> list[ast.expr]:
    made = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    at = MADE.get(made)
    placed = call.args[at : at + 1] if at is not None else []
    return placed + [word.value for word in call.keywords if word.arg in NAMED]


def _is_plain(text: ast.expr) -> bool:
    """Tell a sentence in code: a text with a blank in it, or one that is put together."""
    return isinstance(text, ast.JoinedStr | ast.BinOp) or (isinstance(text, ast.Constant) and isinstance(text.value, str) and " " in text.value)


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("govtables")])
def test_no_sentence_stands_in_code(name):
    """Errors, prints and help are declared, too; what is left are names, styles and what programs are told."""
    documents = {id(node.body[0].value) for node in ast.walk(MODULES[name]) if isinstance(node, DOCUMENTED) and ast.get_docstring(node)}
    parts = {id(part) for node in ast.walk(MODULES[name]) if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = [_text(node) for node in ast.walk(MODULES[name]) if id(node) not in documents | parts]
    assert [text for text in texts if ENGLISH.search(text) and text not in WORDS and not text.startswith(NOT_SAID.get(name, ()))] == []


def _text(node: ast.AST) -> str:
    """What a text says in code, a number for each fact of it; of what is no text, nothing."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "0" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_errors_are_made_of_messages():
    """A caller is told by a code; of the other errors some are of Python, and some end no more than a reader."""
    raised = [(name, node.exc) for name, tree in MODULES.items() if name.startswith("govtables") for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    made = [(name, error.func.id, error.args[0]) for name, error in raised if isinstance(error, ast.Call) and isinstance(error.func, ast.Name) and error.args]
    assert [(name, what) for name, what, _ in made if what == "ValueError"] == []
    assert [(name, ast.unparse(said)) for name, _, said in made if name not in NOT_SAID and " " in _text(said)] == []
