"""Feed harmful texts and pages to the package.

In: `--inputs`, `--seed`. Out: as `harness` says. The inputs are the documents of the tests with harm done to
them.

    python fuzz/texts.py --inputs 1000 --seed 1
"""

import random
import re
import sys
from functools import cache, partial

from harness import TOP, Target, main

MOST_BYTES = 60_000  # of a document to start from, so that thousands are read a minute
TAG = re.compile(rb"<[a-zA-Z/][^<>]*>")
NUMBER = re.compile(rb"\d+")
ENCODINGS = ("gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-7", "cp037")
EXTREMES = (
    b"", b"-1", b"0", b"1e400", b"NaN", b"9" * 400, b"99999999999999999999", b"1,2,3",
    b"\xef\xbc\x91\xef\xbc\x92", b"1/0", b"\xe2\x88\x9e",
)
SPANS = (b"0", b"-3", b"2", b"7", b"100000", b"99999999999999999999", b"1.5", b"x", b"")
MARKUP = (
    b"<table>",
    b"</table>",
    b"<tr>",
    b"</tr>",
    b"<td>",
    b"<td rowspan=100000 colspan=100000>",
    b"<script>while(1){}</script>",
    b'<img src="http://localhost/x.png">',
    b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>',
    b"&c;&c;&#0;&#x110000;&lt;",
    b"<!--",
    b"<![CDATA[",
    b"<plaintext>",
    b"<template>",
    b"<svg><style>",
)
SIGNS = (
    "|",
    "\t",
    "\u3000",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x00",
    "\x1b",
    "\r",
    "\v",
    "\U0001f600",
    "\ud7ff",
    "(",
    "（",
    "%",
    "/",
    "—",
    "无",
    "：",
)


@cache
def bases(suffix: str) -> list[bytes]:
    """Documents to start from."""
    paths = [
        path
        for folder in ("data/raw", "tests/documents")
        for path in sorted((TOP / folder).glob(f"*.{suffix}"))
    ]
    return [data for path in paths if 0 < len(data := path.read_bytes()) <= MOST_BYTES]


def make(suffix: str, rng: random.Random, _: int) -> bytes:
    """Do up to four kinds of harm to a document."""
    data = rng.choice(bases(suffix))
    for _ in range(rng.randint(1, 4)):
        data = rng.choice(HARMS[suffix])(data, rng)
    return data


def cut(data: bytes, rng: random.Random) -> bytes:
    """Cut off one end, or cut out the middle."""
    low, high = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:low], data[low:], data[:low] + data[high:]))


def harm_bytes(data: bytes, rng: random.Random) -> bytes:
    """Overwrite single bytes."""
    harmed = bytearray(data)
    for _ in range(min(rng.randint(1, 20), len(harmed))):
        harmed[rng.randrange(len(harmed))] = rng.randrange(256)
    return bytes(harmed)


def harm_lines(data: bytes, rng: random.Random) -> bytes:
    """Repeat, drop, swap or shuffle lines."""
    lines = data.splitlines(keepends=True) or [b""]
    low = rng.randrange(len(lines))
    high = min(low + rng.choice((1, 1, 2, 5, 40)), len(lines))
    some = lines[low:high]
    other = rng.choice(
        (
            some * rng.choice((2, 3, 50)), [], some[::-1], rng.sample(some, len(some)),
            [b"".join(some).replace(b"\n", b" ")],
        )
    )
    return b"".join([*lines[:low], *other, *lines[high:]])


def harm_numbers(data: bytes, rng: random.Random) -> bytes:
    """Put extreme numbers where numbers stand."""
    share = rng.choice((0.01, 0.1, 1.0))
    return NUMBER.sub(lambda found: rng.choice(EXTREMES) if rng.random() < share else found[0], data)


def harm_signs(data: bytes, rng: random.Random) -> bytes:
    """Put signs that separate, hide or break between the characters, one of them many times."""
    text = list(data.decode("utf-8", "replace"))
    for _ in range(rng.randint(1, 30)):
        text.insert(rng.randrange(len(text) + 1), rng.choice(SIGNS) * rng.choice((1, 1, 1, 3, 1000)))
    return "".join(text).encode("utf-8", "replace")


def recode(data: bytes, rng: random.Random) -> bytes:
    """Write it in another encoding."""
    return data.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")


def harm_tags(data: bytes, rng: random.Random) -> bytes:
    """Drop tags, repeat them, or put others beside them."""
    share = rng.choice((0.005, 0.05, 0.5))
    return TAG.sub(
        lambda found: (
            rng.choice((b"", found[0] * 2, found[0] + rng.choice(MARKUP)))
            if rng.random() < share
            else found[0]
        ),
        data,
    )


def harm_spans(data: bytes, rng: random.Random) -> bytes:
    """Give cells spans that no table has room for."""
    share = rng.choice((0.01, 0.3))
    span = rng.choice((b"rowspan", b"colspan"))
    return re.sub(
        rb"<td\b",
        lambda found: b'<td %s="%s"' % (span, rng.choice(SPANS)) if rng.random() < share else found[0],
        data,
    )


def nest(data: bytes, rng: random.Random) -> bytes:
    """Put an element into itself, thousands of times."""
    found = list(TAG.finditer(data))
    if not found:
        return data
    tag = rng.choice(found)
    piece = rng.choice((tag[0], b"<div>", b"<table><tr><td>", b"<b><i>", b"<font><p>"))
    return data[: tag.start()] + piece * rng.choice((10, 1000, 20_000)) + data[tag.start() :]


ANY = (cut, harm_bytes, harm_lines, harm_numbers, harm_numbers, harm_signs, recode)
HARMS = {"txt": ANY, "html": (*ANY, harm_tags, harm_tags, harm_spans, harm_spans, nest)}
TARGETS = {suffix: Target(partial(make, suffix)) for suffix in HARMS}

if __name__ == "__main__":
    sys.exit(main(TARGETS, "Feed harmful texts and pages to the package."))
