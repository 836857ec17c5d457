"""The house: wings in order with a face each, modules and functions that stay small, tests that mirror them.

What the rules are for is said in docs/how-to/the-house.md.
"""

import ast
import re
from graphlib import TopologicalSorter

import pytest

import govtables as gt
from govtables.declared import declared
from tools.size import CORE, count_lines
from whole.sources import (
    FILES, FUNCTIONS, MODULES, NAMES, TEXTS, TOP,
    branches_of, functions_of, imports_of, length_of, room_of, texts_of,
)

WINGS = ("language", "forms", "readers", "extract", "issuers", "prose", "proof")
WINGS += ("dataset", "indicators", "pipeline", "exports")
# Imports point backwards along this line; `analysis` reads published frames, so that it stands on less.
LINE = ("declared", "records", *WINGS, "analysis", "govtables", "cli", "publish", "benchmarks", "fuzz")
BELOW = {name: {"declared", "records", "language", "forms", "dataset"} for name in ("indicators", "analysis")}
BELOW["analysis"].add("indicators")
WITHOUT_A_FACE = {*LINE} - {*WINGS}
LONGEST_MODULE, LONGEST_LINE, LONGEST_BODY, MOST_BRANCHES = 250, 110, 40, 12
MOST_ENTRIES = 16
# A ratchet at today's count, to be lowered with what is unified: the aim is 12,500 and 5,500 (tools/size.py).
MOST_LINES, MOST_LINES_OF_THE_CORE = 23_952, 12_783
LONGEST_COMMON_WORD = 3  # characters; a longer label is the State's wording
LISTED, MOST_WORDS = re.compile("[\u4e00-\u9fff]{2,}"), 3  # more declared words in one text are a list of them
STANDS = {part for name in MODULES for part in (*name.split("."), *NAMES[name])}
DEFINES = ast.Import | ast.ImportFrom | FUNCTIONS | ast.ClassDef | ast.Assign | ast.AnnAssign | ast.AugAssign
GUARDS = ("TYPE_CHECKING", "__name__ == '__main__'")

by_module = pytest.mark.parametrize("name", MODULES)
by_module_of_the_package = pytest.mark.parametrize("name", [n for n in MODULES if n.startswith("govtables")])


def is_open(module: str, name: str) -> bool:
    """Tell whether other wings may import this: it stands in a face, which a part of a wing may have, too."""
    if any(part.startswith("_") for part in (*module.split("."), name)):
        return False
    is_face = FILES[module].name == "__init__.py" and (not name or name in NAMES[module])
    return is_face or room_of(module) in WITHOUT_A_FACE


def test_wings_are_those_of_the_line():
    assert {room_of(name) for name in MODULES} == {*LINE}
    assert {*gt.__all__} & {*WINGS} == {"readers"}, "a wing would hide a public name"
    assert len([path for path in (TOP / "govtables").iterdir() if path.name != "__pycache__"]) <= MOST_ENTRIES


@by_module
def test_imports_point_backwards_and_through_faces(name):
    room = room_of(name)
    others = [(module, one) for module, one in imports_of(name) if room_of(module) != room]
    assert {room_of(module) for module, _ in others} <= BELOW.get(room, {*LINE[: LINE.index(room)]})
    assert [(module, one) for module, one in others if not is_open(module, one)] == []


def test_no_modules_import_each_other_in_a_circle():
    TopologicalSorter({name: {module for module, _ in imports_of(name)} for name in MODULES}).prepare()


@by_module
def test_modules_and_functions_stay_small(name):
    lines = TEXTS[name].splitlines()
    assert len(lines) <= LONGEST_MODULE
    assert [n for n, line in enumerate(lines, 1) if len(line) > LONGEST_LINE] == []
    assert [f.name for f in functions_of(name) if length_of(f) > LONGEST_BODY] == []
    assert [f.name for f in functions_of(name) if branches_of(f) > MOST_BRANCHES] == []


def test_the_package_stays_small():
    lines = count_lines()
    assert sum(lines.values()) <= MOST_LINES
    assert sum(lines[wing] for wing in CORE) <= MOST_LINES_OF_THE_CORE


@by_module
def test_modules_and_functions_say_what_they_are_for(name):
    assert ast.get_docstring(MODULES[name])
    defined = [node for node in MODULES[name].body if isinstance(node, FUNCTIONS | ast.ClassDef)]
    assert [node.name for node in defined if not (node.name.startswith("_") or ast.get_docstring(node))] == []


@by_module
def test_what_a_module_says_is_next_exists(name):
    told = (ast.get_docstring(MODULES[name]) or "").partition("Next: ")[2].partition("\n\n")[0]
    assert {*re.findall(r"`(\w+)`", told)} <= STANDS


@by_module
def test_every_parameter_has_a_type(name):
    found = [(f.name, a) for f in functions_of(name) for a in ast.walk(f.args) if isinstance(a, ast.arg)]
    assert [(f, a.arg) for f, a in found if not a.annotation and a.arg not in ("self", "cls")] == []


@by_module_of_the_package
def test_only_the_command_prints(name):
    calls = [node.func for node in ast.walk(MODULES[name]) if isinstance(node, ast.Call)]
    assert name == "govtables.cli" or "print" not in [call.id for call in calls if isinstance(call, ast.Name)]


@by_module_of_the_package
def test_no_official_label_stands_in_code(name):
    labels = {line["label"] for table in ("rows", "columns") for line in declared("forms", table)}
    texts = "\n".join(texts_of(name))
    assert [label for label in labels if len(label) > LONGEST_COMMON_WORD and label in texts] == []


@by_module_of_the_package
def test_no_list_of_the_words_of_the_state_stands_in_code(name):
    words = {line["word"] for wing in ("extract", "issuers") for line in declared(wing, "words")}
    words = sorted((word for word in words if LISTED.fullmatch(word)), key=len, reverse=True)
    found = [{*re.findall("|".join(words), text)} for text in texts_of(name)]
    assert [some for some in found if len(some) > MOST_WORDS] == []


@by_module_of_the_package
def test_nothing_runs_at_import(name):
    """Top level holds definitions, constants and docstrings; a statement alone would do something."""
    rest = [node for node in MODULES[name].body if not isinstance(node, DEFINES)]
    rest = [node for node in rest if not isinstance(getattr(node, "value", None), ast.Constant)]
    tests = [ast.unparse(node.test) if isinstance(node, ast.If) else ast.unparse(node) for node in rest]
    assert [test for test in tests if test not in GUARDS] == []


def test_every_module_has_its_test_module_and_the_other_way_round():
    """What stands beside the wings may be tested with the whole; tests/tools/ is for scripts in tools/."""
    places = [FILES[n].relative_to(TOP) for n in MODULES if room_of(n) not in ("benchmarks", "fuzz")]
    modules = [path.relative_to("govtables") if path.is_relative_to("govtables") else path for path in places]
    wanted = {path.parent / f"test_{path.name}" for path in modules if path.name != "__init__.py"}
    tests = {path.relative_to(TOP / "tests") for path in (TOP / "tests").rglob("test_*.py")}
    mirrors = {path for path in tests if path.parts[0] not in ("whole", "documents", "tools")}
    assert sorted(map(str, mirrors - wanted)) == []
    assert sorted(str(path) for path in wanted - mirrors if len(path.parts) > 1) == []
