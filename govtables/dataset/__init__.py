"""The published tables: written, read, described, summed up, shown.

In: records. Out: Parquet and back; the codebook; where a number stands in print.
"""

from govtables.dataset.collected import FILE as COLLECTION
from govtables.dataset.collected import carry_collection, read_collection
from govtables.dataset.dictionary import codebook, fields, known_codes, meaning, sentences, severities
from govtables.dataset.display import lay_out, tables_to_html, tell_flag
from govtables.dataset.flags import add_doubts, flag_cells
from govtables.dataset.issuer_years import PLACES, REASONS, VERSION, choose_reports, name_issuers
from govtables.dataset.parts import FILE as PARTS
from govtables.dataset.parts import Part, Parts, list_parts, read_listed, read_parts, write_listed
from govtables.dataset.published import Dataset, load
from govtables.dataset.schema import SCHEMAS, Tables, in_chinese, to_table
from govtables.dataset.source import Source, find_source, printed_lines, source
from govtables.dataset.store import (
    PART, complete, findings_table, keep_tables, open_tables, refuse_others, to_tables, write_table,
)
from govtables.dataset.summary import SEVERITIES, Audit, audit
from govtables.dataset.swap import hold, replace_folder
from govtables.dataset.wide import form_cells, make_wide
