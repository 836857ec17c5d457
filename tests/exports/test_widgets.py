"""The switches of a review write what they say."""

import ipywidgets
from test_review import out, path  # noqa: F401

import govtables as gt
from govtables.exports.widgets import show_review
from govtables.proof import read_decisions


def find(box: ipywidgets.Widget, kind: type) -> list:
    inside = [found for child in getattr(box, "children", ()) for found in find(child, kind)]
    return [box, *inside] if isinstance(box, kind) else inside


def test_a_button_writes_what_the_switches_say(out, path):  # noqa: F811
    box = show_review(gt.review(out, path))
    [switch], [who], [button] = find(box, ipywidgets.ToggleButtons), find(box, ipywidgets.Text), find(box, ipywidgets.Button)
    assert switch.value == "open" and "【1061】" in find(box, ipywidgets.HTML)[1].value
    switch.value = "accept"
    button.click()
    assert "who decides" in box.children[-1].value and not path.exists()
    who.value = "A. Reader"
    button.click()
    assert "1 accepted" in box.children[-1].value and find(box, ipywidgets.ToggleButtons) == []
    assert read_decisions(path)["a.txt"][0].who == "A. Reader"
