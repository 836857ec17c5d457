"""Table (g): what reports say of each other, where nothing is wrong and where something is.

In: a number of reports, a seed. Out: lines on standard output, and the bars missed. Next: `errors.py`.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator

from govtables.proof import Comparison, Fingerprint, fingerprint, prove
from govtables.records import Check
from planted.realistic import FLOW_LINES, RECOMPUTED, breaking
from planted.sums import Values, line
from planted.trials import Trial, make_wrong, true_report
from synthetic import GENERATIONS, draw_disclosure

FORM = "2021"
SPREADS = (0.3, 0.6, 1.0)  # of the logarithm of a number from year to year
OFFICES = 60  # of a level and year
PANELS = 40
PAIRS = 200  # reports of unrelated offices, each beside each


def run_across(reports: int, seed: int, show: int) -> list[str]:
    """Print false alarms and what is found; return the bars missed."""
    print("(g) Across reports, all made. False alarms where nothing is wrong; slips located by other years.")
    families = [check for at in range(reports) for check in compare_family(at, seed) if _fails(check)]
    false = sum(check.check == "children_sum" for check in families)
    print(f"{reports} counties with requests of their own beside their towns': {false} checks fail")
    alarms = Counter(check.check for check in compare_unrelated(seed) if _fails(check))
    print(f"{PAIRS} unrelated offices, each beside each: {dict(alarms) or 'nothing is told'}")
    for spread in SPREADS:
        checks = (check for at in range(PANELS) for check in compare_years(at, seed, spread))
        found = [check for check in checks if check.check == "jump"]
        slips = sum(bool(check.left % 1) for check in found)
        others = f"{len(found) - slips} jumps of {PANELS * (OFFICES - 1)}"
        told = f"{others}, {slips} of {PANELS} with a digit more"
        print(f"licences that change by a factor exp(N(0, {spread})): {told}")
    wrong = 0
    for kind, change in (FLOW_LINES | RECOMPUTED).items():
        names = [f"across {kind} {seed} {at}" for at in range(reports)]
        judged = Counter(judge_with_years(make_wrong(name, seed, [breaking(change)], 1)) for name in names)
        wrong += judged["wrong"]
        print(f"{kind}: with the years before and after {dict(sorted(judged.items()))}")
    print()
    bars = {"a county's own requests fail": false, "slips are located wrong": wrong}
    return [f"across: {said}" for said, count in bars.items() if count]


def _fails(check: Check) -> bool:
    return check.verdict == "fails"


def read(name: str, year: int, issuer: str, values: Values, generation: str = FORM) -> Fingerprint:
    """A report as it is audited and compared."""
    proof = prove(Trial(name, generation, values).cells())
    report = {"report_id": name, "sha256": name.encode().hex(), "issuer": issuer, "year": year, "error": None}
    return fingerprint(report, proof.cells, None, proof.proposals)


def run(reports: list[Fingerprint], hierarchy: list[tuple[str, str]] | None = None) -> Iterator[Check]:
    """All checks across some reports."""
    panel = Comparison(hierarchy or [])
    for one in reports:
        panel.add(one)
    return (check for _, check in panel.checks())


def compare_family(at: int, seed: int) -> Iterator[Check]:
    """A county whose numbers are its towns' and some of its own."""
    parts = [true_report(f"family {seed} {at} {n}", FORM) for n in range(4)]
    whole = {code: sum(part[code] for part in parts) for code in parts[0]}
    towns = [read(f"{n}.txt", 2022, f"第{n}镇", part) for n, part in enumerate(parts[1:])]
    hierarchy = [("甲县", town.issuer) for town in towns]
    return run([read("p.txt", 2022, "甲县", whole), *towns], hierarchy)


def compare_unrelated(seed: int) -> Iterator[Check]:
    """Offices of one division that have nothing to do with each other, half of them last year's."""
    reports = []
    for n in range(PAIRS):
        generation = GENERATIONS[n % 2]
        values = true_report(f"pool {seed} {n}", generation)
        one = read(f"{n}.txt", 2021 + n % 2, f"甲县第{n}局", values, generation)
        reports.append(one._replace(level="department", division="330784"))
    return run(reports)


def compare_years(at: int, seed: int, spread: float) -> Iterator[Check]:
    """Offices whose licences change by chance from one year to the next."""
    rng, reports = random.Random(f"years {seed} {at} {spread}"), []
    for n in range(OFFICES):
        values = dict.fromkeys(dict(draw_disclosure(rng, FORM)), 0.0)
        before = float(int(10 ** rng.uniform(1, 5)))
        after = float(round(before * math.exp(rng.gauss(0, spread))))
        after = 10 * after + 0.5 if n == 0 else after  # the half marks it
        for year, number in ((2021, before), (2022, after)):
            printed = values | {("disclosure", "licence", "decisions"): number}
            cells = Trial("", FORM, printed).cells()
            facts = {"report_id": f"{n}-{year}.txt", "sha256": "", "issuer": f"第{n}镇", "year": year}
            reports.append(fingerprint(facts | {"error": None}, cells))
    return run(reports)


def judge_with_years(trial: Trial) -> str:
    """Tell what is located of a slip with the reports of both other years, whose flows are right."""
    generation, truth = trial.generation, trial.truth
    flows = {row: line(row) for row in ("carried_in", "carried_over")}
    others = []
    for year, here, there in ((2021, "carried_in", "carried_over"), (2023, "carried_over", "carried_in")):
        values = dict.fromkeys(truth, 0.0)
        for own, code in zip(flows[there], flows[here], strict=True):
            values[own] = truth[code]
            values["requests", "received" if there == "carried_over" else "concluded", own[2]] = truth[code]
        others.append(read(f"{year}.txt", year, "甲县", values, generation))
    checks = run([*others, read("2022.txt", 2022, "甲县", truth | trial.wrong, generation)])
    [found] = [check for check in checks if check.check == "located"] or [None]
    if found is None or not _fails(found):
        return "open"
    named = all(f"{code[1]}.{code[2]}: {truth[code]:.15g}" in found.message for code in trial.wrong)
    return "right" if named else "wrong"
