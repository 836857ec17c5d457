"""What a person says of a collection of reports: its title, its authors, its licence.

In: `collection.toml` beside the reports, or in the folder of a dataset. Out: its values, checked. Next:
`job`, `dataset`, `downloads`.
"""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

FILE = "collection.toml"
TEXT, LICENCE, ADDRESS = r"\s*\S", r"[A-Za-z0-9.+-]+$|https?://\S+$", r"https?://\S+$"
KEYS = {  # what each holds, and how it is written
    "title": (TEXT, '"Reports of our county"'), "description": (TEXT, '"What they are, in a sentence"'),
    "authors": (TEXT, '["Li Hua", "Wang Min"]'), "date": (date, "2024-05-31"),
    "licence": (LICENCE, '"CC-BY-4.0", an SPDX identifier or an address'),
    "citation": (TEXT, '"Li, Wang (2024): Reports of X"'), "url": (ADDRESS, '"https://example.org/"'),
}


def read_collection(folder: Path) -> dict[str, Any]:
    """Read it, if it is there, `authors` as a list; a `ValueError` names the key and how it is written."""
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as problem:
        remedy = f"write lines such as title = {KEYS['title'][1]}, in UTF-8"
        raise ValueError(f"{path}: {problem}; {remedy}") from None
    for key in (*told, "title", "authors"):
        if key not in KEYS:
            raise ValueError(f"{path}: {key!r} is no key of it; write one of {', '.join(KEYS)}")
        value, (kind, example) = told.get(key), KEYS[key]
        some = value if key == "authors" and isinstance(value, list) and value else [value]
        if not all(_fits(one, kind) for one in some):
            said = f"has no {key}" if value is None else f"{key} = {value!r} cannot be read"
            raise ValueError(f"{path}: {said}; write {key} = {example}")
    return told | {"authors": [told["authors"]] if isinstance(told["authors"], str) else told["authors"]}


def _fits(value: object, kind: type | str) -> bool:
    return type(value) is date if kind is date else isinstance(value, str) and bool(re.match(kind, value))
