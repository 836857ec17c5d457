"""What the State prescribes: tables, rows, columns and identities of each generation of the form.

In: the CSV files beside this one. Out: a `Form` a generation, and its identities as equations.
"""

from govtables.forms.aliases import FILE, read_aliases
from govtables.forms.equations import Equation, Part, Values, parts, tell_generation
from govtables.forms.form import (
    GENERATIONS,
    Alias,
    Code,
    Form,
    Identity,
    Wording,
    collect_wording,
    form,
    headings,
    tables,
)
