"""How often Python looks for objects that only hold each other.

Glossary, lexicon and dictionaries are a million objects that stay; looking through them again and again takes a tenth
of a check, and finds nothing.
"""

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 20


def collect_seldom() -> None:
    """For programs of our own, never for those that import the package: collect after 50,000 new objects, not 700."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)
