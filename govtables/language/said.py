"""Sentences that people read, in English and in Chinese: declared once, made last, from a code and facts.

In: the code of a line of `messages.csv` beside a wing, and facts. Out: a `Said`. Next: every wing.
"""

from collections.abc import Hashable, Iterable
from functools import lru_cache

from govtables.declared import message, pick_language

MARKS = {"; ": "；", ", ": "、", ": ": "：", " and ": "和", " and as ": "或", " ": ""}


class Said(str):
    """A text in English, like any other, that says itself in Chinese when it is asked to."""

    __slots__ = ("made",)

    def __new__(cls, text: str, *made: object) -> "Said":
        """`made` is what makes the Chinese, a function of a module, and what of; or the Chinese itself."""
        said = super().__new__(cls, text)
        said.made = made
        return said

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        make, *of = self.made
        return make(*of) if callable(make) else make

    def __str__(self) -> str:
        return self


def tell(code: str, /, **facts: object) -> Said:
    """Make a sentence of a message, ``wing.code``, with facts: numbers, printed texts, other sentences.

    >>> tell("language.not_applicable", raw="/")
    "printed '/'"
    >>> tell("language.not_applicable", raw="/").zh
    '填的是“/”'
    """
    return Said(message(code, "en").format(**facts), _tell_chinese, code, facts)


@lru_cache(maxsize=1 << 12)
def phrase(code: str, /, **facts: Hashable) -> Said:
    """Make a sentence that is said again and again, such as a name of few words: once."""
    return tell(code, **facts)


def _tell_chinese(code: str, facts: dict[str, object]) -> str:
    return message(code, "zh").format(**{name: to_chinese(fact) for name, fact in facts.items()})


def to_chinese(fact: object) -> object:
    """A fact as a Chinese sentence has it: what is printed stays, without characters that cannot be seen.

    >>> to_chinese("12\\n3"), to_chinese(4.5), to_chinese(None)
    ('12 3', 4.5, None)
    """
    if isinstance(fact, Said):
        return fact.zh
    if not isinstance(fact, str) or fact.isprintable():
        return fact
    return "".join([char if char.isprintable() else " " for char in fact])


def speak(said: str, lang: str | None = None) -> str:
    """Say a sentence in a language, or in that of the session."""
    return to_chinese(said) if pick_language(lang) == "zh" else said


def join(parts: Iterable[str | None], by: str = "; ") -> str | None:
    """Join sentences and parts of them; those that are `None` or empty are left out, of none comes `None`.

    >>> join([tell("language.separator"), None, tell("language.not_applicable", raw="/")]).zh
    '数字中有千位分隔符；填的是“/”'
    """
    said = [part for part in parts if part]
    if len(said) < 2:
        return said[0] if said else None
    return Said(by.join(said), _join_chinese, by, said)


def _join_chinese(by: str, said: list[str]) -> str:
    return MARKS[by].join([str(to_chinese(part)) for part in said])
