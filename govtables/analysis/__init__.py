"""Indicators, rules, panels, changes and figures, made of published frames alone; needs the extra `analysis`.

In: frames of a dataset. Out: frames and figures.
"""

from importlib import import_module

MODULES = ("changes", "figures", "indicators", "panels", "rules")


def __getattr__(name: str) -> object:
    """Import a module of the wing when it is first used."""
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(MODULES)}")
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as problem:
        if problem.name in ("matplotlib", "scipy", "pylopdf_fonts_zh_cn"):
            raise ModuleNotFoundError(f"{name} needs {problem.name}; install it with: pip install 'govtables[analysis]'", name=problem.name) from None
        raise
