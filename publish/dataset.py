"""Make the dataset of a report of one's own: `python -m publish.dataset DATA OUT [--pages PAGES]
[--reports REPORTS] [--most MOST]`.

In: a folder of reports, or of a dataset; what is asked for of the report. Out: OUT, the dataset built or
copied, or the mistake in what is asked for, before any notebook runs. Next: `execute.py --data OUT`.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

import govtables as gt
from govtables import cli
from govtables.dataset import read_collection, replace_folder
from govtables.declared import LANGUAGES, VARIABLE, choose
from publish.execute import choose_reports
from publish.pages.choice import choose_pages
from publish.words import say


def copy(data: Path, out: Path) -> None:
    """Copy a dataset, unless it lies there already; what was there before is kept until the copy is whole."""
    if data.resolve() == out.resolve():
        return
    if data.resolve().is_relative_to(out.resolve()) or out.resolve().is_relative_to(data.resolve()):
        raise ValueError(say("folders_nested", data=data, out=out))
    gt.load(data)  # a dataset that is not whole is not copied
    with replace_folder(out) as room:
        shutil.copytree(data, room / "new")
        try:
            gt.load(room / "new")
        except ValueError:
            raise ValueError(say("data_replaced", data=data)) from None


def main() -> int:
    """Build or copy what the command line names."""
    parser = argparse.ArgumentParser(description="Make the dataset of a report of one's own.")
    parser.add_argument("data")
    parser.add_argument("out", type=Path)
    for name in ("pages", "reports", "most"):
        parser.add_argument(f"--{name}", default="", help=f"what is asked for with {name.upper()}=")
    chosen = parser.parse_args()
    data, out = Path(chosen.data), chosen.out
    try:
        choose("LANG", os.environ.get(VARIABLE) or LANGUAGES[0], LANGUAGES)
        if not chosen.data:
            raise ValueError(say("data_missing"))
        choose_reports(None, None, chosen.most)
        read_collection(data)  # a mistake in it is told before all else
        if (data / "cells").is_dir():
            copy(data, out)
        elif status := cli.main(["build", str(data), str(out)]):
            return status
        choose_reports(out, chosen.reports, chosen.most)
        choose_pages(gt.load(out), chosen.pages or 0)
    except (ValueError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
