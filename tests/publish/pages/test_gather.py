"""What a page shows: how a body is called, and that a page of a very long document stays small."""

import dataclasses
import re

import pandas as pd
from site_pages import by_id, check_links, follow, parse, text_of, write

from publish.pages import gather

THREE_MEGABYTES = 3_000_000


def test_a_body_is_called_as_in_the_notebooks(pages):
    for report_id, called, printed in (
        ("jiyuan-hitech-2022.txt", "济源高新技术产业开发区 2022", "高新技术产业开发区管理办公室"),
        ("linping-2022.txt", "临平区 2022", "臨平區人民政府"),
    ):
        page = pages.of(report_id)
        assert page.splitlines()[0] == f"# {called}"
        assert printed in text_of(parse(page).css_first(".facts"))
        assert called in text_of(parse(pages["reports/indicators"]).body)


def test_a_page_of_a_very_long_document_stays_small(data, tmp_path):
    ledger = data.ledger.astype({"table": str, "row": object, "column": object})
    ours = ledger[ledger["report_id"] == "huajie-2023.txt"]
    filler = pd.DataFrame({"place": [f"L{n}:C{c}" for n in range(1000, 11_000) for c in (1, 2, 3)], "text": ["某项", "0", "0"] * 10_000})
    filler = filler.assign(report_id="huajie-2023.txt", spent="note", table="requests", row=None, column=None)
    ledger = pd.concat([ours.head(240), filler, ours.tail(15)], ignore_index=True)
    local = data.cells.head(2000).assign(report_id="huajie-2023.txt", row=[f"extra.{n}" for n in range(2000)], column="extra.1")
    cells = pd.concat([data.cells.astype({"row": str, "column": str}), local], ignore_index=True)
    found = data.findings.head(1).assign(report_id="huajie-2023.txt")
    one = data.reports[data.reports["report_id"] == "huajie-2023.txt"]
    more = dataclasses.replace(data, reports=one, ledger=ledger, cells=cells, findings=pd.concat([found] * 3000, ignore_index=True))
    pages = write(more, tmp_path)
    page = pages.of("huajie-2023.txt")
    assert len(page.encode()) < THREE_MEGABYTES
    text = text_of(parse(page).body)
    assert re.search(r"\d+ of \d+ printed texts are left out", text)
    assert "texts left out …" in text
    assert len(parse(page).css(".local tbody tr")) == gather.MOST_LOCAL
    assert f"{2000 - gather.MOST_LOCAL} more cells of own rows and columns" in text
    assert len(parse(page).css(".findings tr[id]")) == gather.MOST_FINDINGS
    assert f"{3000 - gather.MOST_FINDINGS} more findings on this report" in text
    check_links(pages)
    assert follow(page, by_id(page)["cell-disputes-litigation_direct-total"]).text() == "2"
