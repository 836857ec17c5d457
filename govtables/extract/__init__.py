"""From a document to the cells of the form.

In: a `Document`. Out: its chapters, its facts, a `CellRow` for every cell of the form, and findings.
"""

from govtables.extract.facts import Facts, read_facts
from govtables.extract.match import Match, match_form, tell_layout
from govtables.extract.reports import split_reports
from govtables.extract.rows import Row, split_rows
from govtables.extract.sections import section_row, split_sections
