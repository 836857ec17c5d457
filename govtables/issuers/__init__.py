"""Whose report it is.

In: a printed name, a year, what else the report says. Out: an `Issuer`, and keys by which names are compared.
"""

from govtables.issuers.bodies import may_make_rules
from govtables.issuers.keys import is_bare_township, issuer_key, names_no_place
from govtables.issuers.resolve import resolve_issuer
