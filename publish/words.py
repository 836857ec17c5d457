"""What generated pages say, in the language of the edition.

In: words.csv, a line a word or sentence: its name, English, Chinese. Out: texts in the chosen language. Next:
all that writes pages.
"""

import csv
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

from markupsafe import Markup

from govtables.declared import LANGUAGES, options

__all__ = ["LANGUAGES", "edition", "fill", "read_words", "say", "speak", "tell"]
WORDS = Path(__file__).with_name("words.csv")


def edition() -> str:
    """Return the language of the pages that this process writes, `en` or `zh`; `Job.lang` is the same."""
    return options.language


def speak(lang: str) -> None:
    """Choose the language of the pages that this process, and those that it starts, write."""
    os.environ["GOVTABLES_LANG"] = lang


@cache
def read_words() -> dict[str, dict[str, str]]:
    """Read what pages say, by name."""
    with WORDS.open(encoding="utf-8", newline="") as lines:
        return {line["word"]: line for line in csv.DictReader(lines)}


def say(word: str, /, **values: object) -> str:
    """Say a word or sentence of a page; with markup among the values, as markup. English has `{s}` after a
    noun of which there are `n`.

    >>> say("reports", n=1), say("reports", n=2000)
    ('1 report', '2,000 reports')
    """
    text = read_words()[word][edition()]
    if any(isinstance(value, Markup) for value in values.values()):
        text = Markup(text.replace("<", "&lt;"))
    return text.format(s="" if values.get("n") == 1 else "s", **values)


def tell(line: Mapping[str, object], name: str = "en") -> object:
    """Return a text of a published or declared line in the language of the edition: column `zh` for `en`,
    `message_zh` for `message`.
    """
    other = "zh" if name == "en" else f"{name}_zh"
    return (line.get(other) if edition() == "zh" else None) or line[name]


def fill(template: Path, **values: object) -> str:
    """Fill a template of a page: `$name` is one of the values, else what words.csv says, which may use them.
    """
    return Template(template.read_text(encoding="utf-8")).substitute(_Words(values))


class _Words(dict):
    """Values of a page, and all that it can say with them."""

    def __missing__(self, word: str) -> str:
        return say(word, **self)
