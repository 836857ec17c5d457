"""The command `govtables`.

In: arguments. Out: text on standard output, errors on standard error, an exit status. Next: the shell.
"""

import argparse
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO
from unicodedata import category

import govtables as gt
from govtables.declared import LANGUAGES, declared, mistake, read_lines, say
from govtables.language import join, speak, tell

HELP = ("pipeline", "commands")  # the table of what each command and argument is for, and argparse's words
USAGE = "%(prog)s OUT --to FORMAT [FOLDER] [--status] [--versions {latest,first}]"
TO = {"required": True, "nargs": "+", "metavar": ("FORMAT", "FOLDER")}
FLAG, OPTIONAL, CHOOSE = {"action": "store_true"}, {"nargs": "?"}, {"choices": ("latest", "first")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0, 1 when an audit fails, 2 for a caller's mistake."""
    status, before = 0, gt.options.chosen
    try:
        gt.options.chosen = _find_language(arguments) or before
        with _words_of_argparse():
            chosen = make_parser().parse_args(arguments)
        status = chosen.run(chosen) or 0
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, OSError) as problem:
        _say(f"govtables: {problem}", sys.stderr)
        return 2
    except KeyboardInterrupt:
        _say(f"govtables: {say('pipeline.stopped')}", sys.stderr)
        return 130
    finally:
        gt.options.chosen = before
    return status


def _find_language(arguments: Sequence[str] | None) -> str | None:
    """The language that is asked for, before anything is said."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--lang", nargs="?")
    asked = early.parse_known_args(arguments)[0].lang
    return asked if asked in LANGUAGES else None


@contextmanager
def _words_of_argparse() -> Iterator[None]:
    """Let argparse speak the language of the session: it asks its `_` for each of its sentences."""
    words, before = {line["en"]: line[gt.options.language] for line in declared(*HELP)}, argparse._
    argparse._ = lambda text: words.get(text, text)
    try:
        yield
    finally:
        argparse._ = before


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the command and its subcommands, their help in the language of the session."""
    said = {(line["command"], line["argument"]): line[gt.options.language] for line in declared(*HELP)}
    parser = argparse.ArgumentParser(prog="govtables", description=said["govtables", ""])
    parser.add_argument("--version", action=_Version, nargs=0, help=said["govtables", "--version"])
    parser.add_argument("--lang", choices=LANGUAGES, help=said["govtables", "--lang"])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (run, arguments) in COMMANDS.items():
        usage = USAGE if name == "export" else None
        command = commands.add_parser(name, usage=usage, help=said[name, ""], description=said[name, ""])
        for argument, options in arguments.items():
            named = {} if argument.startswith("--") else {"metavar": argument.upper()}
            command.add_argument(argument, help=said[name, argument], **named | options)
        command.add_argument("--lang", choices=LANGUAGES, help=said["govtables", "--lang"])
        command.set_defaults(run=run)
    return parser


class _Version(argparse.Action):
    """Print the installed version, looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        _say(f"govtables {version('govtables')}")
        parser.exit()


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(say("pipeline.not_positive", text=text))
    return int(text)


def _seconds(text: str) -> float:
    if not text.replace(".", "", 1).isdecimal():
        raise argparse.ArgumentTypeError(say("pipeline.no_seconds", text=text))
    return float(text)


def _fetch(chosen: argparse.Namespace) -> int:
    names = ("attachments", "again", "allow_local", "pause", "contact")
    options = {name: getattr(chosen, name) for name in names}
    found = gt.fetch(chosen.sources, chosen.raw, **options)
    _say(found)
    return int(any(entry.status in ("failed", "refused") for entry in found.entries))


def _build(chosen: argparse.Namespace) -> None:
    from govtables.pipeline import connect, tell_build

    with connect(chosen.scheduler) as executor:
        out = gt.build(chosen.raw, chosen.out, chosen.processes, executor=executor, fresh=chosen.all)
    _say("\n".join(speak(line).replace("\n", " ") for line in tell_build(out)))


def _say(text: object, file: TextIO | None = None) -> None:
    """Print a text without what would steer the terminal or turn a line around, whatever its encoding."""
    file = file or sys.stdout
    shown = "".join(s if category(s)[0] != "C" or s in "\n\t" else "\ufffd" for s in str(text))
    encoding = file.encoding or "utf-8"
    print(shown.encode(encoding, "backslashreplace").decode(encoding), file=file)


def _source(chosen: argparse.Namespace) -> None:
    report = os.fsencode(chosen.report).decode("utf-8", "backslashreplace")  # as ids are made of names
    _say(gt.source(chosen.out, report, chosen.table, chosen.row, chosen.column))


def _audit(chosen: argparse.Namespace) -> int:
    found = gt.audit(chosen.out)
    _say(found.text() if chosen.all else found)
    return int(found.doubtful if chosen.strict else found.failed)


def _check(chosen: argparse.Namespace) -> int:
    found = gt.check(chosen.file, chosen.before, chosen.lang)
    _say(found.write(chosen.to))
    return int(found.failed)


def _export(chosen: argparse.Namespace) -> None:
    import pyarrow.parquet as pq

    from govtables.dataset import VERSION

    if len(chosen.to) > 2:
        raise mistake("pipeline.one_format", to=" ".join(chosen.to))
    _say(folder := gt.export(chosen.out, *(chosen.to + [None])[:2], chosen.status, chosen.versions))
    left_out = folder / "left_out.csv"
    if left := read_lines(left_out, ["report_id", "left_out"]):
        rows = pq.read_metadata(folder / "panel.parquet").num_rows
        _say(say("exports.panel_rows", rows=rows, left=len(left), file=left_out))
        if versions := sum(line["left_out"] == VERSION for _, line in left):
            _say(say("exports.panel_versions", n=versions))


def _decide(chosen: argparse.Namespace) -> None:
    many = gt.decide(chosen.out, chosen.file)
    written = tell("pipeline.decide_one" if many == 1 else "pipeline.decide", n=many, file=chosen.file)
    _say(speak(join([written, tell("pipeline.decide_remedy") if many else None])))


def _release(chosen: argparse.Namespace) -> None:
    _say(gt.release(chosen.out, chosen.file, chosen.raw, chosen.doi))


def _compare(chosen: argparse.Namespace) -> int:
    from govtables.exports import tell

    changes = gt.compare(chosen.old, chosen.new)
    _say(changes.to_csv(index=False) if chosen.csv else "\n".join(f"- {speak(one)}" for one in tell(changes)))
    return int(not changes.empty)


def _codebook(chosen: argparse.Namespace) -> None:
    book = gt.codebook()
    if chosen.csv:
        _say(book.to_csv(index=False))
        return
    wide = shutil.get_terminal_size().columns
    for (axis, table), codes in book.fillna("").groupby(["axis", "table"], sort=False):
        _say(" ".join(filter(None, (axis, table))))
        for line in codes.itertuples():
            label, means = line.label_2021 or line.label_2019, getattr(line, gt.options.language)
            said = "  ".join(dict.fromkeys(filter(None, (line.code, label, means))))
            _say(textwrap.fill(said, wide - len(label), initial_indent="  ", subsequent_indent=" " * 6))


COMMANDS = {
    "build": (_build, {
        "raw": {}, "out": {}, "--processes": {"type": _positive}, "--all": FLAG,
        "--scheduler": {"metavar": "ADDRESS"},
    }),
    "fetch": (_fetch, {
        "sources": {}, "raw": {}, "--attachments": FLAG, "--again": FLAG, "--allow-local": FLAG,
        "--pause": {"type": _seconds, "default": 1.0}, "--contact": {"default": ""},
    }),
    "source": (_source, {"out": {}, "report": {}, "table": {}, "row": OPTIONAL, "column": OPTIONAL}),
    "audit": (_audit, {"out": {}, "--strict": FLAG, "--all": FLAG}),
    "check": (_check, {
        "file": {}, "--before": {"metavar": "FILE"},
        "--to": {"choices": ("text", "html", "json"), "default": "text"},
    }),
    "export": (_export, {"out": {}, "--to": TO, "--status": FLAG, "--versions": CHOOSE}),
    "codebook": (_codebook, {"--csv": FLAG}),
    "decide": (_decide, {"out": {}, "file": {}}),
    "release": (_release, {"out": {}, "file": {}, "--raw": {"metavar": "RAW"}, "--doi": {"default": ""}}),
    "compare": (_compare, {"old": {}, "new": OPTIONAL, "--csv": FLAG}),
}

if __name__ == "__main__":
    sys.exit(main())
