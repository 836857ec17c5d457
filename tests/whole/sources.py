"""The modules of the project, read but not run: where they are, what they import, how large they are.

In: the sources. Out: trees of `ast`. Next: test_architecture, which says what of this is as it should be.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from symtable import symtable

TOP = Path(__file__).parents[2]
ROOTS = {TOP: ("govtables", "publish"), TOP / "benchmarks": (".",), TOP / "fuzz": (".",)}
FOLDERS = [(root, root / name) for root, names in ROOTS.items() for name in names]
PATHS = [(root, path) for root, folder in FOLDERS for path in sorted(folder.rglob("*.py"))]
FILES = {path.relative_to(root).with_suffix("").as_posix().replace("/", "."): path for root, path in PATHS}
FILES = {name.removesuffix(".__init__"): path for name, path in FILES.items()}
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in FILES.items()}
MODULES = {name: ast.parse(text) for name, text in TEXTS.items()}
SYMBOLS = {name: symtable(text, name, "exec").get_symbols() for name, text in TEXTS.items()}
NAMES = {module: {one.get_name() for one in symbols if one.is_imported() or one.is_assigned()}
         for module, symbols in SYMBOLS.items()}  # that a module binds
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
ARMS = ast.If | ast.For | ast.While | ast.ExceptHandler | ast.match_case


def room_of(name: str) -> str:
    """Return the wing of a module, its own name where it stands beside the wings, or its folder."""
    first, *rest = FILES[name].relative_to(TOP).with_suffix("").parts
    return rest[0] if first == "govtables" and rest[0] != "__init__" else first


def imports_of(name: str) -> Iterator[tuple[str, str]]:
    """Yield module and name of every import, wherever it stands; no name where it is the module itself."""
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            bound = NAMES.get(node.module, ())  # a function may be called as its module is
            found = [(alias.name, f"{node.module}.{alias.name}") for alias in node.names]
            is_module = {one: path in MODULES and one not in bound for one, path in found}
            pairs = [(path, "") if is_module[one] else (node.module, one) for one, path in found]
            yield from ((module, one) for module, one in pairs if module in MODULES)


def functions_of(name: str) -> list[ast.FunctionDef]:
    """List the functions of a module, inner ones too."""
    return [node for node in ast.walk(MODULES[name]) if isinstance(node, FUNCTIONS)]


def length_of(function: ast.FunctionDef) -> int:
    """Count the lines of the body, without the docstring."""
    body = function.body[ast.get_docstring(function) is not None :] or function.body
    return body[-1].end_lineno - body[0].lineno + 1


def branches_of(function: ast.FunctionDef) -> int:
    """Count branches as ruff's PLR0912 does: arms of statements, not of expressions or inner functions."""
    return sum(map(_count_arms, function.body))


def _count_arms(node: ast.AST) -> int:
    if isinstance(node, FUNCTIONS | ast.ClassDef):
        return 0
    orelse = getattr(node, "orelse", ()) if isinstance(node, ast.stmt) else ()
    is_elif = len(orelse) == 1 and isinstance(orelse[0], ast.If) and orelse[0].col_offset == node.col_offset
    own = isinstance(node, ARMS) + bool(orelse and not is_elif) + bool(getattr(node, "finalbody", ()))
    return own + sum(map(_count_arms, ast.iter_child_nodes(node)))


def texts_of(name: str) -> list[str]:
    """List the texts in a module, without its docstrings."""
    alone = {id(node.value) for node in ast.walk(MODULES[name]) if isinstance(node, ast.Expr)}
    constants = [node for node in ast.walk(MODULES[name]) if isinstance(node, ast.Constant)]
    return [node.value for node in constants if isinstance(node.value, str) and id(node) not in alone]
