"""Files of older and other office programs, by way of LibreOffice.

In: bytes. Out: what a compound file is, LibreOffice's copy of a file as DOCX or XLSX. Next: `docx`, `sheets`.

LibreOffice runs apart: a profile of its own that forbids macros, links and updates, no network where the
system can take it away, a limit of time and memory, and a folder that is removed.
"""

import io
import os
import shutil
import signal
import struct
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from govtables.declared import declared
from govtables.language import tell
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.office.containers import marks

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR_SIZES = (9, 12)  # as powers of two
TARGETS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
MEMORY = 4_000_000  # kilobytes of LibreOffice
WAIT = 5  # times the limit of work, on a busy machine
LARGEST_FILE = 200_000  # kilobytes that it may write
PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>\n'
)
ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
OPTIONS = ("--headless", "--norestore", "--nodefault", "--nolockcheck", "--nologo")
INSTALL = "apt install libreoffice-writer-nogui libreoffice-calc-nogui"


def convert(data: bytes, ending: str, name: str, target: str) -> bytes:
    """Let LibreOffice save a file as DOCX or XLSX; it needs the command `soffice` on the path.

    The `ending` is that of such files; `name` is LibreOffice's for them, so that it does not guess.
    """
    command = find_office()
    if command is None:
        facts = {"ending": ending, "install": INSTALL, "target": target.upper()}
        raise Unreadable(tell("readers.needs_office", **facts))
    with TemporaryDirectory(prefix="govtables-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / f"report{ending}"
        source.write_bytes(data)
        (user := home / "profile" / "user").mkdir(parents=True)
        settings = "".join(ITEM.format(**setting) for setting in declared("readers", "libreoffice"))
        (user / "registrymodifications.xcu").write_text(PROFILE.format(settings), encoding="utf-8")
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        saved = ["--convert-to", TARGETS[target], "--outdir", str(home / "out")]
        _run([*_bounds(), command, profile, *OPTIONS, f"--infilter={name}", *saved, str(source)], home)
        made = home / "out" / f"report.{target}"
        if not made.is_file():
            raise Unreadable(tell("readers.office_cannot", ending=ending, target=target.upper()))
        return made.read_bytes()


def find_office() -> str | None:
    """The command of LibreOffice, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _bounds() -> list[str]:
    """Commands before LibreOffice's own that take away network and bound memory, as far as they are there."""
    shell = shutil.which("sh")
    limits = f"ulimit -v {MEMORY} 2>/dev/null; ulimit -f {LARGEST_FILE * 2} 2>/dev/null; "
    limits += f'ulimit -t {LIMITS.seconds:.0f} 2>/dev/null; exec "$@"'
    return [*_without_network(), *([shell, "-c", limits, "sh"] if shell else [])]


@cache
def _without_network() -> tuple[str, ...]:
    command = shutil.which("unshare")
    if command is None:
        return ()
    apart = (command, "--user", "--map-root-user", "--net")
    tried = subprocess.run([*apart, "true"], capture_output=True, check=False)
    return apart if tried.returncode == 0 else ()


def _run(command: list[str], home: Path) -> None:
    """Run a command with an environment of its own; what it started ends with it."""
    environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    environment |= {"HOME": str(home), "LANG": "C.UTF-8", "TMPDIR": str(home)}
    quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    with subprocess.Popen(command, cwd=home, env=environment, start_new_session=True, **quiet) as process:
        try:
            process.wait(WAIT * LIMITS.seconds)
        except subprocess.TimeoutExpired as problem:
            raise Unreadable(tell("readers.office_slow", seconds=LIMITS.seconds)) from problem
        finally:
            _end(process.pid)


def _end(number: int) -> None:
    """End a process and what it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(number, signal.SIGKILL)
    else:  # Windows
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(number)], capture_output=True, check=False)


def compound_kind(data: bytes) -> str:
    """Tell what it is: ``doc``, also of WPS, ``xls``, ``ppt``, ``works``, ``encrypted``, ``compound``."""
    names = _top_names(data) if _is_sound(data) else set()
    return next((kind for name, kind in marks("stream").items() if name in names), "compound")


def _is_sound(data: bytes) -> bool:
    """Tell whether the file can hold the tables that its head claims."""
    if len(data) < 512:
        return False
    power, tables, more = *struct.unpack_from("<H", data, 30), *struct.unpack_from("<I24xI", data, 44)
    # olefile goes on for as many sectors as the head claims, though they run in a ring
    return power in SECTOR_SIZES and (tables + more) << power <= len(data)


def _top_names(data: bytes) -> set[str]:
    """Names that hang on the root, not those of what is embedded deeper; none where olefile cannot tell."""
    try:
        from olefile import OleFileIO
    except ImportError:
        raise Unreadable(tell("readers.office_extra")) from None
    try:
        with OleFileIO(io.BytesIO(data)) as file:
            return {entry.name for entry in file.root.kids}
    except Exception:  # it raises whatever the bytes make it do
        return set()
