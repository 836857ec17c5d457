"""The tables that are declared as CSV files: those of the package, and those that a person wrote.

In: the name of a table, or a path. Out: its lines, a dict a line. Next: everything that reads declarations.
"""

import csv
import io
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path

LANGUAGES = ("en", "zh")
MOST_RARE = 0.02  # of a text; what other encodings hold looks like rare letters in GB18030


@cache
def declared(wing: str, name: str) -> tuple[dict[str, str], ...]:
    """Read a table that is declared beside the wing that reads it, a dict a line.

    >>> declared("forms", "tables")[0]["table"]
    'disclosure'
    """
    with (files("govtables") / wing / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    return tuple(dict(zip(header, row, strict=True)) for row in rows)


class Options:
    """What holds for the whole session: ``language``, in which people are told, ``en`` or ``zh``."""

    chosen: str | None = None  # by `language`

    @property
    def language(self) -> str:
        """The one that was set, else that of the environment variable GOVTABLES_LANG, else English."""
        return self.chosen or pick_language(os.environ.get("GOVTABLES_LANG") or LANGUAGES[0])

    @language.setter
    def language(self, language: str) -> None:
        self.chosen = pick_language(language)


options = Options()


def pick_language(language: str | None) -> str:
    """Return a language that is asked for, or the one of the session."""
    if language is not None:
        choose("language", language, LANGUAGES)
    return language or options.language


def choose(what: str, value: str, choices: Collection[str], where: str = "") -> None:
    """Raise for a value that is none of the choices; `where` it stands comes first."""
    if value not in choices:
        said = f"{where}: no {what}" if where else f"no {what}"
        raise ValueError(f"{said} {value!r}; choose one of {', '.join(choices)}")


def read_lines(path: Path, columns: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    """Read a CSV file that a person wrote: each line's place and values. No file, no lines."""
    if not path.is_file():
        return []
    (_, header), *lines = [*_split_lines(path, _read_text(path))] or [("", [])]
    if missing := [name for name in columns if name not in header]:
        remedy = f"the columns, with commas between, are {','.join(columns)}"
        raise ValueError(f"{path}: the column {missing[0]!r} is missing; {remedy}")
    return [(where, _name_values(where, header, values)) for where, values in lines]


def _read_text(path: Path) -> str:
    """A file as UTF-8, or as GB18030, as which Excel and WPS save CSV in China."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            rare = len(text) - len(text.encode("gb2312", "ignore").decode("gb2312"))
            if "\0" not in text and (encoding != "gb18030" or rare <= len(text) * MOST_RARE):
                return text
    raise ValueError(f'{path}: neither UTF-8 nor GB18030; save it as "CSV UTF-8"')


def _split_lines(path: Path, text: str) -> Iterator[tuple[str, list[str]]]:
    """Split a file into lines of values, each with its place; blank ones are left out."""
    reader, number = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for values in reader:
            values = [value.strip() for value in values]
            if any(values) or len(values) > 1:
                yield f"{path}, line {number}", values
            number = reader.line_num + 1
    except csv.Error as problem:
        remedy = "close each quotation mark at the end of its value, and double those within one"
        raise ValueError(f"{path}, line {number}: {problem}; {remedy}") from None


def _name_values(where: str, header: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    if not any(values):
        raise ValueError(f"{where}: nothing but commas; delete the line")
    if any(values[len(header) :]):
        said = f"{len(values)} values for {len(header)} columns"
        raise ValueError(f"{where}: {said}; put a value with a comma in quotation marks")
    return dict.fromkeys(header, "") | dict(zip(header, values, strict=False))
