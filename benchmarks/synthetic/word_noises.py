"""Noise in words: script, annotations and debris.

In: a text. Out: the text in another script, annotated, or with debris. Next: `noises` lists them.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable

from synthetic.words import load_csv


@functools.cache
def converter(name: str) -> Callable[[str], str]:
    """Return a converter to Traditional characters."""
    from opencc import OpenCC

    return OpenCC(name).convert


def to_traditional(dialect: str, base: str, text: str, rng: random.Random) -> str:
    """Convert to Traditional characters with the wrong picks and words of one dialect."""
    text = converter(base)(text)
    for kind, source, target in load_csv("script.csv"):
        text = text.replace(source, target) if kind == dialect else text
    return text


@functools.cache
def load_pinyin() -> dict[str, tuple[str, str]]:
    """Map a character to its reading with and without tone mark."""
    readings = [
        (chars, *target.split()) for kind, chars, target in load_csv("script.csv") if kind == "pinyin"
    ]
    return {char: (toned, plain) for chars, toned, plain in readings for char in chars}


def pinyin_toned(text: str, rng: random.Random) -> str:
    """Annotate single characters with toned pinyin."""
    known = load_pinyin()
    return "".join(f"{c}({known[c][0]})" if c in known and rng.random() < 0.25 else c for c in text)


def pinyin_plain(text: str, rng: random.Random) -> str:
    """Annotate many characters with plain pinyin, some of it twice, some with a bracket too many."""
    known = load_pinyin()

    def annotate(char: str) -> str:
        if char not in known or rng.random() > 0.6:
            return char
        reading = f"({known[char][1]})"
        return char + rng.choice(
            (reading, reading, reading * 2, f"{reading})" if rng.random() < 0.1 else reading)
        )

    return "".join(map(annotate, text))


def debris(text: str, rng: random.Random) -> str:
    """Put replacement debris before a paragraph."""
    return rng.choice(("", "??", "????", "?。ū", "\ufffd\ufffd")) + text
