"""Make the dataset of a report of one's own: `python tools/dataset.py DATA OUT`.

In: a folder of reports, or of a dataset. Out: OUT, the dataset built or copied. Next: `execute.py --data
OUT`.
"""

import shutil
import sys
from pathlib import Path

import govtables as gt
from govtables import cli


def copy(data: Path, out: Path) -> None:
    """Copy a dataset, unless it lies there already; what was there before is kept until the copy is whole."""
    if data.resolve() == out.resolve():
        return
    if data.resolve().is_relative_to(out.resolve()) or out.resolve().is_relative_to(data.resolve()):
        raise ValueError(f"{data} and {out} lie in one another; choose another folder with REPORT=")
    gt.load(data)  # a dataset that is not whole is not copied
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.name}-fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(data, fresh)
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


def main() -> int:
    """Build or copy what the command line names."""
    data, out = map(Path, sys.argv[1:])
    if not (data / "cells").is_dir():
        return cli.main(["build", str(data), str(out)])
    try:
        copy(data, out)
    except (ValueError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
