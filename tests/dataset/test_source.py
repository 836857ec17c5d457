"""Every printed number leads to its print."""

from building import PARQUET

import govtables as gt


def test_every_printed_cell_leads_to_its_print():
    data = gt.load(PARQUET)
    printed = data.cells[data.cells["raw"].notna()]
    for cell in printed.groupby(["report_id", "table"], observed=True).sample(6, random_state=1).itertuples():
        source = gt.source(data, cell.report_id, cell.table, cell.row, cell.column)
        assert source.cells[source.marked].strip() == cell.raw
        assert f"【{source.cells[source.marked]}】" in str(source)
