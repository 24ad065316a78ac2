"""What an edit of the target changes, found by looking at the beads around it and at nothing else.

A check of the whole pair costs what the pair is long; a person who types waits for an answer about one sentence.
`patch` runs the checks that judge a bead by itself and its neighbours on a window around the edit, `patched` puts the
answer into the last examination: everything else is kept where it now stands. The next check of the whole pair has the
last word.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glossary.recheck.patches import Patch, patched
    from glossary.recheck.windows import patch

_HOMES = {"Patch": "patches", "patch": "windows", "patched": "patches"}

__all__ = ["Patch", "patch", "patched"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'glossary.recheck' has no attribute {name!r}")
    return getattr(import_module(f"glossary.recheck.{_HOMES[name]}"), name)
