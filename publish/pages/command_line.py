"""The page on the command `govtables`, written from what the command says of itself.

In: the parser of `govtables.cli`. Out: reference/command-line.md below a folder of pages. Next: `site`.
"""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from govtables.cli import make_parser
from publish.words import say

PAGE = Path("reference") / "command-line.md"
WIDTH = 88  # characters of a line; a terminal's would change the page


def write_command_line(source: Path) -> None:
    """Write the page below `source`, a section a subcommand."""
    path = source / PAGE
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"# {say('command_line')}\n\n{say('exit_status')}\n"
    parts = [head, *(_section(parser) for parser in list_parsers())]
    path.write_text("\n".join(parts), encoding="utf-8")


def list_parsers() -> Iterator[argparse.ArgumentParser]:
    """List the command and its subcommands."""
    main = make_parser()
    yield main
    for action in main._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


def _section(parser: argparse.ArgumentParser) -> str:
    parser.formatter_class = partial(argparse.HelpFormatter, width=WIDTH)
    return f"## {parser.prog}\n\n```text\n{parser.format_help().rstrip()}\n```\n"
