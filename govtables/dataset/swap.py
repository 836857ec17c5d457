"""Writing beside what is there, and taking its place when all is complete.

In: a folder. Out: room to write in; what was there stays until the new is whole, and after any error.
Next: `exports`, the site.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def replace_files(folder: Path, files: Sequence[str], mark: str) -> Iterator[Path]:
    """Give a room within a folder, from which these files move into the folder in the end; others stay.

    Rooms that dead runs left under the same mark are removed.
    """
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob(f".{mark}-*"):
        shutil.rmtree(stale)
    room = folder / f".{mark}-{os.getpid()}"
    room.mkdir()
    try:
        yield room
        for name in files:
            os.replace(room / name, folder / name)
    finally:
        shutil.rmtree(room, ignore_errors=True)
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


@contextmanager
def replace_folder(folder: Path) -> Iterator[Path]:
    """Give a room beside a folder; what is made there as `new` takes the folder's place, if it is made."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as room:
        yield Path(room)
        if (Path(room) / "new").exists():
            if folder.exists():
                os.replace(folder, Path(room) / "old")
            os.replace(Path(room) / "new", folder)
