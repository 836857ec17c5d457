"""What holds for the settings of a reader: each is a positive measure that some module beside them reads."""

from pathlib import Path
from types import ModuleType


def assert_is_read(module: ModuleType, held: str, measure: str) -> None:
    """A measure of the object that a module of settings holds under a name."""
    value = getattr(getattr(module, held), measure)
    assert min(value if isinstance(value, tuple) else (value,)) > 0
    beside = [path for path in Path(module.__file__).parent.glob("*.py") if path.stem != "settings"]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in beside)
    assert any(f"{held}.{measure}{end}" in sources for end in " ,;:)[]\n")
