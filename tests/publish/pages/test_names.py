"""Names of codes: English, Chinese and local ones, and where the codebook has them."""

import pytest
from site_pages import parse

from publish.pages import gather, names


@pytest.fixture(scope="module")
def known(data) -> names.Names:
    """Names of the codes of the dataset."""
    return gather.make_pages(data, 1)[0].names


def test_a_code_has_its_english_name(known):
    assert known.call("row", "requests", "granted") == "Granted in full"
    assert known.call("table", None, "requests").startswith("Requests")


def test_a_local_code_is_named_by_its_printed_label(known):
    assert known.call("row", "requests", "extra.其他情形") != known.call("row", "requests", "granted")
    assert "其他情形" in str(known.link("row", "requests", "extra.其他情形"))


def test_anchors_of_codes_are_those_of_the_codebook(pages):
    ids = {node.attributes["id"] for node in parse(pages["codebook"]).css("tr[id]")}
    assert names.code_anchor("row", "requests", "granted") in ids
    assert names.code_anchor("status", None, "inferred") in ids
