"""The command `govtables`.

In: arguments. Out: text on standard output, errors on standard error, an exit status. Next: the shell.
"""

import argparse
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import TextIO
from unicodedata import category

import govtables as gt
from govtables.declared import LANGUAGES, read_lines
from govtables.language import join, speak, tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0, 1 when an audit fails, 2 for a caller's mistake."""
    chosen = make_parser().parse_args(arguments)
    status, before = 0, gt.options.chosen
    try:
        gt.options.chosen = chosen.lang or before
        status = chosen.run(chosen) or 0
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, OSError) as problem:
        _say(f"govtables: {problem}", sys.stderr)
        return 2
    except KeyboardInterrupt:
        _say("govtables: stopped; nothing half-made was left", sys.stderr)
        return 130
    finally:
        gt.options.chosen = before
    return status


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the command and its subcommands."""
    description = "Annual reports on information disclosure as tidy tables."
    parser = argparse.ArgumentParser(prog="govtables", description=description)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_build(commands)
    _add_fetch(commands)
    shown = "print the row that a number was read from, the cell marked; or a table, each text marked"
    source = commands.add_parser("source", help=shown)
    source.add_argument("out", metavar="OUT", help="folder of the dataset")
    for name in ("report", "table", "row", "column"):
        by = f"{name} by its code" if name != "report" else "report_id"
        needed = None if name in ("report", "table") else "?"
        source.add_argument(name, metavar=name.upper(), help=by, nargs=needed)
    source.set_defaults(run=_source)
    summed = "sum up what was checked, what fails and what is undecided; status 1 if it fails"
    audit = commands.add_parser("audit", help=summed)
    audit.add_argument("out", metavar="OUT", help="folder of the dataset")
    strict = "fail on warnings and on documents without tables too"
    audit.add_argument("--strict", action="store_true", help=strict)
    audit.add_argument("--all", action="store_true", help="print all findings, not just the first")
    audit.set_defaults(run=_audit)
    _add_check(commands)
    usage = "%(prog)s OUT --to FORMAT [FOLDER] [--status]"
    export = commands.add_parser("export", usage=usage, help="write the dataset for other tools")
    export.add_argument("out", metavar="OUT", help="folder of the dataset")
    formats = "csv, xlsx, dta, wide or panel, then a folder (default: OUT-FORMAT)"
    export.add_argument("--to", required=True, nargs="+", metavar=("FORMAT", "FOLDER"), help=formats)
    export.add_argument("--status", action="store_true", help="wide: the status and flag of each cell too")
    export.set_defaults(run=_export)
    codebook = commands.add_parser("codebook", help="print every code with its labels and units")
    codebook.add_argument("--csv", action="store_true", help="as CSV")
    codebook.set_defaults(run=_codebook)
    _add_versions(commands)
    return parser


def _add_check(commands: argparse._SubParsersAction) -> None:
    said = "tell what to mend in one report before it is published; status 1 if anything"
    check = commands.add_parser("check", help=said)
    check.add_argument("file", metavar="FILE", help="the report; nothing leaves the machine")
    check.add_argument("--before", metavar="FILE", help="the report of the year before, to be compared with")
    check.add_argument("--to", choices=("text", "html", "json"), default="text", help="default: text")
    check.set_defaults(run=_check)


def _add_build(commands: argparse._SubParsersAction) -> None:
    build = commands.add_parser("build", help="read every report under RAW and publish the tables in OUT")
    kinds = "text, HTML, DOCX, XLSX, PDF, or ZIP archives of them"
    build.add_argument("raw", metavar="RAW", help=f"folder of reports ({kinds})")
    build.add_argument("out", metavar="OUT", help="folder for the dataset; its tables are replaced at once")
    build.add_argument("--processes", type=_positive, help="how many to use (default: all cores)")
    build.add_argument("--all", action="store_true", help="read all again, what is as it was, too")
    build.add_argument("--scheduler", metavar="ADDRESS", help="read by the workers of this Dask scheduler")
    build.set_defaults(run=_build)


def _add_fetch(commands: argparse._SubParsersAction) -> None:
    said = "fetch a list of addresses into RAW, with a registry; status 1 if one gives nothing"
    fetch = commands.add_parser("fetch", help=said)
    columns = "url, and if you like issuer, year, name, sha256"
    fetch.add_argument("sources", metavar="SOURCES", help=f"CSV file with the columns {columns}")
    fetch.add_argument("raw", metavar="RAW", help="folder for the files and registry.csv")
    files = "fetch the files that pages link as their report, too"
    fetch.add_argument("--attachments", action="store_true", help=files)
    again = "ask for what is there, too; other bytes become a version beside it"
    fetch.add_argument("--again", action="store_true", help=again)
    local = "addresses of private networks and of this machine, too"
    fetch.add_argument("--allow-local", action="store_true", help=local)
    pause = "seconds between two questions to a host (default: 1)"
    fetch.add_argument("--pause", type=_seconds, default=1.0, help=pause)
    fetch.add_argument("--contact", default="", help="address of mail that the servers are told")
    fetch.set_defaults(run=_fetch)


def _add_versions(commands: argparse._SubParsersAction) -> None:
    said = "write what the audit proposes as a file of decisions, to accept line by line"
    decide = commands.add_parser("decide", help=said)
    decide.add_argument("out", metavar="OUT", help="folder of the dataset")
    decide.add_argument("file", metavar="FILE", help="a new file, such as proposed.csv")
    decide.set_defaults(run=_decide)
    release = commands.add_parser("release", help="pack a dataset as a citable archive with checksums")
    release.add_argument("out", metavar="OUT", help="folder of the dataset")
    release.add_argument("file", metavar="FILE", help="a new file, such as county-2024.1.zip")
    release.add_argument("--raw", metavar="RAW", help="folder of the reports, for what stands beside them")
    release.add_argument("--doi", default="", help="the DOI of the release, if it has one")
    release.set_defaults(run=_release)
    said = "tell what changed between two datasets, or versions of reports in one; status 1 if anything"
    compare = commands.add_parser("compare", help=said)
    compare.add_argument("old", metavar="OLD", help="folder of a dataset")
    versions = "folder of another; without it, from each version that an address published to the next"
    compare.add_argument("new", metavar="NEW", nargs="?", help=versions)
    compare.add_argument("--csv", action="store_true", help="all differences as CSV")
    compare.set_defaults(run=_compare)
    for command in commands.choices.values():
        command.add_argument("--lang", choices=LANGUAGES, help="default: GOVTABLES_LANG, else en")


class _Version(argparse.Action):
    """Print the installed version, looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        _say(f"govtables {version('govtables')}")
        parser.exit()


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no positive whole number")
    return int(text)


def _seconds(text: str) -> float:
    if not text.replace(".", "", 1).isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
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

    if len(chosen.to) > 2:
        raise ValueError(f"--to {' '.join(chosen.to)}: name one format and one folder")
    _say(folder := gt.export(chosen.out, *(chosen.to + [None])[:2], chosen.status))
    left_out = folder / "left_out.csv"
    if left := len(read_lines(left_out, ["report_id", "left_out"])):
        rows = pq.read_metadata(folder / "panel.parquet").num_rows
        _say(speak(tell("exports.panel_rows", rows=rows, left=left, file=str(left_out))))


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


if __name__ == "__main__":
    sys.exit(main())
