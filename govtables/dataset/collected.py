"""What a person says of a collection of reports: its title, its authors, its licence.

In: `collection.toml` beside the reports, or in the folder of a dataset. Out: its values, checked. Next:
`exports`, the site.
"""

import os
import re
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from govtables.declared import mistake
from govtables.language import Said, phrase

FILE = "collection.toml"
TEXT = r"(?s)(?!.*[\x00-\x08\x0e-\x1f])\s*\S"  # with no sign that no page can show
LICENCE, ADDRESS = r"[A-Za-z0-9.+-]+\Z|https?://\S+\Z", r"https?://\S+\Z"
KEYS = {  # what each holds
    "title": TEXT, "description": TEXT, "authors": TEXT, "date": date, "licence": LICENCE, "citation": TEXT,
    "url": ADDRESS,
}


def read_collection(folder: Path) -> dict[str, Any]:
    """Read it, if it is there, `authors` as a list; a `ValueError` names the key and how it is written."""
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as problem:
        raise mistake("dataset.no_toml", path=path, problem=problem, example=example_of("title")) from None
    for key in (*told, "title", "authors"):
        if key not in KEYS:
            raise mistake("dataset.no_key", path=path, key=key, keys=", ".join(KEYS))
        value, kind = told.get(key), KEYS[key]
        some = value if key == "authors" and isinstance(value, list) and value else [value]
        if not all(_fits(one, kind) for one in some):
            code = "dataset.key_missing" if value is None else "dataset.key_wrong"
            raise mistake(code, path=path, key=key, value=value, example=example_of(key))
    return told | {"authors": [told["authors"]] if isinstance(told["authors"], str) else told["authors"]}


def example_of(key: str) -> Said:
    """Show how a key is written."""
    return phrase(f"dataset.example_{key}")


@contextmanager
def carry_collection(raw: Path, out: Path) -> Iterator[None]:
    """Check what is said of reports, and lay it beside their tables once these are there, or take it away."""
    told = read_collection(raw)
    yield
    if told:
        shutil.copyfile(raw / FILE, beside := out / f".{FILE}-{os.getpid()}")
        os.replace(beside, out / FILE)
    else:
        (out / FILE).unlink(missing_ok=True)


def _fits(value: object, kind: type | str) -> bool:
    return type(value) is date if kind is date else isinstance(value, str) and bool(re.match(kind, value))
