"""Files of older and other office programs, by way of LibreOffice.

In: bytes and what they are. Out: LibreOffice's copy of it as DOCX or XLSX. Next: `docx`, `sheets`.

LibreOffice runs apart: a profile of its own that forbids macros, links and updates, no network where the
system can take it away, a limit of time and memory, and a folder that is removed.
"""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from govtables.declared import declared
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS


class Filter(NamedTuple):
    """The ending of a kind of file, LibreOffice's name for it, so that it does not guess, and what it is
    saved as."""

    ending: str
    name: str
    target: str


TARGETS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
FILTERS = {
    line["kind"]: Filter(line["ending"], line["filter"], line["target"])
    for line in declared("readers", "kinds")
    if line["filter"]
}
MEMORY = 4_000_000  # kilobytes of LibreOffice
LARGEST_FILE = 200_000  # kilobytes that it may write
SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"), ("Writer/Content/Update", "Field", "false"),
    ("Calc/Content/Update", "Link", "2"), ("Calc/Formula/Load", "ODFRecalcMode", "1"),
    ("Calc/Formula/Load", "OOXMLRecalcMode", "1"), ("Common/Java", "Enable", "false"),
)
PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>\n'
)
ITEM = (
    '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>"
)
OPTIONS = ("--headless", "--norestore", "--nodefault", "--nolockcheck", "--nologo")
INSTALL = "apt install libreoffice-writer-nogui libreoffice-calc-nogui"


def convert(data: bytes, kind: str) -> bytes:
    """Let LibreOffice save a file as DOCX or XLSX; it needs the command `soffice` on the path."""
    ending, name, target = FILTERS[kind]
    command = find_office()
    if command is None:
        how = f"install it so that soffice is on the path (Debian: {INSTALL})"
        raise Unreadable(f"a file {ending} needs LibreOffice: {how}, or save the report as {target.upper()}")
    with TemporaryDirectory(prefix="govtables-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / f"report{ending}"
        source.write_bytes(data)
        _write_profile(home / "profile" / "user")
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        saved = ["--convert-to", TARGETS[target], "--outdir", str(home / "out")]
        _run([*_bounds(), command, profile, *OPTIONS, f"--infilter={name}", *saved, str(source)], home)
        made = home / "out" / f"report.{target}"
        if not made.is_file():
            raise Unreadable(
                f"LibreOffice cannot open it as a file {ending}; it may be damaged or protected: "
                f"save it as {target.upper()}"
            )
        return made.read_bytes()


def find_office() -> str | None:
    """The command of LibreOffice, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    settings = "".join(ITEM.format(*setting) for setting in SETTINGS)
    (folder / "registrymodifications.xcu").write_text(PROFILE.format(settings), encoding="utf-8")


def _bounds() -> list[str]:
    """Commands before LibreOffice's own that take away network and bound memory, where the system has
    them."""
    shell = shutil.which("sh")
    limits = f'ulimit -v {MEMORY} 2>/dev/null; ulimit -f {LARGEST_FILE * 2} 2>/dev/null; exec "$@"'
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
            process.wait(LIMITS.seconds)
        except subprocess.TimeoutExpired as problem:
            raise Unreadable(
                f"LibreOffice took more than {LIMITS.seconds:g} seconds; save the report as DOCX or XLSX"
            ) from problem
        finally:
            _end(process.pid)


def _end(number: int) -> None:
    """End a process and what it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(number, signal.SIGKILL)
    else:  # Windows
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(number)], capture_output=True, check=False)
