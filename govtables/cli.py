"""The command `govtables`.

In: arguments. Out: text on standard output, errors on standard error, an exit status. Next: the shell.
"""

import argparse
import os
import sys
from collections.abc import Sequence

MOST_NOTED = 20  # reports named with their findings after a build


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0, 1 when an audit fails, 2 for a caller's mistake."""
    chosen = make_parser().parse_args(arguments)
    status = 0
    try:
        status = chosen.run(chosen) or 0
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, OSError) as problem:
        print(f"govtables: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("govtables: stopped; the dataset is as it was", file=sys.stderr)
        return 130
    return status


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the command and its subcommands."""
    description = "Annual reports on information disclosure as tidy tables."
    parser = argparse.ArgumentParser(prog="govtables", description=description)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="read every report under RAW and publish the tables in OUT")
    kinds = "text, HTML, DOCX, XLSX, PDF, or ZIP archives of them"
    build.add_argument("raw", metavar="RAW", help=f"folder of reports ({kinds})")
    build.add_argument("out", metavar="OUT", help="folder for the dataset; its tables are replaced at once")
    build.add_argument("--processes", type=_positive, help="how many to use (default: all cores)")
    build.set_defaults(run=_build)
    source = commands.add_parser("source", help="print the line that a number was read from, the cell marked")
    source.add_argument("out", metavar="OUT", help="folder of the dataset")
    for name in ("report", "table", "row", "column"):
        by = f"{name} by its code" if name != "report" else "report_id"
        source.add_argument(name, metavar=name.upper(), help=by)
    source.set_defaults(run=_source)
    summed = "sum up what was checked, what fails and what is undecided; status 1 if it fails"
    audit = commands.add_parser("audit", help=summed)
    audit.add_argument("out", metavar="OUT", help="folder of the dataset")
    strict = "fail on warnings and on documents without tables too"
    audit.add_argument("--strict", action="store_true", help=strict)
    audit.add_argument("--all", action="store_true", help="print all findings, not just the first")
    audit.set_defaults(run=_audit)
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
    return parser


class _Version(argparse.Action):
    """Print the installed version, looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print("govtables", version("govtables"))
        parser.exit()


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no positive whole number")
    return int(text)


def _build(chosen: argparse.Namespace) -> None:
    import govtables as gt

    out = gt.build(chosen.raw, chosen.out, chosen.processes)
    reports = gt.load(out).reports
    failed = reports[reports["error"].notna()]
    documents = f"{len(reports)} document{'' if len(reports) == 1 else 's'}"
    print(f"{documents}, {len(reports) - len(failed)} with tables, in {out}")
    for _, report in failed.head(MOST_NOTED).iterrows():
        print(f"  no tables: {_shown(report['report_id'])}: {_shown(report['error'])}")
    if len(failed) > MOST_NOTED:
        why = f"the column error of {out / 'reports'} says why"
        print(f"  no tables: {len(failed) - MOST_NOTED} more ({why})")
    noted = reports[reports["n_findings"] > 0]
    for _, report in noted.head(MOST_NOTED).iterrows():
        count, name = report["n_findings"], _shown(report["report_id"])
        print(f"  findings: {count} in {name} (all are in {out / 'findings'})")
    if len(noted) > MOST_NOTED:
        print(f"  findings: {noted['n_findings'].tail(-MOST_NOTED).sum()} in {len(noted) - MOST_NOTED} more")


def _shown(text: str) -> str:
    """A text of a document without what would steer the terminal, or turn the line around."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _source(chosen: argparse.Namespace) -> None:
    import govtables as gt

    print(gt.source(chosen.out, chosen.report, chosen.table, chosen.row, chosen.column))


def _audit(chosen: argparse.Namespace) -> int:
    import govtables as gt

    found = gt.audit(chosen.out)
    print(found.text() if chosen.all else found)
    return int(found.doubtful if chosen.strict else found.failed)


def _export(chosen: argparse.Namespace) -> None:
    import govtables as gt

    if len(chosen.to) > 2:
        raise ValueError(f"--to {' '.join(chosen.to)}: name one format and one folder")
    print(gt.export(chosen.out, *(chosen.to + [None])[:2], chosen.status))


def _codebook(chosen: argparse.Namespace) -> None:
    import govtables as gt

    book = gt.codebook()
    print(book.to_csv(index=False) if chosen.csv else book.fillna("").to_string(index=False))


if __name__ == "__main__":
    sys.exit(main())
