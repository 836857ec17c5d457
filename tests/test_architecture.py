"""The shape of the package: imports point backwards along one line, functions and modules stay small.

A folder of modules is one step, whose modules import each other as they need.
"""

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
PACKAGE = TOP / "govtables"
FILES = {".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path for path in sorted(PACKAGE.rglob("*.py"))}
MODULES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
# A module may import those of the steps before its own.
STEPS = [
    {"records"},
    {"grid", "labels", "limits"},
    {"declared"},
    {"forms", "divisions"},
    {"formulas"},
    {"indicators"},
    {"text", "html", "office", "pdf", "scan"},
    {"documents", "sections", "archives", "workers"},
    {"rows"},
    {"columns", "placing", "naming"},
    {"cells", "facts"},
    {"results"},
    {"match", "edits"},
    {"extras"},
    {"checks"},
    {"rules"},
    {"solver"},
    {"inference", "typos"},
    {"locate", "decisions"},
    {"aliases"},
    {"issuer_names"},
    {"extracts", "sentences", "scopes"},
    {"bodies"},
    {"issuers"},
    {"times", "quantities"},
    {"shares", "scoping"},
    {"claims"},
    {"verdicts"},
    {"proof", "prose", "across"},
    {"run", "schema"},
    {"dictionary"},
    {"dataset"},
    {"display", "printed_line", "summary", "folder"},
    {"reading"},
    {"flat", "wide"},
    {"describe"},
    {"workbook", "stata", "database"},
    {"exports"},
    {"cli"},
]
ALONE = [{"plots", "figures", "changes", "panels"}, {"timelines"}]  # steps on published frames, without the rest
MAY_IMPORT_THE_PACKAGE = {"cli"}
LONGEST_BODY, LONGEST_MODULE = 40, 300
LONGEST_COMMON_WORD = 3  # characters; a longer label is the State's wording

by_module = pytest.mark.parametrize("name", MODULES)


def imports_of(tree: ast.Module) -> Iterator[str]:
    """Names of the modules of the package that a module imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module] if node.module != "govtables" else [f"govtables.{alias.name}" for alias in node.names]
            assert node.level == 0, "imports are absolute"
        else:
            continue
        yield from (name.partition(".")[2] or "__init__" for name in names if name.partition(".")[0] == "govtables")


def step_of(name: str) -> str:
    return name.partition(".")[0]


def functions_of(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def body_of(function: ast.FunctionDef) -> list[ast.stmt]:
    return function.body[ast.get_docstring(function) is not None :]


def texts_of(tree: ast.Module) -> Iterator[str]:
    """String constants but docstrings."""
    nodes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    documented = [node for node in ast.walk(tree) if isinstance(node, nodes) and ast.get_docstring(node) is not None]
    docstrings = {id(node.body[0].value) for node in documented}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def official_labels() -> set[str]:
    labels = set()
    for name in ("rows", "columns"):
        with (PACKAGE / "forms" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            labels |= {line["label"] for line in csv.DictReader(lines)}
    return {label for label in labels if len(label) > LONGEST_COMMON_WORD}


def test_every_module_has_its_step():
    assert {step_of(name) for name in MODULES} - {"__init__"} == set().union(*STEPS, *ALONE), "declare a new module in STEPS"


@by_module
def test_imports_point_backwards(name):
    if name == "__init__":
        allowed = set(MODULES)
    else:
        steps = ALONE if name in set().union(*ALONE) else STEPS
        at = next((n for n, step in enumerate(steps) if step_of(name) in step), 0)
        allowed = set().union(*steps[:at]) | ({step_of(name)} if FILES[name].parent != PACKAGE else set()) | ({"__init__"} if name in MAY_IMPORT_THE_PACKAGE else set())
    assert sorted(used for used in imports_of(MODULES[name]) if step_of(used) not in allowed) == []


@by_module
def test_sizes(name):
    long = {f.name: n for f in functions_of(MODULES[name]) if (n := body_of(f)[-1].end_lineno - body_of(f)[0].lineno + 1) > LONGEST_BODY}
    assert long == {}
    lines = FILES[name].read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE


@by_module
def test_modules_say_what_they_are_for(name):
    assert ast.get_docstring(MODULES[name])
    undocumented = [node.name for node in MODULES[name].body if is_public(node) and not ast.get_docstring(node)]
    assert undocumented == []


def is_public(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")


@by_module
def test_only_the_command_prints(name):
    calls = [node.func for node in ast.walk(MODULES[name]) if isinstance(node, ast.Call)]
    assert name == "cli" or not [call for call in calls if isinstance(call, ast.Name) and call.id == "print"]


@by_module
def test_no_official_label_stands_in_code(name):
    texts = list(texts_of(MODULES[name]))
    assert sorted(label for label in official_labels() if any(label in text for text in texts)) == []


@by_module
def test_nothing_runs_at_import(name):
    """Top level holds definitions, constants and docstrings; a statement alone would do something."""
    allowed = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.AugAssign)
    rest = [node for node in MODULES[name].body if not isinstance(node, allowed) and not is_constant(node)]
    assert [ast.unparse(node)[:80] for node in rest if not is_type_checking(node)] == []


def is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_type_checking(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "__name__ == '__main__'")
