"""Bring the catalogues of the Chinese edition up to what the prose says: `make words`.

In: docs/ and the prose of notebooks/. Out: docs/locale/zh_CN/LC_MESSAGES, a file a page: new and changed
paragraphs without a translation (a changed one keeps its last as a proposal, marked fuzzy), gone ones left out.
"""

import io
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from sphinx.cmd.build import main as sphinx_build

TOP = Path(__file__).parents[1]
CATALOGUES = TOP / "docs/locale/zh_CN/LC_MESSAGES"
NOT_YET = TOP / "docs/locale/not-yet-translated.txt"  # names of pages, a line each
HEADER = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
WIDTH = 110


def extract() -> dict[str, Catalog]:
    """Extract the prose of each page that is written by hand, by the name of its page."""
    with TemporaryDirectory() as room:
        source, out = Path(room, "source"), Path(room, "out")
        left_out = shutil.ignore_patterns("__pycache__", "locale")
        shutil.copytree(TOP / "docs", source, ignore=left_out)
        shutil.copytree(TOP / "notebooks", source / "notebooks", ignore=left_out)
        (source / "index.md").write_text("# \n", encoding="utf-8")
        options = ["-b", "gettext", "-Q", "-j", "auto", "-d", str(Path(room, "doctrees"))]
        if sphinx_build([*options, str(source), str(out)]):
            raise RuntimeError("Sphinx cannot read the pages; `make site` says why")
        found = {
            path.relative_to(out).with_suffix("").as_posix(): read_catalogue(path)
            for path in sorted(out.rglob("*.pot"))
        }
    return {name: catalogue for name, catalogue in found.items() if len(catalogue)}


def read_catalogue(path: Path) -> Catalog:
    """Read a catalogue; one that is not there is empty."""
    text = path.read_bytes() if path.exists() else b""
    return read_po(io.BytesIO(text), locale="zh_CN", domain=path.stem, ignore_obsolete=True)


def update(name: str, prose: Catalog) -> None:
    """Write the catalogue of a page anew, with the translations that it has."""
    path = CATALOGUES / f"{name}.po"
    known = read_catalogue(path)
    known.update(prose)
    out = io.BytesIO()
    write_po(out, known, width=WIDTH, no_location=True, omit_header=True, ignore_obsolete=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEADER.encode() + out.getvalue().lstrip())


def count_missing(name: str) -> int:
    """Count the paragraphs of a page that wait for a translation."""
    return sum(not message.string or message.fuzzy for message in read_catalogue(CATALOGUES / f"{name}.po") if message.id)


def main() -> int:
    """Update all catalogues, delete those of pages that are gone, and say what is to be translated."""
    pages = extract()
    for name, prose in pages.items():
        update(name, prose)
    for path in CATALOGUES.rglob("*.po"):
        if path.relative_to(CATALOGUES).with_suffix("").as_posix() not in pages:
            path.unlink()
    for name in pages:
        if missing := count_missing(name):
            print(f"docs/locale/zh_CN/LC_MESSAGES/{name}.po: {missing} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
