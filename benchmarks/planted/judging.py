"""What the audit says of a damaged report, judged.

In: a `Trial`. Out: a `Result`. Next: the tables of results.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from statistics import median, quantiles

from govtables.proof import Proof, prove
from govtables.records import CellRow
from planted.sums import broken_parts, lone_suspects, part_of
from planted.trials import Trial
from scoring import share
from synthetic import Code


def found_trouble(proof: Proof) -> bool:
    """Tell whether the audit says that something is wrong."""
    fails = any(check.verdict == "fails" and check.check != "blank_is_zero" for check in proof.checks)
    return fails or any(finding.kind == "contradiction" for finding in proof.findings)


def proposals_of(proof: Proof) -> dict[str, list[list]]:
    """The proposals by part of the form; numbering starts again in every part."""
    found: dict[str, list[list]] = {}
    for key, changes in groupby(
        proof.proposals, lambda c: (part_of((c.table, c.row, c.column)), c.kind, c.proposal)
    ):
        found.setdefault(key[0], []).append(list(changes))
    return found


def is_right(changes: Iterable, trial: Trial, part: str) -> bool:
    """Tell whether a proposal names the wrong cells of a part, and their true numbers where it has any."""
    codes = {(change.table, change.row, change.column): change for change in changes}
    within = all(
        c.low <= trial.truth[code] <= (inf if c.high is None else c.high) for code, c in codes.items()
    )
    return codes.keys() == {code for code in trial.wrong if part_of(code) == part} and within


def judge_part(proposals: list[list], trial: Trial, part: str) -> str:
    """Judge what the audit proposes for one contradicted part."""
    unique = [p for p in proposals if p[0].unique]
    right = [p for p in proposals if is_right(p, trial, part)]
    if (
        unique
        and unique[0] not in right
        and len(unique[0]) >= sum(part_of(code) == part for code in trial.wrong)
    ):
        return "false"  # the wrong cells are such a set too, so it is not the only one
    if unique:
        return "right" if unique[0] in right else "beside" if right else "wrong"
    typed = {tuple((c.row, c.column, c.low, c.high) for c in p): p for p in proposals if p[0].typing}
    if len(typed) != 1:
        return "open" if proposals else "none"
    return "typed right" if next(iter(typed.values())) in right else "typed wrong"


JUDGEMENTS = (
    "false", "wrong", "beside", "typed wrong", "none", "open", "typed right", "right",
)  # the worst part counts
UNIQUE = ("false", "wrong", "beside", "right")


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of one damaged report."""

    trial: Trial
    breaks: bool
    detected: bool
    judgement: str
    suspects: tuple[Code, ...] | None  # the oracle's, of one wrong cell
    seconds: float
    listed: bool = False  # for each broken part, a proposal is right
    rivals: bool = False  # a slip over several cells would explain the numbers, too
    size: int | None = None  # of the smallest sets of all broken parts, where each has one

    @property
    def determined(self) -> bool:
        """Tell whether the wrong cell, being one, is the only one that can be."""
        return self.suspects is not None and len(self.suspects) == 1


def audit(cells: list[CellRow]) -> tuple[Proof, float]:
    """Run the audit; its seconds are those of the processor, so that other work does not count."""
    start = time.process_time()
    proof = prove(cells)
    return proof, time.process_time() - start


def has_rivals(proof: Proof) -> bool:
    """Tell whether a slip over several cells is proposed, beside which no smallest set is called unique."""
    return any(change.kind == "slip" for change in proof.proposals)


def size_of(parts: Sequence[list[list]]) -> int | None:
    """How many cells the smallest sets of several parts change; None where a part has no such set."""
    sizes = [min((len(p) for p in part if p[0].kind == "smallest_set"), default=None) for part in parts]
    return None if None in sizes else sum(sizes)


def score_wrong(trial: Trial) -> Result:
    """Audit a report with wrong numbers, all printed."""
    proof, seconds = audit(trial.cells())
    known = trial.known()
    parts = broken_parts(trial.generation, known)
    proposals = proposals_of(proof)
    judged = [judge_part(proposals.get(part, []), trial, part) for part in parts]
    suspects = tuple(lone_suspects(trial.generation, known)) if len(trial.wrong) == 1 else None
    judgement = min(judged, key=JUDGEMENTS.index) if judged else "none"
    listed = all(any(is_right(p, trial, part) for p in proposals.get(part, [])) for part in parts)
    size = size_of([proposals.get(part, []) for part in parts])
    told = judgement, suspects, seconds, listed and bool(parts), has_rivals(proof), size
    return Result(trial, bool(parts), found_trouble(proof), *told)


def summarize_wrong(results: Sequence[Result]) -> list[str]:
    """Write a line of the table of errors."""
    broken = [r for r in results if r.breaks]
    judged = Counter(r.judgement for r in broken)
    lone = [r for r in broken if r.suspects is not None]
    counts = [sum(judged[word] for word in UNIQUE)]
    counts += [
        judged["right"], judged["beside"], judged["wrong"] + judged["false"], judged["typed right"],
        judged["typed wrong"],
    ]
    return [
        str(len(results)), share(len(broken), len(results)),
        share(sum(r.detected for r in broken), len(broken)),
        share(sum(r.determined for r in lone), len(broken)) if len(lone) == len(broken) else "-",
        *(share(count, len(broken)) for count in counts), *spread([r.seconds for r in results]),
    ]


def spread(seconds: Sequence[float]) -> list[str]:
    """Write median and 99th percentile."""
    return [f"{median(seconds):.3f}", f"{quantiles(seconds, n=100, method='inclusive')[-1]:.3f}"]


def is_missed(result: Result) -> bool:
    """Tell whether a report breaks a bar: a break unseen, or one wrong cell not told where it can be."""
    if not result.breaks or result.suspects is None:
        return result.breaks and (not result.detected or result.judgement == "false")
    missed = result.determined and result.judgement not in UNIQUE and not result.rivals
    return (
        not result.detected
        or missed
        or (result.judgement in UNIQUE and not result.determined)
        or result.judgement in UNIQUE[:-1]
    )


def find_misses(what: str, results: Sequence[Result]) -> list[str]:
    """Say which bars the located errors miss."""
    broken = [r for r in results if r.breaks]
    lone = [r for r in broken if r.suspects is not None]
    bars = {
        "errors that break an identity are not detected": [r for r in broken if not r.detected],
        "wrong cells that the oracle determines are not located": [
            r for r in lone if r.determined and r.judgement != "right" and not r.rivals
        ],
        "wrong cells are located although others could be wrong": [
            r for r in lone if not r.determined and r.judgement in UNIQUE
        ],
        "sets are said to be the only smallest ones and are not": [
            r for r in broken if r.judgement == "false"
        ],
        "true cells are left out by the oracle": [
            r for r in lone if next(iter(r.trial.wrong)) not in r.suspects
        ],
    }
    return [
        f"{what}: {len(found)} {bar}, as {found[0].trial.describe()}" for bar, found in bars.items() if found
    ]


def show_cases(results: Sequence[Result], number: int) -> None:
    """Print cases to reproduce."""
    for result in results[:number]:
        print(
            f"{result.judgement:12} {'detected' if result.detected else 'missed':8} {result.trial.describe()}"
        )
