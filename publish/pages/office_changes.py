"""How the years of an issuer go on from one another: changes of rates, and whether what is carried agrees.

In: an `Office`. Out: pieces of its page. Next: `office_pages`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from govtables.indicators import definitions
from govtables.records import CLEAN, DOUBTED, FAILS, HOLDS
from publish.pages.cells import cell_anchor
from publish.pages.evidence import scale, write_flag
from publish.pages.markup import anchor, link, number, raw, span, table, tag
from publish.pages.names import Record
from publish.pages.offices import ACROSS, RATES, Office, Year, list_years
from publish.words import say, tell

REPORTS = "../reports"
MARKS = {HOLDS: "✓", FAILS: "✗"}


def head_year(year: Year) -> Markup:
    """Head the column of a report: its year, which leads to it, and its id."""
    shown = say("no_year") if year.report["year"] is None else str(year.report["year"])
    label = f"{shown}{say('colon')}{year.report['report_id']}"
    there = link(f"{REPORTS}/{year.page.slug}.html", shown, label) if year.page else Markup(shown)
    return there + tag("small", year.report["report_id"], class_="document")


def write_row(head: object, cells: Sequence[Markup]) -> Markup:
    """Write a row of cells with its head."""
    return tag("tr", tag("th", head, scope="row"), *cells)


def write_changes(office: Office) -> Iterator[str]:
    """Write how rates changed, a column a step."""
    if not office.steps:
        yield say("office_no_steps") + "\n"
        return
    tested = [step for step in office.steps if step["difference_low"] is not None]
    out = sum(bool(step["stands_out"]) for step in tested)
    yield say("office_steps", n=len(tested), out=out, chance=office.by_chance) + "\n"
    pairs = list(list_years(office))
    steps = {(step["indicator"], step["year"]): step for step in office.steps}
    heads = [say("indicator"), *(f"{one}–{other}" for one, other in pairs)]
    book = definitions().to_dict("index")
    rows = [
        write_row(_name_rate(code, book[code]), [_write_step(steps.get((code, year))) for _, year in pairs])
        for code in RATES
    ]
    caption, name = say("office_changes_caption"), say("office_changes")
    yield raw(table(caption, heads, rows, kind="statutory changes", name=name))


def _name_rate(code: str, told: Record) -> Markup:
    return link(f"{REPORTS}/indicators.html#{anchor('about', code)}", tell(told))


def _write_step(step: Record | None) -> Markup:
    if step is None:
        return tag("td", "–")
    low, high = (points(step[end]) for end in ("difference_low", "difference_high"))
    sign = ("▲" if step["difference"] > 0 else "▼") if step["stands_out"] else ""
    told = f"{sign} {say('stands_out')}" if sign else say("may_be_chance")
    parts = [tag("small", f"({span(low, high)})"), tag("small", told)]
    values = (scale(step[name], "rate") for name in ("value_before", "value"))
    parts.append(tag("small", " → ".join(values)))
    if step["new_form"]:
        parts.append(tag("small", say("new_form")))
    if flag := _flag_step(step):
        parts.append(tag("small", flag, class_="flag"))
    kind = None if step["flag"] in (None, CLEAN) else f"f-{step['flag']}"
    return tag("td", points(step["difference"]), *parts, class_=kind)


def points(difference: float) -> str:
    """Write a difference of rates in percentage points, with its sign."""
    told = f"{100 * difference:+.1f}".replace("-", "\N{MINUS SIGN}")
    return told if told.strip("+\N{MINUS SIGN}0.") else "0.0"


def _flag_step(step: Record) -> str:
    """Say what the audit leaves of a change."""
    left = {"value_low": step["difference_least"], "value_high": step["difference_most"]}
    mark = write_flag(step | dict.fromkeys(left), "rate")
    if not mark or left["value_low"] is None or left["value_high"] is None or step["flag"] == DOUBTED:
        return mark
    return f"{mark}{say('colon')}{span(*map(points, left.values()))}"


# -- whether years agree ------------------------------------------------------------------------------------


def write_agreement(office: Office) -> Iterator[str]:
    """Write whether each year goes on from the one before, and what does not."""
    compared = [year for year in office.years if year.checks]
    if not any(check["operands"] for year in compared for check in year.checks):
        yield say("office_not_compared") + "\n"
        told = [one for year in compared for one in year.checks if one["message"]]
        if reasons := dict.fromkeys(str(tell(one, "message")) for one in told):
            yield raw(tag("ul", *(tag("li", reason) for reason in reasons)))
        return
    heads = [say("office_check"), *map(head_year, compared)]
    by_kind = {kind: [_write_verdicts(year, kind) for year in compared] for kind in ACROSS}
    rows = [write_row(say(f"across_{kind}"), cells) for kind, cells in by_kind.items()]
    name = say("office_agrees")
    yield raw(table(name, heads, rows, kind="statutory years agreement", name=name, repeats=True))
    failing = [(year, one) for year in compared for one in year.checks if one["verdict"] == FAILS]
    if failing:
        heads = [say(head) for head in ("year", "office_check", "slip_cell", "printed", "office_expected")]
        rows = [_write_failing(*one) for one in failing]
        yield raw(table(say("office_failing"), heads, rows, kind="failing", name=say("office_failing")))


def _write_verdicts(year: Year, kind: str) -> Markup:
    counts = Counter(one["verdict"] for one in year.checks if one["check"] == kind and one["operands"])
    if not counts:
        return tag("td", say("score_untold"), class_="score-untold")
    told = [f"{MARKS.get(one, '?')} {say(f'verdict_{one}')} {n}" for one, n in sorted(counts.items())]
    return tag("td", say("between").join(told), class_="score-mend" if counts[FAILS] else None)


def _write_failing(year: Year, check: Record) -> Markup:
    key = (check["table"], check["row"], check["column"])
    page, code = year.page, ".".join(part or "" for part in key)
    name = page.names.cell(*key) if page and all(key) else code
    shown = page is not None and key in page.cells
    there = link(f"{REPORTS}/{page.slug}.html#{cell_anchor(key)}", name) if shown else name
    sides = (tag("td", number(check[side]), class_="number") for side in ("left", "right"))
    return tag(
        "tr", tag("th", year.report["year"], scope="row"), tag("td", say(f"across_{check['check']}")),
        tag("td", there), *sides,
    )
