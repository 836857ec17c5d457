"""How figures look: large type in contrast, legends told apart in grey, a glyph for each character."""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from govtables.analysis import figures, indicators
from govtables.analysis.cell_verdicts import VERDICT_LOOKS
from govtables.analysis.figures.years import STATES
from govtables.declared import declared
from govtables.forms import form
from govtables.records import Status
from tests.analysis.figures.drawn import (
    CONTRAST, FIGURES, NOTEBOOKS, PALE, PHONE, SMALLEST, TOP, by_figure, describe_line, differ_in_grey,
    find_backgrounds, find_box, list_legends, list_texts, measure_contrast, measure_width, sample, seen,
    values,
)

LISTS = sorted((TOP / "govtables").glob("*/*.csv*"))
TABLES = sorted((TOP / "data" / "parquet").glob("[!.]*/"))
# Noto has the characters of GB 18030, Big5 and the general standard of 2013; no packaged font has these.
KNOWN = {
    "\U00028ee7": "𨻧隍镇, a town in Chaozhou",
    "\U0002cba4": "𬮤山镇, a town in Ganzhou",
    "\U0003075f": "𰝟渡镇, a town in Dazhou",
    "\U00031cea": "下𱳪镇, a town in Dongguan",
    "\u9fff": "the end of a range in a pattern of phrases.csv, never shown",
    "\U0002a248": "a key by which 鴜鹭树镇 is found, never shown",
}


def read_characters(path: Path) -> set[str]:
    """The characters of a notebook with its outputs, a list of the package, or a table of the dataset."""
    if path.suffix == ".ipynb":
        text = json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
    elif path.suffix == ".gz":
        text = gzip.decompress(path.read_bytes()).decode()
    elif path.suffix == ".csv":
        text = path.read_text(encoding="utf-8")
    else:
        table = pd.read_parquet(path)
        text = "".join(str(value) for name in table for value in table[name].dropna().astype(str).unique())
    return {character for character in text if ord(character) >= 32 and not character.isspace()}


def list_fonts() -> list[str]:
    """The fonts that figures take glyphs from, without the one that frames whatever is missing."""
    with matplotlib.rc_context():
        figures.use_chinese_font()
        return [name for name in matplotlib.rcParams["font.family"] if "Last Resort" not in name]


@cache
def read_glyphs() -> frozenset[int]:
    return frozenset(code for name in list_fonts() for code in get_font(findfont(name)).get_charmap())


def has_glyph(character: str) -> bool:
    return ord(character) in read_glyphs()


def decode_plane(encoding: str, first: range, second: list[int]) -> str:
    """All characters of a block of a two-byte encoding."""
    return "".join(bytes([one, two]).decode(encoding, "ignore") for one in first for two in second)


GB, BIG5 = list(range(0xA1, 0xFF)), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
CLASSES = {
    "GB2312 level 1": decode_plane("gb2312", range(0xB0, 0xD8), GB),
    "GB2312 level 2": decode_plane("gb2312", range(0xD8, 0xF8), GB),
    "Big5 level 1": decode_plane("big5", range(0xA4, 0xC7), BIG5),
    "Latin and marks": "".join(
        map(chr, range(0x21, 0x7F))
    ).replace("$", "") + "−·–—…“”‘’（）〔〕《》、。：；，％×÷±≤≥①⑩　№",
}
by_class = pytest.mark.parametrize("characters", CLASSES.values(), ids=CLASSES)


@by_figure
def test_type_is_large_enough_on_a_telephone(name):
    figure = seen(name)
    pixels = PHONE / measure_width(figure)
    sizes = {text.get_text(): round(text.get_fontsize() / 72 * pixels, 2) for text in list_texts(figure)}
    assert {text: size for text, size in sizes.items() if size < SMALLEST} == {}


@by_figure
def test_no_texts_overlap(name):
    boxes = [(text.get_text(), find_box(text).padded(-0.5)) for text in list_texts(seen(name))]
    assert [(a, b) for (a, box), (b, other) in combinations(boxes, 2) if box.overlaps(other)] == []


@by_figure
def test_nothing_is_cut_off(name):
    figure = seen(name)
    whole = figure.bbox.padded(0.5)
    outside = [
        text.get_text() for text in list_texts(figure)
        if not all(whole.contains(*point) for point in find_box(text).get_points())
    ]
    assert outside == []


@by_figure
def test_text_contrasts_with_what_is_behind_it(name):
    figure = seen(name)
    texts = list_texts(figure)
    pale = {}
    for text, colours in zip(texts, find_backgrounds(figure, texts), strict=True):
        pale[text.get_text()] = sum(
            share for colour, share in colours.items()
            if measure_contrast(text.get_color(), colour) < CONTRAST
        )
    assert {text: share for text, share in pale.items() if share > PALE} == {}


@by_figure
def test_nothing_is_bold(name):
    """The font has one weight; asking for another writes to stderr, which strict notebook tests forbid."""
    assert {text.get_weight() for text in list_texts(seen(name))} <= {"normal", "regular", 400}


# The squares of counts have the number in them
@pytest.mark.parametrize("name", [name for name in FIGURES if name != "counts"])
def test_the_legend_can_be_told_apart_in_grey(name):
    for legend in list_legends(seen(name)):
        patches = {
            text.get_text(): patch for text,
            patch in zip(legend.get_texts(), legend.legend_handles, strict=True)
        }
        areas = {text: patch for text, patch in patches.items() if isinstance(patch, Patch)}
        assert [(a, b) for a, b in combinations(areas, 2) if not differ_in_grey(areas[a], areas[b])] == []
        lines = [describe_line(line) for line in patches.values() if isinstance(line, Line2D)]
        assert len(lines) == len(set(lines))


def test_every_printed_character_has_a_glyph_or_is_known_to_have_none():
    sources = defaultdict(list)
    for path in (*NOTEBOOKS, *LISTS, *TABLES):
        for character in read_characters(path):
            sources[character].append(path.relative_to(TOP).as_posix())
    assert len(sources) > 3000
    missing = {character: names for character, names in sources.items() if not has_glyph(character)}
    assert {character: names for character, names in missing.items() if character not in KNOWN} == {}
    assert sorted(KNOWN) == sorted(
        missing
    ), "known characters that are not printed or that have a glyph by now"


def test_sizes_of_the_classes():
    assert [len(characters) for characters in list(CLASSES.values())[:3]] == [3755, 3008, 5401 + 94]


@by_class
def test_fonts_have_all_common_characters(characters):
    assert [
        character for character in characters if not character.isspace() and not has_glyph(character)
    ] == []


@pytest.fixture
def axis() -> Iterator[Axes]:
    """An axis with the fonts of figures alone, so that a missing glyph is a warning: an error here."""
    with matplotlib.rc_context():
        figures.use_chinese_font()
        matplotlib.rcParams["font.family"] = list_fonts()
        yield new_axis()


def new_axis() -> Axes:
    figure = Figure((5, 5))
    FigureCanvasAgg(figure)
    return figure.subplots()


def spread(characters: str, places: int) -> list[str]:
    """Lay characters out over some names, in short lines."""
    size = -(-len(characters) // places)
    names = [characters[n * size : (n + 1) * size] for n in range(places)]
    return ["\n".join(name[at : at + 12] for at in range(0, len(name), 12)) for name in names]


def draw_bars(axis: Axes, characters: str) -> None:
    counts = pd.DataFrame({"reported": [1] * 9}, index=spread(characters, 9))
    figures.draw_stacks(axis, counts, figures.STATUS_COLOURS)


def rename(characters: str) -> pd.DataFrame:
    """The codebook with other labels: rows are cut short, so columns take all of the characters."""
    book = sample().codebook.copy()
    columns = (book["table"] == "disputes") & (book["axis"] == "column")
    book.loc[columns, "label_2021"] = [name.replace("\n", "") for name in spread(characters, columns.sum())]
    return book


def draw_form(axis: Axes, characters: str) -> None:
    """All figures of tables place their labels alike."""
    asked = [(t, r.code, c.code) for t, r, c in form("2021").cells() if t == "disputes"]
    figures.draw_form(axis, pd.DataFrame(asked, columns=["table", "row", "column"]), rename(characters))


def draw_rates(how: Callable[..., None], parts: str) -> Callable[[Axes, str], None]:
    def draw(axis: Axes, characters: str) -> None:
        labels = values()["label"].unique()
        named = values().assign(
            label=values()["label"].map(dict(zip(labels, spread(characters, len(labels)), strict=True)))
        )
        how(axis, named, indicators.parts(parts), label="label")

    return draw


def draw_slopes(axis: Axes, characters: str) -> None:
    rate = values()[values()["indicator"] == "disclosure_rate"].dropna(subset="value")
    figures.draw_slopes(axis, rate.assign(label=spread(characters, len(rate))), label="label")


BY_NAME: dict[str, Callable[[Axes, str], None]] = {
    "draw_stacks": draw_bars,
    "draw_form": draw_form,
    "draw_composition": draw_rates(figures.draw_composition, "outcomes"),
    "draw_forest": draw_rates(figures.draw_forest, "outcomes"),
    "draw_grounds": draw_rates(figures.draw_grounds, "denials"),
    "draw_slopes": draw_slopes,
}


@by_class
@pytest.mark.parametrize("draw", BY_NAME.values(), ids=BY_NAME)
def test_figures_draw_names_of_all_common_characters(axis, draw, characters):
    """One figure draws them all, the others some of each class: more would show no more and take minutes."""
    characters = characters if draw is draw_bars else characters[::20]
    draw(axis, characters)
    axis.figure.canvas.draw()
    drawn = set("".join(text.get_text() for text in axis.figure.findobj(Text)))
    assert len(set(characters) - drawn) == 0


def test_a_missing_glyph_would_be_noticed(axis):
    axis.set_title("\U0003075f")
    with pytest.warns(UserWarning, match="Glyph 198495 .* missing from font"):
        axis.figure.canvas.draw()


@pytest.mark.parametrize("character", KNOWN)
def test_a_character_without_a_glyph_is_shown_as_a_frame(character):
    with matplotlib.rc_context():
        figures.use_chinese_font()
        axis = new_axis()
        axis.set_axis_off()
        axis.text(0.5, 0.5, character, size=40)
        axis.figure.canvas.draw()
    rows, columns = np.nonzero(np.asarray(axis.figure.canvas.buffer_rgba())[:, :, 0] < 128)
    assert min(np.ptp(rows), np.ptp(columns)) > 40 / 72 * axis.figure.dpi * 0.7


def test_bold_would_be_noticed(axis, caplog):
    axis.set_title("政府", fontweight="bold")
    axis.figure.canvas.draw()
    assert any("weight" in message for message in caplog.messages)


def test_every_status_has_a_look_and_a_sentence():
    assert list(figures.STATUS_COLOURS) == list(Status)
    assert len(set(figures.STATUS_COLOURS.values())) == len(Status)
    assert all(status.meaning.endswith(".") for status in Status)


def test_what_figures_say_is_declared_in_both_languages(monkeypatch):
    lines = declared("analysis", "words")
    assert len({line["word"] for line in lines}) == len(lines)
    for line in lines:
        assert all(re.findall(r"{\w+", line[one]) == re.findall(r"{\w+", line["en"]) or line["word"] == "missing" for one in ("en", "zh")), line
        assert re.search("[\u4e00-\u9fff→/（]", line["zh"]), line
    assert (figures.style.call("denied"), figures.style.call("Anji")) == ("denied", "Anji")
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    assert (figures.style.call("denied"), figures.style.call("counted", name="甲", n=2)) == ("不予公开", "甲（2）")


@pytest.mark.parametrize("words", [list(indicators.parts(whole).values()) for whole in ("outcomes", "denials", "applicants")] + [list(map(str, Status)), list(VERDICT_LOOKS), list(STATES)])
def test_every_part_that_figures_name_has_a_chinese_name(words):
    assert set(words) <= {line["word"] for line in declared("analysis", "words")}
