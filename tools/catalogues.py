"""Bring the catalogues of the Chinese edition up to what the prose says: `make words`; `--check` changes nothing.

In: docs/ and the prose of notebooks/. Out: docs/locale/zh_CN/LC_MESSAGES, a file a page: new paragraphs without a
translation; changed ones with the last translation as a proposal, marked fuzzy; gone ones left out.
"""

import io
import re
import shutil
import sys
from collections.abc import Iterator
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
ENGLISH = re.compile(r"[A-Za-z]{2}")
CODE = re.compile(r"`[^`]*`|\]\([^)]*\)")


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
        found = {path.relative_to(out).with_suffix("").as_posix(): read_catalogue(path) for path in sorted(out.rglob("*.pot"))}
    return {name: catalogue for name, catalogue in found.items() if len(catalogue)}


def read_catalogue(path: Path) -> Catalog:
    """Read a catalogue; one that is not there is empty."""
    text = path.read_bytes() if path.exists() else b""
    return read_po(io.BytesIO(text), locale="zh_CN", domain=path.stem, ignore_obsolete=True)


def path_of(name: str) -> Path:
    """Where the catalogue of a page lies."""
    return CATALOGUES / f"{name}.po"


def update(known: Catalog, prose: Catalog) -> bytes:
    """Write a catalogue anew, with the translations that it has; what has no English stays as it is."""
    known.update(prose)
    for message in known:
        if message.id and (message.fuzzy or not message.string) and not has_english(message.id):
            message.string, message.flags = message.id, message.flags - {"fuzzy"}
    out = io.BytesIO()
    write_po(out, known, width=WIDTH, no_location=True, omit_header=True, ignore_obsolete=True)
    return HEADER.encode() + out.getvalue().lstrip()


def has_english(text: str) -> bool:
    """Tell whether there is anything to translate.

    >>> has_english("汉阴县 `hanyin`"), has_english("汉阴县 (Hanyin)")
    (False, True)
    """
    return bool(ENGLISH.search(CODE.sub("", text)))


def judge(name: str, known: Catalog, prose: Catalog, not_yet: frozenset[str]) -> Iterator[str]:
    """Say what is wrong with the catalogue of a page: paragraphs that are missing, stale, fuzzy or not translated."""
    ids, kept = ({message.id: message for message in one if message.id} for one in (prose, known))
    yield from (f"{name}: missing, run `make words`: {text!r}" for text in ids.keys() - kept.keys())
    yield from (f"{name}: stale, run `make words`: {text!r}" for text in kept.keys() - ids.keys())
    yield from (f"{name}: fuzzy, mend the translation and delete the mark: {text!r}" for text, one in kept.items() if one.fuzzy)
    waiting = [text for text, one in kept.items() if not one.string]
    if name in not_yet and not waiting:
        yield f"{name}: is translated; take it out of {NOT_YET.name}"
    if name not in not_yet:
        yield from (f"{name}: not translated: {text!r}" for text in waiting)


def main() -> int:
    """Update or check all catalogues; return 1 where a check finds something."""
    pages = extract()
    gone = [path for path in CATALOGUES.rglob("*.po") if path.relative_to(CATALOGUES).with_suffix("").as_posix() not in pages]
    if "--check" in sys.argv:
        not_yet = frozenset(NOT_YET.read_text(encoding="utf-8").split())
        found = [line for name, prose in pages.items() for line in judge(name, read_catalogue(path_of(name)), prose, not_yet)]
        found += [f"{name}: no such page; take it out of {NOT_YET.name}" for name in not_yet - pages.keys()]
        found += [f"{path.relative_to(TOP)}: of no page; run `make words`" for path in gone]
        print("\n".join(found), end="\n" if found else "")
        return int(bool(found))
    for path in gone:
        path.unlink()
    for name, prose in pages.items():
        path_of(name).parent.mkdir(parents=True, exist_ok=True)
        path_of(name).write_bytes(update(read_catalogue(path_of(name)), prose))
        waiting = sum(not one.string or one.fuzzy for one in read_catalogue(path_of(name)) if one.id)
        print(f"{path_of(name).relative_to(TOP)}: {waiting} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
