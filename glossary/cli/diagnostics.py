"""stderr and exit codes: the one place that knows either. stdout belongs to results."""

import os
import sys
from typing import NoReturn

from glossary.errors import CapabilityError, ConfigError, GlossaryError, InputError, TolmachError, UsageError
from glossary.text.display import safe

OK, FINDINGS, USAGE, UNREADABLE, MISSING, INTERRUPTED = 0, 1, 2, 3, 4, 130
_EXIT_CODES: dict[type[TolmachError], int] = {
    UsageError: USAGE,
    ConfigError: USAGE,
    GlossaryError: USAGE,
    InputError: UNREADABLE,
    CapabilityError: MISSING,
}


def say(message: str) -> None:
    """A line on stderr; control characters are made visible. A closed stderr is no reason to fail."""
    if sys.stderr is not None:
        try:
            print(safe(message), file=sys.stderr)
        except OSError:
            return


def warn(message: str) -> None:
    """A warning on stderr."""
    say(f"tolmach: {message}")


def report(error: TolmachError) -> int:
    """Say what went wrong, where and what to do; return the exit code that belongs to the error."""
    place = f"{error.where}: " if error.where else ""
    say(f"tolmach: {place}{error.what}")
    if error.next_step:
        say(f"  → {error.next_step}")
    return next((code for kind, code in _EXIT_CODES.items() if isinstance(error, kind)), USAGE)


def stdout_gone() -> int:
    """The reader of stdout went away (as `head` does): stop in silence, and keep Python from complaining at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return OK


def no_stdout() -> NoReturn:
    """Refuse to work for nobody."""
    raise UsageError("standard output is closed", "", "give `-o FILE`, or do not close it")
