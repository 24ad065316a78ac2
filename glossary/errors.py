"""What can go wrong, as a tree of exceptions.

    TolmachError
    ├── UsageError         the command or its options make no sense
    ├── ConfigError        a configuration file is invalid
    ├── GlossaryError      a glossary cannot be used
    ├── InputError         a text or a manifest cannot be read
    └── CapabilityError    something optional is not installed

Every error says what happened, where, and what to do next. The command line maps classes to exit codes in one place
(glossary.cli.diagnostics).
"""


class TolmachError(Exception):
    """An error with three parts for the person who meets it.

    `what` is one sentence without a full stop; `where` names a file, line and column as far as they are known;
    `next_step` is an instruction.
    """

    def __init__(self, what: str, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where, next_step)
        self.what = what
        self.where = where
        self.next_step = next_step

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.next_step}" if self.next_step else ""
        return f"{place}{self.what}{advice}"


class UsageError(TolmachError):
    """The command or its options make no sense together."""


class ConfigError(TolmachError):
    """A configuration file is invalid."""


class GlossaryError(TolmachError):
    """A glossary cannot be used at all (single broken rows are findings, not errors)."""


class InputError(TolmachError):
    """A text, manifest or pair cannot be read."""


class CapabilityError(TolmachError):
    """An optional part is missing; `next_step` is the command that adds it."""
