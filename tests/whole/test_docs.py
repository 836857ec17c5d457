"""The pages in docs/ and the README: what they show runs as shown, what they name is there, and the reference leaves nothing out.

On a page a block `console` holds commands behind `$` and what they print, a block `python` examples as doctest reads them (`>>>`), and
a block `{code-block}` with a caption is the file of that name. A page's blocks are run in order, in a folder with a copy of data/.
Dots (`...`) stand for any text.
"""

import doctest
import importlib
import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pytest

import govtables as gt
from govtables import cli
from govtables.dataset import SCHEMAS
from publish.pages.command_line import list_parsers, write_command_line

TOP = Path(__file__).parents[2]
DOCS = TOP / "docs"

PAGES = sorted(path for path in DOCS.rglob("*.md") if not path.relative_to(DOCS).parts[0].startswith("_"))
TEXTS = [TOP / "README.md", *PAGES]
ELSEWHERE = {DOCS / "other-tools.md"}  # whose examples need exports, and are run in tests/test_export.py
MADE = {"codebook.md", "tables.md", "downloads.md", "status.md", "reports", "reference/command-line.md"}  # pages that tools/ writes
ANALYSIS = {f"analysis.{name}" for name in gt.analysis.MODULES}
SERVED = "127.0.0.1:8000"  # where pages say that this machine publishes the sample
FENCE = re.compile(r"^(?P<fence>`{3,})(?P<kind>[\w{}-]*) *(?P<argument>[^\n`]*)\n(?P<text>.*?)^(?P=fence) *$", re.MULTILINE | re.DOTALL)
CAPTION = re.compile(r":caption: *(\S+)\n(?::.*\n)*\n?")
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n?)*)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FOLDERS = ("benchmarks", "data", "docs", "fuzz", "govtables", "notebooks", "publish", "tests", "tools")
NAMED_PATH = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w./*-]*[\w*]")
COMMAND_LINE = re.compile(r"^(?:\$ )? *(govtables [^\n#]*)", re.MULTILINE)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

by_page = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(TOP).as_posix())


class Block(NamedTuple):
    """A fenced block of a page: its language or directive, and its text."""

    kind: str
    text: str
    line: int


def blocks(path: Path) -> list[Block]:
    """List the fenced blocks of a page."""
    page = path.read_text(encoding="utf-8")
    return [Block(found["kind"], found["text"], page.count("\n", 0, found.start()) + 2) for found in FENCE.finditer(page)]


def indented(path: Path) -> list[Block]:
    """List the examples of a page that stand outside fenced blocks, as one block."""
    rest = FENCE.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
    return [Block("", rest, 0)] if ">>> " in rest else []


def runs(block: Block) -> bool:
    """Tell whether a block does something."""
    return block.kind == "console" or ">>> " in block.text or (block.kind == "{code-block}" and ":caption:" in block.text)


def run_command(command: str) -> str:
    """Run one line of a shell, in this process if it is the command `govtables`; return all it prints."""
    if command.startswith("govtables ") and not set("|>;&") & set(command):
        said = StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            cli.main(shlex.split(command)[1:])
        return said.getvalue()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=os.environ | {"PATH": path})
    return done.stdout + done.stderr


def run_console(block: Block) -> Iterator[tuple[str, str, str]]:
    """Run the commands of a block: for each what it is, what it should print and what it prints."""
    for command, expected in COMMAND.findall(block.text):
        yield command, expected, run_command(command)


def run_python(block: Block, name: str, names: dict) -> str:
    """Run the examples of a block; return what doctest has to say."""
    said: list[str] = []
    examples = doctest.DocTestParser().get_doctest(block.text + "\n", names, name, name, block.line)
    doctest.DocTestRunner(optionflags=FLAGS).run(examples, out=said.append, clear_globs=False)
    names |= examples.globs
    return "".join(said)


def write_file(block: Block) -> None:
    """Write the file that a block shows."""
    caption = CAPTION.match(block.text)
    path = Path(caption[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text[caption.end() :], encoding="utf-8")


def strip(text: str) -> str:
    """Leave out blanks at the ends of lines, and blank lines at the end."""
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


@pytest.fixture
def address(tmp_path) -> Iterator[str]:
    """Host and port of this machine that publish the sample, as pages say of SERVED."""
    shutil.copytree(TOP / "data" / "raw", tmp_path / "served")
    handler = partial(Quiet, directory=tmp_path / "served")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def room(tmp_path, monkeypatch) -> Path:
    """A folder that holds the data of the project."""
    shutil.copytree(TOP / "data", tmp_path / "data")
    shutil.copytree(TOP / "tests" / "documents", tmp_path / "tests" / "documents")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", [path for path in TEXTS if path not in ELSEWHERE], ids=lambda path: path.relative_to(TOP).as_posix())
def test_what_a_page_shows_is_what_happens(path, room, address):
    names: dict = {}
    for block in [*filter(runs, blocks(path)), *indented(path)]:
        block = block._replace(text=block.text.replace(SERVED, address))
        if block.kind == "console":
            for command, expected, printed in run_console(block):
                same = doctest.OutputChecker().check_output(strip(expected) + "\n", strip(printed) + "\n", doctest.ELLIPSIS)
                assert same, f"{path.name}, line {block.line}: $ {command}\nshould print\n{expected}\nbut prints\n{printed}"
        elif block.kind == "{code-block}":
            write_file(block)
        else:
            assert run_python(block, path.name, names) == ""


def test_examples_are_found():
    """Pages with a task show how it is done: none is read over by the patterns above."""
    tasks = [path for path in (DOCS / "how-to").glob("*.md") if path.name not in ("index.md", "the-house.md", "translate.md")]
    assert [path.name for path in tasks if not any(map(runs, blocks(path)))] == []
    page = "```console\n$ echo a\na\n$ govtables codebook\nb\n```\n\n```{code-block} text\n:caption: x.csv\n\na,b\n```\n"
    found = [Block(m["kind"], m["text"], 0) for m in FENCE.finditer(page)]
    assert [block.kind for block in found] == ["console", "{code-block}"]
    assert COMMAND.findall(found[0].text) == [("echo a", "a\n"), ("govtables codebook", "b\n")]
    assert CAPTION.match(found[1].text)[1] == "x.csv"


# -- what pages name ----------------------------------------------------------------------------------------------


def commands(path: Path) -> list[str]:
    """List the commands that a page shows: in blocks, indented, and in running text."""
    text = path.read_text(encoding="utf-8")
    said = [code for code in CODE.findall(text) if code.startswith("govtables ")]
    shown = [command for block in blocks(path) for command in COMMAND_LINE.findall(block.text)]
    shown += [command for line in text.splitlines() if line.startswith("    ") for command in COMMAND_LINE.findall(line)]
    return [command.partition("|")[0].partition(">")[0].strip() for command in (*said, *shown)]


@by_page
def test_every_command_parses(path, capsys):
    options = {"--help", *(option for parser in list_parsers() for option in parser._option_string_actions)}
    names = [parser.prog.split()[1] for parser in list_parsers() if " " in parser.prog]
    for command in commands(path):
        words = shlex.split(command)[1:]
        if words[0] in ("--help", "--version"):
            continue
        assert words[0] in names, f"{path.name}: {command}: no such command"
        assert {word for word in words if word.startswith("--")} <= options, f"{path.name}: {command}"
        if len(words) > 1 and "--help" not in words:
            try:
                cli.make_parser().parse_args(words)
            except SystemExit:
                pytest.fail(f"{path.name}: {command}: {capsys.readouterr().err}")


def is_made(path: Path) -> bool:
    """Tell whether publish/site.py writes a page, or puts it there."""
    name = path.relative_to(DOCS).as_posix() if path.is_relative_to(DOCS) else ""
    return name in MADE or name.partition("/")[0] in MADE or (name.startswith("notebooks/") and (TOP / name).is_file())


@by_page
def test_every_link_leads_somewhere(path):
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not urlsplit(link).scheme]
    targets = {link: Path(os.path.normpath(path.parent / unquote(link.partition("#")[0] or path.name))) for link in links}
    assert [link for link, target in targets.items() if not (target.exists() or is_made(target))] == []
    anchors = {link: target for link, target in targets.items() if "#" in link and target.suffix == ".md" and target.exists()}
    assert [link for link, target in anchors.items() if link.partition("#")[2] not in headings(target)] == []


def headings(path: Path) -> set[str]:
    """Anchors of the headings of a page, as MyST makes them."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in text.splitlines() if line.startswith("#")}


@by_page
def test_every_path_that_is_named_exists(path):
    named = {name for code in CODE.findall(path.read_text(encoding="utf-8")) for name in NAMED_PATH.findall(code) if code.startswith(name)}
    assert sorted(name for name in named if not any(TOP.glob(name))) == []


def test_every_make_target_exists():
    targets = re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {name for path in TEXTS for name in re.findall(r"(?:`|^    )make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE)}
    assert {"test", "report"} <= named <= set(targets)


# -- the reference ------------------------------------------------------------------------------------------------


def documented(*names: str) -> set[str]:
    """Names that the pages of the reference document."""
    text = "\n".join((DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8") for name in names)
    return set(re.findall(r"^\.\. auto\w+:: ([\w.]+)", text, re.MULTILINE))


def test_every_public_name_is_in_the_reference():
    assert {f"govtables.{name}" for name in gt.__all__} <= documented("index")
    assert {f"govtables.{name}" for name in ANALYSIS} <= documented("analysis")


def test_every_documented_name_is_public():
    for name in documented("index", "analysis"):
        module, _, attribute = name.rpartition(".")
        found = getattr(importlib.import_module(module), attribute, None) or importlib.import_module(name)
        assert inspect.getdoc(found), name


def test_the_page_on_the_command_line_has_every_command(tmp_path):
    write_command_line(tmp_path)
    page = (tmp_path / "reference" / "command-line.md").read_text(encoding="utf-8")
    for parser in list_parsers():
        assert f"\n## {parser.prog}\n" in page
        for action in parser._actions:
            assert all(option in page for option in action.option_strings)


def test_every_published_table_is_explained():
    text = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")
    assert [name for name in SCHEMAS if f"`{name}`" not in text] == []
    assert [status for status in gt.Status if f"`{status}`" not in text] == []
