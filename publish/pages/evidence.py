"""What is made of the numbers of a report: indicators, and statements of its prose against its tables.

In: a `Page`. Out: HTML in which each number leads to the cells that it is made of. Next: `reports`,
`side_by_side`.
"""

from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from govtables.indicators import definitions
from govtables.records import CLEAN, DOUBTED
from publish.pages.formulas import is_sum, write_formula, write_message
from publish.pages.gather import Page
from publish.pages.markup import anchor, chinese, link, number, place_words, shorten, span, table, tag
from publish.pages.names import Record
from publish.words import edition, say, tell

KINDS = ("count", "rate", "share", "per_100", "ratio")
SHARE = ".share"


# -- indicators ---------------------------------------------------------------------------------------------


def write_indicators(page: Page) -> Markup:
    """Write the indicators of a report, by kind."""
    known = definitions().to_dict("index")
    told = [(line, known[line["indicator"]]) for line in page.indicators]
    by_kind = {kind: [one for one in told if one[1]["kind"] == kind] for kind in KINDS}
    bodies = [
        [_write_kind(kind), *(_write_indicator(page, *one) for one in some)]
        for kind, some in by_kind.items()
        if some
    ]
    heads = [say("indicator"), say("value_and_interval"), say("numerator"), say("denominator")]
    return table(say("indicators_caption"), heads, *bodies, kind="indicators", name=say("indicators"))


def _write_kind(kind: str) -> Markup:
    return tag("tr", tag("th", say(f"kind_{kind}"), colspan=4, scope="rowgroup"), class_="group")


def write_name(told: Record) -> Markup:
    """Write the name of an indicator, an English one with the Chinese beside it."""
    label = chinese(told["zh"], "hans")
    return label if edition() == "zh" else Markup("{} {}").format(told["en"], label)


def _write_indicator(page: Page, line: Record, told: Record) -> Markup:
    code = line["indicator"]
    about = link(f"indicators.html#{anchor('about', code)}", tell(told))
    formula = tag("small", tell(told, "formula"), class_="formula")
    label = "" if edition() == "zh" else Markup(" ") + chinese(told["zh"], "hans")
    head = tag("th", about, label, formula, scope="row")
    sides = [_write_side(page, told[side], line[side]) for side in ("numerator", "denominator")]
    why = tell(line, "reason")
    beside = write_message(page, str(why)) if why else write_interval(line, told["kind"])
    flag = write_flag(line, told["kind"])
    left = [tag("small", flag, class_="flag")] if flag else []
    if flag and line["flag"] != DOUBTED:
        left.append(tag("small", write_message(page, str(tell(line, "flagged_by")))))
    value = tag("td", write_value(line, told["kind"]), tag("small", beside), *left, class_=flag_class(line))
    return tag("tr", head, value, *sides, id=anchor("indicator", code))


def _write_side(page: Page, formula: str, total: float | None) -> Markup:
    if not formula:
        return tag("td", say("none"))
    written, shown = write_formula(page, formula), number(total)
    return tag("td", written, f" = {shown}" if shown and is_sum(formula) else "")


def scale(value: float, kind: str) -> str:
    """Write a value in the unit of its kind, rates and shares in per cent."""
    if kind in ("rate", "share"):
        return f"{100 * value:.1f}\N{NO-BREAK SPACE}%"
    return number(value) if kind == "count" else f"{value:.2f}"


def write_value(line: Record, kind: str) -> str:
    """Write the value of an indicator, or what unknown cells leave of it."""
    if line["value"] is not None:
        return scale(line["value"], kind)
    least, most = line["value_low"], line["value_high"]
    if least is None:
        return "–"
    return span(scale(least, kind), "" if most is None else scale(most, kind))


def flag_class(line: Record) -> str | None:
    """Name the class of an indicator of which a number is flagged."""
    return f"f-{line['flag']}" if write_flag(line, "count") else None


def write_flag(line: Record, kind: str) -> str:
    """Write the mark of an indicator that the audit speaks against, and what it leaves of the value."""
    if line["flag"] in (None, CLEAN):
        return ""
    if line["flag"] == DOUBTED or line["value_low"] is None:
        return f"{'?' if line['flag'] == DOUBTED else '!'} {say('flag_' + line['flag'])}"
    only = line["value_low"] if line["value_low"] == line["value_high"] else None
    return f"! {say('flag_' + line['flag'])}{say('colon')}{write_value(line | {'value': only}, kind)}"


def write_interval(line: Record, kind: str) -> str:
    """Write the interval of an indicator; ratios and counts have none."""
    return "" if line["low"] is None else span(scale(line["low"], kind), scale(line["high"], kind))


# -- statements of the prose --------------------------------------------------------------------------------


def write_statements(page: Page) -> Iterator[Markup]:
    """Write what the prose states, sentence by sentence, against the tables."""
    heads = [say(f"statement_{head}") for head in ("quantity", "printed", "tables", "verdict", "reason")]
    numbered = list(enumerate(page.statements, 1))
    bodies = []
    for (place, sentence), some in groupby(numbered, lambda one: (one[1]["place"], one[1]["sentence"])):
        head = _write_sentence(page, sentence, place, len(heads))
        bodies.append([head, *(_write_statement(page, n, said) for n, said in some)])
    yield table(say("statements_caption"), heads, *bodies, kind="statements", name=say("statements"))
    if page.statements_left_out:
        yield tag("p", say("statements_left_out", n=page.statements_left_out))


def _write_sentence(page: Page, sentence: str, place: str, width: int) -> Markup:
    where = tag("small", " ", say("of_the_document", place=place_words(place)))
    shown = chinese(shorten(sentence), page.facts["script"])
    return tag("tr", tag("th", shown, where, colspan=width, scope="rowgroup"), class_="group")


def _write_statement(page: Page, n: int, said: Record) -> Markup:
    stated = said["table_value"]
    per_cent = " %" if said["quantity"].endswith(SHARE) else ""
    total = f" = {round(stated, 2):.15g}{per_cent}" if is_sum(said["cells"]) and stated is not None else ""
    return tag(
        "tr", tag("th", _write_quantity(page, said["quantity"]), scope="row"),
        tag("td", chinese(said["printed"], page.facts["script"])),
        tag("td", write_formula(page, said["cells"]), total),
        tag("td", say(f"verdict_{said['verdict']}"), class_=f"v-{said['verdict']}"),
        tag("td", write_message(page, str(tell(said, "reason") or "–")), class_="text"),
        id=anchor("statement", str(n)),
    )


def _write_quantity(page: Page, quantity: str) -> Markup:
    code = quantity.removesuffix(SHARE)
    share = say("per_cent_of_requests") if code != quantity else ""
    return page.names.link("quantity", None, code) + share
