"""nbformat, loaded in a fifth of the time.

In: nothing. Out: `nbformat`, whose schemas are checked by jsonschema, which builds 38 grammars of addresses
when it finds the package of them. No notebook has such an address, and none is missed. Next: `execute`,
`notebooks`, `publish`; pytest loads this before nbval.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)

import nbformat  # noqa: E402

__all__ = ["nbformat"]
