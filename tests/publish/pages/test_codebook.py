"""The codebook and the dictionary hold every code and column."""

from site_pages import parse, text_of

from govtables.dataset.dictionary import fields
from govtables.dataset.schema import SCHEMAS


def test_the_codebook_has_every_code(data, pages):
    page = parse(pages["codebook"])
    rows = {node.attributes["id"]: text_of(node) for node in page.css("tr[id]")}
    assert len(rows) == len(data.codebook)
    assert "(一)予以公开" in rows["code-requests-row-granted"]
    assert "项 (2019); 万元 (2021)" in rows["code-disclosure-row-fee"]
    for line in data.codebook[data.codebook["axis"].isin(["row", "column"])].itertuples():
        said = rows[f"code-{line.table}-{line.axis}-{line.code}"]
        assert all(label in said for label in (line.label_2019, line.label_2021) if isinstance(label, str))


def test_the_dictionary_has_every_column(data, pages):
    page = parse(pages["tables"])
    ids = [node.attributes["id"] for node in page.css("tr[id]")]
    assert ids == [f"column-{name}-{line['field']}" for name in SCHEMAS for line in fields(name)]
    assert f"{len(data.cells):,} rows here." in text_of(page.body)
