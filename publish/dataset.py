"""Make the dataset of a report of one's own: `python -m publish.dataset DATA OUT`.

In: a folder of reports, or of a dataset. Out: OUT, the dataset built or copied. Next: `execute.py --data
OUT`.
"""

import shutil
import sys
from pathlib import Path

import govtables as gt
from govtables import cli
from govtables.dataset import read_collection, replace_folder


def copy(data: Path, out: Path) -> None:
    """Copy a dataset, unless it lies there already; what was there before is kept until the copy is whole."""
    if data.resolve() == out.resolve():
        return
    if data.resolve().is_relative_to(out.resolve()) or out.resolve().is_relative_to(data.resolve()):
        raise ValueError(f"{data} and {out} lie in one another; choose another folder with REPORT=")
    gt.load(data)  # a dataset that is not whole is not copied
    with replace_folder(out) as room:
        shutil.copytree(data, room / "new")
        try:
            gt.load(room / "new")
        except ValueError:
            raise ValueError(f"{data}: was replaced while it was copied; run this again") from None


def main() -> int:
    """Build or copy what the command line names."""
    data, out = map(Path, sys.argv[1:])
    try:
        read_collection(data)  # a mistake in it is told before all else
        if not (data / "cells").is_dir():
            return cli.main(["build", str(data), str(out)])
        copy(data, out)
    except (ValueError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
