"""How often Python looks for objects that only hold each other.

Glossary, lexicon and dictionaries are a million objects that stay; looking through them again and again takes a tenth
of a check, and finds nothing.
"""

import contextlib
import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 20


def collect_seldom() -> None:
    """For programs of our own, never for those that import the package: collect after 50,000 new objects, not 700."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)


def collect_the_new() -> None:
    """For a screen: what there is now stays for good and is never looked through; what comes is, every 5,000 objects.

    Painted lines hold themselves: a Strip of Textual stands in its own cache.
    """
    gc.freeze()
    gc.set_threshold(5_000, 5, 10)


def give_back() -> None:
    """Give free memory back to the system where the C library can (glibc): a check leaves a tenth of its own behind."""
    import ctypes

    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
