"""The texts of the tables as printed, character for character, each with an id and what it is spent as.

In: a `Page`. Out: HTML, texts in boxes that wrap, in rows as the print gives them. Next: `reports`.
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from govtables.dataset import printed_lines
from govtables.declared import declared
from publish.pages.gather import Page
from publish.pages.markup import join, language, link, place_anchor, place_words, shorten, table, tag
from publish.pages.names import CODEBOOK, Record, code_anchor
from publish.words import edition, say, tell



def write_printed(page: Page) -> Iterator[Markup]:
    """Write the lines in order; of a very long document, those that something leads to."""
    left_out = page.printed_in_all - len(page.printed)
    if left_out:
        yield tag("p", say("texts_left_out", n=left_out, of=page.printed_in_all))
    yield _write_legend(page)
    rows = [_write_row(page, line) for _, line in printed_lines(page.printed)]
    heads = [say("place"), say("texts_as_printed")]
    yield table(say("printed_caption"), heads, rows, kind="printed", name=say("printed_name"))


def _write_legend(page: Page) -> Markup:
    """Explain looks, those that the report has, as often as it has them."""
    spent = [token["spent"] for token in page.printed]
    said = [
        tag(
            "li",
            tag("span", "7", class_=f"sign k-{line['spent']}"),
            " ",
            link(f"{CODEBOOK}#{code_anchor('spent', None, line['spent'])}", say(f"spent_{line['spent']}")),
            say("spent_texts", n=count, what=tell(line)),
        )
        for line in declared("dataset", "spent")
        if (count := spent.count(line["spent"]))
    ]
    return tag("p", say("spent_reading")) + tag("ul", *said, class_="legend printed-legend")


def _write_row(page: Page, line: Sequence[Record]) -> Markup:
    """Write a row: where it stands, and its texts, numbered by cell, or by line where a line is one text."""
    homes = [token["place"].rpartition(":C")[0] or token["place"] for token in line]
    where = place_words(homes[0])
    if homes[-1] != homes[0]:
        last = place_words(homes[-1])
        where = say("lines_to", first=where, last=last.removeprefix("line "))
    texts = join(map(_write_text, line), "\n")
    whole = place_anchor(homes[0]) if homes[0] != line[0]["place"] else None
    shown = tag("span", texts, id=whole, class_="line")
    boxes = tag("div", shown, class_="cells", lang=language(page.facts["script"]))
    return tag("tr", tag("th", where, scope="row"), tag("td", boxes))


def _write_text(token: Record) -> Markup:
    left_out = token["left_out"]
    gap = tag("small", say("gap", n=left_out), lang=edition()) if left_out else Markup("")
    line, _, number = token["place"].rpartition(":C")
    looks = f"cell k-{token['spent']}"
    n = number if line else token["place"]
    return gap + tag("span", shorten(token["text"]), id=token["anchor"], class_=looks, data_n=n)
