"""Indicators, rules, panels, changes and figures, made of published frames alone; needs the extra `analysis`.

In: frames of a dataset. Out: frames and figures. Next: notebooks.
"""

from importlib import import_module
from importlib.util import find_spec

from govtables.declared import say

MODULES = ("cell_verdicts", "changes", "figures", "indicators", "panels", "rules", "tight")
NEEDED = {"figures": ("matplotlib", "pylopdf_fonts_zh_cn")}
NEEDED |= dict.fromkeys(("changes", "indicators", "tight"), ("scipy",))


def __getattr__(name: str) -> object:
    """Import a module of the wing when it is first used."""
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(MODULES)}")
    if missing := [library for library in NEEDED.get(name, ()) if find_spec(library) is None]:
        said = say("analysis.needs", name=name, library=missing[0])
        raise ModuleNotFoundError(said, name=missing[0])
    return import_module(f"{__name__}.{name}")
