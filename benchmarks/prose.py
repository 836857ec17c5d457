"""Score the reading of prose on labelled sentences, and time it on reports.

In: `tests/prose/sentences.csv`, or another CSV with columns `sentence`, `year` and `expected`
(`quantity=value;…`). Out: precision and recall overall, by script and by quantity; seconds a report. `--show`
prints the sentences that are not read as labelled.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from govtables.declared import declared
from govtables.language import simplify
from govtables.pipeline import read_bytes
from govtables.prose import find_statements, read_sentence
from govtables.readers import Cell, Section
from scoring import print_aligned

ROOT = Path(__file__).resolve().parent.parent

ROUNDS = 50
Pairs = Counter[tuple[str, float]]


class Judged(NamedTuple):
    """A sentence, what its label says, and what was found."""

    sentence: str
    expected: Pairs
    found: Pairs

    def script(self) -> str:
        """Tell the script from any character that simplifying changes."""
        return "hans" if simplify(self.sentence) == self.sentence else "hant"


def read_label(text: str) -> Pairs:
    """Read ``quantity=value`` pairs; a quantity that is not declared is a mistake of the label."""
    known = {line["quantity"] for line in declared("prose", "quantities")}
    pairs = [pair.strip().partition("=") for pair in text.split(";") if pair.strip()]
    unknown = [name for name, _, _ in pairs if name.removesuffix(".share") not in known]
    if unknown:
        raise ValueError(
            f"label {text!r}: no quantity {unknown[0]!r}; choose one of {', '.join(sorted(known))}"
        )
    return Counter((name, float(value)) for name, _, value in pairs)


def judge(path: Path) -> list[Judged]:
    """Read every labelled sentence of a file as a paragraph of its own."""
    judged = []
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            sections = [Section(1, None, (Cell(line["sentence"], "L1"),))]
            statements = find_statements(sections, [], int(line["year"]) if line["year"] else None)
            found = Counter(
                (statement.quantity, statement.value)
                for statement in statements
                if statement.verdict != "part"
            )
            judged.append(Judged(line["sentence"], read_label(line["expected"]), found))
    return judged


def score(names: Sequence[str], pairs: Sequence[tuple[Pairs, Pairs]]) -> list[str]:
    """Write one line of the table: figures labelled, found and right, precision and recall."""
    labelled = sum(expected.total() for expected, _ in pairs)
    found = sum(found.total() for _, found in pairs)
    right = sum((expected & found).total() for expected, found in pairs)
    shares = [f"{100 * right / whole:.1f}" if whole else "-" for whole in (found, labelled)]
    return [*names, str(labelled), str(found), str(right), *shares]


def tabulate(judged: Sequence[Judged]) -> list[list[str]]:
    """Score all sentences, those of each script, and each quantity."""
    lines = [score(["all"], [(item.expected, item.found) for item in judged])]
    for script in ("hans", "hant"):
        lines.append(
            score([script], [(item.expected, item.found) for item in judged if item.script() == script])
        )
    by_quantity: dict[str, list[tuple[Pairs, Pairs]]] = defaultdict(list)
    for item in judged:
        for quantity in {name for name, _ in item.expected + item.found}:
            both = [
                Counter({p: n for p, n in side.items() if p[0] == quantity})
                for side in (item.expected, item.found)
            ]
            by_quantity[quantity].append((both[0], both[1]))
    return lines + [score([quantity], by_quantity[quantity]) for quantity in sorted(by_quantity)]


def forget() -> None:
    """Empty the cache of sentences: every report is read as if its text were new."""
    read_sentence.cache_clear()


def time_reports(paths: Sequence[Path]) -> list[list[str]]:
    """Time the statements of each report, the least of some rounds."""
    lines = []
    for path in paths:
        result = read_bytes(path.read_bytes(), path.name)
        took = []
        for _ in range(ROUNDS):
            forget()
            start = time.process_time()
            statements = find_statements(
                result.chapters, result.cells, result.facts.year if result.facts else None
            )
            took.append(time.process_time() - start)
        verdicts = Counter(statement.verdict for statement in statements)
        prose = sum(
            len(block.text)
            for section in result.chapters
            for block in section.blocks
            if isinstance(block, Cell)
        )
        counts = [str(verdicts[verdict]) for verdict in ("agrees", "differs", "undecided")]
        lines.append([path.name, str(prose), f"{min(took):.5f}", *counts])
    return lines


def main() -> None:
    """Read the command line, score and time."""
    parser = argparse.ArgumentParser(description="Precision and recall of statements in prose.")
    parser.add_argument(
        "sentences",
        nargs="?",
        type=Path,
        default=ROOT / "tests" / "prose" / "sentences.csv",
        help="labelled sentences",
    )
    parser.add_argument(
        "--reports", type=Path, default=ROOT / "data" / "raw", help="folder of reports to time"
    )
    parser.add_argument("--show", action="store_true", help="print sentences that are not read as labelled")
    chosen = parser.parse_args()
    judged = judge(chosen.sentences)
    wrong = [item for item in judged if item.expected != item.found]
    print(
        f"{len(judged)} sentences, {sum(not item.expected for item in judged)} of them state "
        f"nothing, {len(wrong)} misread\n"
    )
    print_aligned(
        ["figures", "labelled", "found", "right", "precision %", "recall %"], tabulate(judged), "<>"
    )
    for item in wrong if chosen.show else ():
        print(
            item.sentence,
            f"  missed {dict(item.expected - item.found)}",
            f"  false {dict(item.found - item.expected)}",
            sep="\n",
        )
    paths = sorted(chosen.reports.glob("*.txt"))
    print_aligned(
        ["report", "characters", "seconds", "agrees", "differs", "undecided"], time_reports(paths), "<>"
    )


if __name__ == "__main__":
    main()
