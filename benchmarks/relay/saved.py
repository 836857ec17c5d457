"""Documents as LibreOffice saves them in older formats.

In: a made DOCX or XLSX. Out: the same as DOC, RTF, ODT, XLS or ODS. Next: `score`, tests.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from relay.sheets import make_xlsx
from relay.words import make_words
from synthetic import Sample

NAMES = {
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
    "odt": "writer8",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "fodt": "OpenDocument Text Flat XML",
    "fods": "OpenDocument Spreadsheet Flat XML",
}
SHEETS = ("xls", "ods", "fods")
SECONDS = 120


def make_saved(kind: str, seed: int, generation: str, noise: bool) -> Sample:
    """Make one report and save it in an older format."""
    sample = (make_xlsx if kind in SHEETS else make_words)(seed, generation, noise)
    return replace(sample, name=f"saved-{seed}.{kind}", data=save_as(sample.data, kind), layout=kind)


def save_as(data: bytes, kind: str) -> bytes:
    """Let LibreOffice save a DOCX or XLSX file as another kind."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / f"made.{'xlsx' if kind in SHEETS else 'docx'}"
        made.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [
            "soffice", profile, "--headless", "--convert-to", f"{kind}:{NAMES[kind]}", "--outdir", folder,
            str(made),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return made.with_suffix(f".{kind}").read_bytes()
