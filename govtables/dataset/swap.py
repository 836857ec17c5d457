"""Writing beside what is there, and taking its place when all is complete.

In: a folder. Out: room to write in, which nobody else has. Next: `store`, `exports`, the site.

The room lies beside the folder, and `new` in it takes the folder's place in one step of the system: a reader
finds the old one or the new one at every moment. Where that cannot be (Windows, some network disks, a mounted
folder, one that holds other things, too), all that is old moves out before anything new moves in: for a
moment something is missing, but old and new never stand together. The next run completes what a dead one had
begun to move, and removes its room.
"""

import ctypes
import errno
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from govtables.declared import mistake

EXCHANGE, HERE = 2, -100  # of renameat2
FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def replace_folder(folder: Path, keep: bool = False) -> Iterator[Path]:
    """Give a room; what is made there as `new` takes the folder's place, if it is made.

    With `keep`, what else lies in the folder stays. An error names who writes there already. Each has a room
    of its own: what outlives a process that was killed may still write in the old one.
    """
    if folder.exists() and not folder.is_dir():
        raise mistake("dataset.is_file", folder=folder)
    folder = Path(os.path.realpath(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside, within = (top / f".{folder.name}.making" for top in (folder.parent, folder))
    stays = folder.is_dir() and (os.path.ismount(folder) or not os.access(folder.parent, os.W_OK))
    rooms = within if stays or folder.is_dir() and Path.cwd().is_relative_to(folder) else beside
    with hold(folder, (within if stays else beside).with_suffix(".lock")):
        try:
            _clear(beside, folder)
            _clear(within, folder)
            rooms.mkdir(exist_ok=True)
            yield (room := Path(mkdtemp(dir=rooms)))
            if (new := room / "new").exists() and not folder.exists():
                os.replace(new, folder)
            elif new.exists():
                shutil.copymode(folder, new)  # who may look into it
                stays = rooms == within or keep and {*os.listdir(folder)} - {*os.listdir(new)}
                if stays or not _exchange(new, folder):
                    (room / "old").mkdir()  # from now on, who clears the room completes this
        except Exception as problem:
            if not any(os.strerror(code) in str(problem) for code in FULL):  # libraries wrap it
                raise
            raise mistake("dataset.disk_full", folder=folder) from problem
        finally:
            _clear(rooms, folder)


def _clear(rooms: Path, folder: Path) -> None:
    """Remove rooms. What was about to move in does, after all that is old has moved out."""
    for room in rooms.glob("*"):
        new, old = room / "new", room / "old"
        if old.exists() and new.exists():
            names = sorted(os.listdir(new))
            for name in names:
                if os.path.lexists(folder / name):
                    os.replace(folder / name, old / name)
            for name in names:
                os.replace(new / name, folder / name)
    shutil.rmtree(rooms, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, if the system and the disk have it."""
    system = None if os.name == "nt" else ctypes.CDLL(None)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(system, "renameat2"):
        return system.renameat2(HERE, names[0], HERE, names[1], EXCHANGE) == 0
    return hasattr(system, "renamex_np") and system.renamex_np(*names, EXCHANGE) == 0


@contextmanager
def hold(folder: Path, path: Path) -> Iterator[None]:
    """Let nobody else write there; the lock goes with its process, however that ends."""
    from filelock import FileLock, Timeout

    def sign(file: int) -> None:
        if not os.path.samestat(os.fstat(file), path.stat()):
            raise FileNotFoundError(path)
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()} ({socket.gethostname()})".encode())

    lock = FileLock(path, timeout=0, on_acquired=sign)
    while not lock.is_locked:
        try:
            lock.acquire()
        except FileNotFoundError:  # who held it has removed it just then
            folder.parent.mkdir(parents=True, exist_ok=True)
        except Timeout:
            holder = path.read_text() if os.name != "nt" and path.exists() else "…"
            raise mistake("dataset.held", folder=folder, holder=holder) from None
    try:
        yield
    finally:
        with suppress(OSError):  # on Windows, which removes no open file
            path.unlink()
        lock.release()
