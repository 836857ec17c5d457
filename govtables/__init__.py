"""Chinese government information disclosure annual reports as tidy tables."""

from importlib import import_module

# resolved on first use, so that the command line need not wait for pandas
_HOMES = {
    "Audit": "summary",
    "Dataset": "dataset",
    "Report": "reading",
    "Source": "printed_line",
    "Status": "records",
    "audit": "summary",
    "build": "folder",
    "codebook": "dictionary",
    "export": "exports",
    "form": "forms",
    "load": "dataset",
    "prove": "reading",
    "read": "reading",
    "source": "printed_line",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Import a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'govtables' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"govtables.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
