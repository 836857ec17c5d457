"""A funnel as a picture: rates against what they are of, with the limits of chance.

In: values of one rate, limits. Out: an element with the picture in it. Next: `ranking`.
"""

from base64 import b64encode
from io import BytesIO

import pandas as pd
from markupsafe import Markup

from publish.pages.markup import tag

SIZE = (5, 3.6)  # inches: at 400 pixels, as on a telephone, small type can still be read
SHARPNESS = 150  # dots an inch


def draw(values: pd.DataFrame, limits: pd.DataFrame, axes: tuple[str, str], alt: str) -> Markup:
    """Draw the values of one rate between its limits, the `axes` labelled; `alt` says what is seen."""
    from matplotlib.figure import Figure

    from govtables.analysis import figures

    figures.use_chinese_font()
    figure = Figure(SIZE, layout="constrained")
    axis = figure.subplots()
    figures.draw_funnel(axis, values, limits)
    axis.set(xlabel=axes[0], ylabel=axes[1])
    out = BytesIO()
    figure.savefig(out, format="png", dpi=SHARPNESS, metadata={"Software": None})
    picture = f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"
    return tag("p", tag("img", src=picture, alt=alt, class_="figure"))
