"""Chinese government information disclosure annual reports as tidy tables. The way of a number:

file ─readers─▶ Document ─extract─▶ cells ─proof, prose, issuers─▶ records
records ─dataset─▶ Parquet ─analysis─▶ notebooks ─publish─▶ site

`language`, `forms` and `records` lie below all of it; `pipeline`, which orders it, above; `exports` beside.
"""

from importlib import import_module

# Resolved on first use: the command line need not wait for pandas. A wing called like one would hide it.
_HOMES = {
    **dict.fromkeys(("Audit", "Dataset", "Source", "audit", "codebook", "load", "source"), "dataset"),
    **dict.fromkeys(("Report", "build", "prove", "read"), "pipeline"),
    "Status": "records",
    "options": "declared",
    "fetch": "pipeline.collect",
    **dict.fromkeys(("check", "compare", "decide", "export", "release", "review"), "exports"),
    "form": "forms",
}
_WINGS = ("analysis", "readers")
__all__ = sorted([*_HOMES, *_WINGS])


def __getattr__(name: str) -> object:
    """Import a public name from its wing, or one of the public wings."""
    if name in _WINGS:
        return import_module(f"govtables.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'govtables' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"govtables.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
