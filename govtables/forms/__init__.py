"""What the State prescribes: tables, rows, columns and identities of each generation of the form.

In: the CSV files beside this one. Out: a `Form` a generation, its identities as equations, terms of formulas.
"""

from govtables.forms.equations import Equation, Part, Values, parts, tell_generation
from govtables.forms.formula import (
    CHILDREN, EACH, TERM, Term, find_terms, write_equation, write_share, write_source,
)
from govtables.forms.form import (
    GENERATIONS, Alias, Code, Form, Identity, Wording, collect_wording, form, headings, tables,
)
from govtables.forms.names import name_cell, name_codes
from govtables.forms.own_aliases import FILE, read_aliases
