"""Whose report it is.

In: a printed name, a year, what else the report says. Out: an `Issuer`, and keys by which names are compared.
"""

from govtables.issuers.bodies import is_bare_township, issuer_key, may_make_rules, names_no_place
from govtables.issuers.resolve import resolve_issuer
