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

LANGUAGES, VARIABLE = ("en", "zh"), "GOVTABLES_LANG"
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


@cache
def message(code: str, language: str) -> str:
    """Text of a declared message, ``wing.code``, before its facts are put in."""
    wing, _, name = code.partition(".")
    return next(line[language] for line in declared(wing, "messages") if line["message"] == name)


def say(code: str, /, **facts: object) -> str:
    """Say a declared message in the language of the session; a fact may be a sentence of either language.

    >>> say("language.line", path="links.csv", number=2)
    'links.csv, line 2'
    """
    asked = options.chosen or os.environ.get(VARIABLE)
    language = asked if asked in LANGUAGES else LANGUAGES[0]  # that another was asked for is told, too
    facts = {name: getattr(fact, language, fact) for name, fact in facts.items()}
    return message(code, language).format(**facts)


def mistake(code: str, /, **facts: object) -> ValueError:
    """Make the error that tells a caller's mistake, by a declared message: what, where, and the remedy."""
    return ValueError(say(code, **facts))


class Options:
    """What holds for the whole session: ``language``, in which people are told, ``en`` or ``zh``."""

    chosen: str | None = None  # by `language`

    @property
    def language(self) -> str:
        """The one that was set, else that of the environment variable GOVTABLES_LANG, else English."""
        return self.chosen or pick_language(os.environ.get(VARIABLE) or LANGUAGES[0])

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
        code = "language.no_choice_at" if where else "language.no_choice"
        raise mistake(code, where=where, what=what, value=value, choices=", ".join(choices))


def read_lines(path: Path, columns: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    """Read a CSV file that a person wrote: each line's place and values. No file, no lines."""
    if not path.is_file():
        return []
    (_, header), *lines = [*_split_lines(path, read_text(path))] or [("", [])]
    if missing := [name for name in columns if name not in header]:
        raise mistake("language.no_column", path=path, name=missing[0], columns=",".join(columns))
    return [(where, _name_values(where, header, values)) for where, values in lines]


def read_text(path: Path) -> str:
    """A file as UTF-8, or as GB18030, as which Excel and WPS save CSV in China."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            rare = len(text) - len(text.encode("gb2312", "ignore").decode("gb2312"))
            if "\0" not in text and (encoding != "gb18030" or rare <= len(text) * MOST_RARE):
                return text
    raise mistake("language.no_encoding", path=path)


def _split_lines(path: Path, text: str) -> Iterator[tuple[str, list[str]]]:
    """Split a file into lines of values, each with its place; blank ones are left out."""
    reader, number = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for values in reader:
            values = [value.strip() for value in values]
            if any(values) or len(values) > 1:
                yield say("language.line", path=path, number=number), values
            number = reader.line_num + 1
    except csv.Error as problem:
        where = say("language.line", path=path, number=number)
        raise mistake("language.quotes", where=where, problem=problem) from None


def _name_values(where: str, header: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    if not any(values):
        raise mistake("language.commas", where=where)
    if any(values[len(header) :]):
        raise mistake("language.many_values", where=where, values=len(values), columns=len(header))
    return dict.fromkeys(header, "") | dict(zip(header, values, strict=False))
