"""List the characters that may open each phrase of the prose: `python tools/openings.py`.

In: `govtables/prose/phrases.csv`. Out: its column `opens`, by which the phrases that may begin at a place are found.
"""

import csv
import re
from io import StringIO
from pathlib import Path

from govtables.prose.tokens import NUMBER, TELLING

FILE = Path(__file__).resolve().parents[1] / "govtables" / "prose" / "phrases.csv"
INNER_GROUP = re.compile(r"\((\?<?[:=!])?((?:\[[^\]]*\]|\\.|[^()\[\]])*)\)")
PIECE = re.compile(r"(\[[^\]]*\]|\\?.)((?:[?*+]|\{[\d,]+\})*)")


def fill_in() -> str:
    """The file with its column as it should be; words that tell whether to read a text open nothing."""
    lines = list(csv.DictReader(StringIO(FILE.read_text(encoding="utf-8"))))
    for line in lines:
        found = first_characters(line["phrase"] or NUMBER.pattern) if line["role"] != TELLING else set()
        line["opens"] = "".join(sorted(found))
    text = StringIO()
    writer = csv.DictWriter(text, ("role", "code", "phrase", "opens", "note"), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def first_characters(pattern: str) -> set[str]:
    """List the characters that a match of a pattern may begin with.

    The pattern is one of `phrases.csv`: characters, classes, groups, options and looks ahead or behind.

    >>> sorted(first_characters("新?收到|[共总]收"))
    ['共', '总', '收', '新']
    """
    while group := INNER_GROUP.search(pattern):
        first, empty = _open_options(group[2]) if group[1] in (None, "?:") else (set(), True)
        pattern = f"{pattern[: group.start()]}[{''.join(first)}]{'?' * empty}{pattern[group.end() :]}"
    return _open_options(pattern)[0]


def _open_options(pattern: str) -> tuple[set[str], bool]:
    """First characters of the options of a pattern without groups, and whether one of them may be empty."""
    found, empty = set(), False
    for option in pattern.split("|"):
        for piece, count in PIECE.findall(option):
            found |= set(piece.strip("[]").replace(r"\d", "0123456789"))
            if not {"?", "*"}.intersection(count):
                break
        else:
            empty = True
    return found, empty


if __name__ == "__main__":
    FILE.write_text(fill_in(), encoding="utf-8")
