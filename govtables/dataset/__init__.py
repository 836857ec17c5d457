"""The published tables: written, read, described, summed up, shown.

In: records. Out: Parquet and back; the codebook; where a number stands in print.
"""

from govtables.dataset.dictionary import codebook, fields, known_codes, meaning, sentences
from govtables.dataset.display import lay_out, tables_to_html
from govtables.dataset.schema import SCHEMAS, Tables, to_table
from govtables.dataset.source import Source, find_source, printed_lines, source
from govtables.dataset.store import Dataset, findings_table, load, publish, to_tables
from govtables.dataset.summary import SEVERITIES, Audit, audit
from govtables.dataset.swap import replace_folder
from govtables.dataset.wide import make_wide, spread_cells
