"""What the tests of figures look at: figures as notebooks have them, and with more; what is seen of them."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import govtables as gt
from govtables.analysis import figures, indicators
from govtables.analysis.cell_verdicts import VERDICT_LOOKS, judge_cells
from govtables.analysis.figures import years
from govtables.declared import declared
from govtables.forms import form
from tests.analysis.made import RATE

TOP = Path(__file__).parents[3]
NOTEBOOKS = sorted((TOP / "notebooks").glob("*.ipynb"))


def texts(axis: Axes) -> list[str]:
    return [text.get_text() for text in axis.texts]


def legend(axis: Axes) -> list[str]:
    return [text.get_text() for text in axis.get_legend().get_texts()]


PHONE = 400  # pixels of a page's width; text is meant in the same pixels
SMALLEST = 8.5  # pixels of type, at that width
CONTRAST = 4.5  # of text to what is behind it, as WCAG 2.2 asks (success criterion 1.4.3)
PALE = 0.15  # of a text's place: less is a frame or a line that passes
LIGHTER = 10  # of 100 steps of lightness (L* of CIELAB): what can be told apart without colour
DPI = 150
DISPUTES = {"reviews_per_100": "reviews", "lawsuits_per_100": "lawsuits"}


@cache
def sample() -> gt.Dataset:
    return gt.load(TOP / "data" / "parquet")


def cells(report: str, table: str = "requests") -> pd.DataFrame:
    found = sample().cells.query("report_id == @report and table == @table")
    return found.astype({"table": str, "row": str, "column": str, "status": str})


@cache
def values() -> pd.DataFrame:
    who = sample().issuers.merge(sample().reports[["report_id", "year", "generation"]])
    who["label"] = who["name"] + " " + who["year"].astype(str) + "\nDevelopment zone"
    return indicators.compute(sample().cells, sample().bounds).merge(
        who[["report_id", "name", "label", "year", "generation"]]
    )


def judged(factor: int) -> pd.DataFrame:
    """The requests of Linping with a planted error, made larger."""
    planted = gt.read(TOP / "data" / "raw" / "linping-2022.txt").cells
    place = (planted["row"] == "received") & (planted["column"] == "total")
    proved = gt.prove(planted.assign(value=planted["value"].mask(place, 1006)))
    verdict = judge_cells(proved.cells, proved.checks)
    return proved.cells.assign(
        verdict=verdict, value=proved.cells["value"] * factor
    ).query("table == 'requests'")


def draw(size: tuple[float, float], title: str, draw_on: Callable[[Axes], None]) -> Figure:
    with matplotlib.rc_context():
        figures.use_chinese_font()
        figure = Figure(size, layout="constrained")
        FigureCanvasAgg(figure)
        draw_on(figure.subplots())
        figure.axes[0].set_title(title)
        figure.canvas.draw()
        figure.set_layout_engine("none")  # all is in its place, and stays there when it is drawn again
    return figure


def draw_statuses_of_reports() -> Figure:
    counts = sample().cells.groupby(["report_id", "status"], observed=True).size().unstack(fill_value=0)
    issuers = sample().reports.set_index("report_id")["issuer"]
    bars = counts.set_axis([f"{issuers[name]}\n{name}" for name in counts.index])
    on = partial(figures.draw_stacks, counts=bars, colours=figures.STATUS_COLOURS)
    return draw(figures.size_bars(bars), "Cells of each report, by status", on)


def draw_statuses_of_many() -> Figure:
    rng = np.random.default_rng(1)
    counts = pd.DataFrame(
        [rng.multinomial(200, rng.dirichlet([3, 0.4, 0.2, 0.4, 0.2, 1, 0.4])) for _ in range(20)]
    )
    counts.columns = figures.STATUS_COLOURS
    names = [f"某某省某某自治州某某县第{n}人力资源和社会保障局\nsome/folder/of/reports/office-{n}-2023.html" for n in range(20)]
    on = partial(figures.draw_stacks, counts=counts.set_axis(names), colours=figures.STATUS_COLOURS)
    return draw(figures.size_bars(counts), "Cells of each report, by status", on)


def draw_relations() -> Figure:
    lines = pd.DataFrame(declared("forms", "crosswalk"))
    counts = lines.groupby(["table", "relation"]).size().unstack(fill_value=0)[list(figures.RELATION_COLOURS)]
    on = partial(figures.draw_stacks, counts=counts, colours=figures.RELATION_COLOURS)
    return draw(figures.size_bars(counts), "Cells by relation to the other generation", on)


def draw_table(
    found: pd.DataFrame, how: Callable = figures.draw_statuses, generation: str = "2021", **more: object
) -> Figure:
    book = sample().codebook
    on = partial(how, cells=found, codebook=book, generation=generation, **more)
    return draw(figures.size_table(found, book, generation), "Disputes, Linping, with a planted error", on)


def draw_counts() -> Figure:
    found = sample().cells.query("table == 'requests'").astype({"table": str, "row": str, "column": str})
    counts = found.assign(count=found["value"] >= 0).groupby(
        ["table", "row", "column"], sort=False
    )["count"].sum().reset_index()
    on = partial(figures.draw_counts, counts=counts, most=5, codebook=sample().codebook)
    return draw(
        figures.size_table(counts, sample().codebook),
        "Requests: reports in which all equations of a cell hold", on
    )


def ask(table: str, generation: str) -> pd.DataFrame:
    return pd.DataFrame(
        [(t, r.code, c.code) for t, r, c in form(generation).cells() if t == table],
        columns=["table", "row", "column"]
    )


def draw_every_status() -> Figure:
    found = cells("linping-2022.txt", "disputes")
    found = found.assign(status=np.resize(list(figures.STATUS_COLOURS), len(found)))
    return draw_table(
        found.assign(value=found["value"].where(found["status"].isin(["reported", "inferred", "decided"])))
    )


def draw_every_verdict() -> Figure:
    found = cells("linping-2022.txt", "disputes")
    return draw_table(found.assign(verdict=np.resize(list(VERDICT_LOOKS), len(found))), figures.draw_verdicts)


def draw_rates(how: Callable[..., None], higher: float = 0.0, **more: object) -> Figure:
    size = (5, 1.2 + 0.5 * values()["label"].nunique() + higher)
    return draw(size, "", partial(how, values=values(), label="label", **more))


def draw_shades() -> Figure:
    """Counts on all shades, from none to all of a whole."""
    found = values()[values()["indicator"].isin(outcome("denials"))]
    found = found.assign(value=np.linspace(0, 1, len(found)), numerator=np.arange(len(found)))
    return draw(
        (5, 4.5), "", partial(figures.draw_grounds, values=found, label="label", parts=outcome("denials"))
    )


def draw_funnel() -> Figure:
    rate = values()[values()["indicator"] == RATE]
    return draw((5, 4), "", partial(figures.draw_funnel, values=rate, limits=indicators.funnel(rate)))


def draw_slopes() -> Figure:
    rate = values()[values()["indicator"] == RATE]
    return draw((5, 4), "", partial(figures.draw_slopes, values=rate, label="name"))


def draw_coverage() -> Figure:
    states = np.resize([*years.STATES, years.GAP, ""], (12, 6))
    rows = pd.DataFrame(states, index=[f"某某县第{n}镇人民政府" for n in range(12)], columns=range(2019, 2025))
    return draw((5, 1 + 0.25 * len(rows)), "", partial(figures.draw_coverage, states=rows))


def draw_trends() -> Figure:
    sets = [(name, year) for name in ("all issuers", "the same issuers") for year in range(2019, 2025)]
    pooled = pd.DataFrame(sets, columns=["set", "year"]).assign(value=0.5, low=0.4, high=0.6, reports=120)
    pooled = pooled.assign(flag="clean", value_low=0.5, value_high=0.5)
    return draw((5, 3.3), "", partial(figures.draw_trends, pooled=pooled))


def make_steps(size: int) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    steps = pd.DataFrame(
        {"difference": rng.normal(0, 0.2, size), "denominator": rng.integers(10, 2000, size)}
    )
    steps = steps.assign(
        denominator_before=steps["denominator"], numerator=5, numerator_before=5,
        new_form=rng.random(size) < 0.2
    )
    steps["difference_low"], steps["difference_high"] = steps["difference"] - 0.2, steps["difference"] + 0.2
    steps["step"] = [f"某某县第{n}镇 2022" for n in range(size)]
    steps = steps.assign(stands_out=steps["difference"].abs() > 0.2, flag="clean")
    return steps.assign(difference_least=steps["difference"], difference_most=steps["difference"])


def draw_steps() -> Figure:
    steps = make_steps(12)
    return draw((5, 1.4 + 0.25 * len(steps)), "", partial(figures.draw_steps, steps=steps))


def draw_step_sizes() -> Figure:
    return draw((5, 4), "", partial(figures.draw_step_sizes, steps=make_steps(100)))


def flag(lines: pd.DataFrame, value: str, low: str, high: str) -> pd.DataFrame:
    """Flag every second line, by turns, and leave it less or nothing more than its value."""
    flags = np.resize(["located", "clean", "doubted", "clean", "contradicted", "clean"], len(lines))
    lines = lines.assign(flag=flags)
    left = (flags != "clean") & (flags != "doubted")
    return lines.assign(**{low: lines[value].where(~left, lines[low] * 0.8), high: lines[value].where(~left, lines[low])})


@cache
def flagged() -> pd.DataFrame:
    """Values of the sample of which some are flagged, and shares of Linping that add to 107 %."""
    found = flag(values(), "value", "value_low", "value_high")
    more = (found["indicator"] == "full_disclosure_rate") & (found["report_id"] == "linping-2022.txt")
    return found.assign(value=found["value"].mask(more, found["value"] + 0.07), flag=found["flag"].mask(more, "located"))


def draw_flagged(how: Callable[..., None], higher: float = 0.5, **more: object) -> Figure:
    return draw((5, 1.2 + 2.5 + higher), "", partial(how, values=flagged(), label="label", **more))


def draw_flagged_rate(how: Callable[..., None], **more: object) -> Figure:
    found = flagged()[flagged()["indicator"] == RATE].assign(flag=["located", "clean", "clean", "contradicted", "doubted"])
    return draw((5, 4), "", partial(how, values=found, **more))


def draw_flagged_steps(how: Callable[..., None], size: int) -> Figure:
    steps = make_steps(size)
    steps = flag(steps, "difference", "difference_least", "difference_most")
    return draw((5, 4.4), "", partial(how, steps=steps))


def draw_flagged_trends() -> Figure:
    sets = [(name, year) for name in ("all issuers", "the same issuers") for year in range(2019, 2025)]
    pooled = pd.DataFrame(sets, columns=["set", "year"]).assign(value=0.5, low=0.4, high=0.6, reports=120)
    pooled = flag(pooled.assign(value_low=0.5, value_high=0.5), "value", "value_low", "value_high")
    return draw((5, 3.6), "", partial(figures.draw_trends, pooled=pooled))


def draw_flagged_table() -> Figure:
    found = cells("linping-2022.txt", "disputes")
    return draw_table(found.assign(flag=np.resize(["clean", "doubted", "located", "contradicted"], len(found))))


def outcome(name: str) -> dict[str, str]:
    return indicators.parts(name)


FIGURES: dict[str, Callable[[], Figure]] = {
    "statuses of reports": draw_statuses_of_reports,
    "statuses of many reports": draw_statuses_of_many,
    "relations": draw_relations,
    "statuses of a table": lambda: draw_table(cells("hanyin-2022.txt")),
    "statuses of long numbers": lambda: draw_table(cells("longgang-2021.txt", "disclosure")),
    "every status": draw_every_status,
    "every verdict": draw_every_verdict,
    "verdicts": lambda: draw_table(judged(1), figures.draw_verdicts),
    "verdicts of large numbers": lambda: draw_table(judged(10), figures.draw_verdicts),
    "counts": draw_counts,
    "form of 2021": lambda: draw_table(ask("requests", "2021"), figures.draw_form),
    "form of 2019": lambda: draw_table(ask("requests", "2019"), figures.draw_form, "2019"),
    "disclosure of 2019": lambda: draw_table(ask("disclosure", "2019"), figures.draw_form, "2019"),
    "a rate": lambda: draw_rates(figures.draw_forest, parts={RATE: "disclosed in full or in part"}),
    "an unknown rate": lambda: draw_rates(
        figures.draw_forest, parts={"completion_rate": "concluded in the year"}
    ),
    "disputes": lambda: draw_rates(figures.draw_forest, parts=DISPUTES, most=25, percent=False),
    "outcomes": lambda: draw_rates(figures.draw_composition, 0.5, parts=outcome("outcomes")),
    "applicants": lambda: draw_rates(figures.draw_composition, 0.5, parts=outcome("applicants")),
    "grounds": lambda: draw_rates(figures.draw_grounds, 0.8, parts=outcome("denials")),
    "shades": draw_shades,
    "funnel": draw_funnel,
    "slopes": draw_slopes,
    "coverage": draw_coverage,
    "trends": draw_trends,
    "steps": draw_steps,
    "step sizes": draw_step_sizes,
    "flagged table": draw_flagged_table,
    "flagged rates": lambda: draw_flagged(figures.draw_forest, parts={RATE: "disclosed", "refusal_rate": "refused"}),
    "flagged disputes": lambda: draw_flagged(figures.draw_forest, parts=DISPUTES, most=25, percent=False),
    "flagged outcomes": lambda: draw_flagged(figures.draw_composition, 1.0, parts=outcome("outcomes")),
    "flagged grounds": lambda: draw_flagged(figures.draw_grounds, 1.0, parts=outcome("denials")),
    "flagged funnel": lambda: draw_flagged_rate(figures.draw_funnel, limits=indicators.funnel(flagged()[flagged()["indicator"] == RATE])),
    "flagged slopes": lambda: draw_flagged_rate(figures.draw_slopes, label="name"),
    "flagged trends": draw_flagged_trends,
    "flagged steps": lambda: draw_flagged_steps(figures.draw_steps, 12),
    "flagged step sizes": lambda: draw_flagged_steps(figures.draw_step_sizes, 100),
}
by_figure = pytest.mark.parametrize("name", FIGURES)


@cache
def seen(name: str) -> Figure:
    return FIGURES[name]()


def list_texts(figure: Figure) -> list[Text]:
    """All texts that are drawn; a tick outside the axis is not."""
    axes = [each for axis in figure.axes for each in (axis, *axis.child_axes)]
    found = [text for axis in axes for text in (*axis.texts, axis.title, axis.xaxis.label, axis.yaxis.label)]
    found += [text for axis in axes for part in (axis.xaxis, axis.yaxis) for text in list_tick_labels(part)]
    found += [text for legend in list_legends(figure) for text in legend.get_texts()]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def list_tick_labels(axis: Axis) -> list[Text]:
    low, high = sorted(axis.get_view_interval())
    ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    return [
        label for tick in ticks for label in (tick.label1, tick.label2) if label.get_visible()
    ] if axis.get_visible() else []


def list_legends(figure: Figure) -> list:
    return [*figure.legends, *(axis.get_legend() for axis in figure.axes if axis.get_legend())]


def find_box(text: Text) -> Bbox:
    """The place of a text, without the arrow of an annotation."""
    return Text.get_window_extent(text)


def find_backgrounds(figure: Figure, texts: list[Text]) -> Iterator[dict[tuple, float]]:
    """The colours behind each text, with the share of its place that each takes."""
    before = [text.get_alpha() for text in texts]
    for text in texts:
        text.set_alpha(0)
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[::-1, :, :3]
    for text, alpha in zip(texts, before, strict=True):
        text.set_alpha(alpha)
        (left, low), (right, high) = np.round(find_box(text).get_points()).astype(int)
        colours, counts = np.unique(
            pixels[max(low, 0) : high, max(left, 0) : right].reshape(-1, 3), axis=0, return_counts=True
        )
        yield dict(zip(map(tuple, colours / 255), counts / counts.sum(), strict=True))


def measure_luminance(colour: object) -> float:
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour))
    return float(np.dot([0.2126, 0.7152, 0.0722], list(parts)))


def measure_contrast(one: object, other: object) -> float:
    low, high = sorted(map(measure_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def measure_lightness(colour: object) -> float:
    """L* of CIELAB, from 0 to 100."""
    y = measure_luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def differ_in_grey(one: Patch, other: Patch) -> bool:
    """Tell whether two areas differ in lightness, in pattern, or by a thick dark frame."""
    lighter = abs(measure_lightness(one.get_facecolor()) - measure_lightness(other.get_facecolor()))
    framed = [
        patch.get_linewidth() > 1 and measure_lightness(patch.get_edgecolor()) < 10 for patch in (one, other)
    ]
    return lighter >= LIGHTER or one.get_hatch() != other.get_hatch() or framed[0] != framed[1]


def describe_line(line: Line2D) -> tuple[str, str, bool]:
    """Marker, dashes, and whether the marker is filled."""
    return line.get_marker(), str(line.get_linestyle()), to_rgb(line.get_markerfacecolor()) == (1, 1, 1)


def measure_width(figure: Figure) -> float:
    """Inches of a figure as a notebook trims it."""
    return figure.get_tightbbox().width + 2 * matplotlib.rcParams["savefig.pad_inches"]
