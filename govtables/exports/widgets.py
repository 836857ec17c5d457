"""A review as plain widgets of a notebook.

In: a `Review`. Out: a box of ipywidgets. Next: `review`.
"""

from html import escape
from typing import Any

import ipywidgets

from govtables.declared import say

WIDE = ipywidgets.Layout(width="100%")


def show_review(review: Any) -> ipywidgets.VBox:
    """Lay out a review: a row a proposal with its switch, who decides, and the button that writes."""
    box = ipywidgets.VBox()
    _fill(box, review, "")
    return box


def _fill(box: ipywidgets.VBox, review: Any, said: str) -> None:
    options = [(say(f"exports.choice_{name}"), name) for name in ("open", "accept", "reject")]
    switches = {n: ipywidgets.ToggleButtons(options=options) for n in review.shown()}
    rows = [ipywidgets.VBox([ipywidgets.HTML(_tell(review, n)), switch]) for n, switch in switches.items()]
    who = ipywidgets.Text(review.who, description=say("exports.who"))
    button = ipywidgets.Button(description=say("exports.write"), button_style="primary")
    told = ipywidgets.HTML(f"<p role='status'>{escape(said)}</p>")
    button.on_click(lambda _: _write(box, review, switches, who, told))
    head = ipywidgets.HTML(f"<p>{review.introduce()}</p>", layout=WIDE)
    box.children = [head, *rows, *([who, button] if rows else []), told]


def _tell(review: Any, n: int) -> str:
    number, cell, printed, proposed, why, shown = review.row(n)
    return f"<p><b>{number}. {cell}</b>: {printed} → <b>{proposed}</b> ({why})</p>{shown}"


def _write(
    box: ipywidgets.VBox, review: Any, switches: dict[int, ipywidgets.ToggleButtons],
    who: ipywidgets.Text, told: ipywidgets.HTML,
) -> None:
    """Write what is chosen, or say why not; what is decided leaves the list."""
    chosen = {name: [n for n, one in switches.items() if one.value == name] for name in ("accept", "reject")}
    try:
        said = review.write(**chosen, who=who.value)
    except (ValueError, OSError) as problem:
        told.value = f"<p role='alert'>{escape(str(problem))}</p>"
        return
    review.who = who.value
    _fill(box, review, said)
