"""What the sentences of a report state, beside its tables.

In: chapters and cells. Out: a `Statement` for each number of the prose that the tables have too.
"""

from govtables.prose.statements import find_statements, statement_finding
from govtables.prose.tokens import read_sentence
