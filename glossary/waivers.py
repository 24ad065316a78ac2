"""Findings waived with a reason, in a file that lives in version control."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from glossary.findings import Finding


@dataclass(frozen=True, slots=True)
class Waiver:
    """Hides findings that match all of what is given: a fingerprint, a rule, a concept, a pattern of file names.

    `reason` is never empty. `expired` waivers hide nothing; whoever read the file knew the date. `where` is file and
    line, for messages.
    """

    reason: str
    fingerprint: str = ""
    rule: str = ""
    concept: str = ""
    path: str = ""
    author: str = ""
    expires: str = ""
    expired: bool = False
    where: str = ""

    @property
    def grounds(self) -> str:
        """The reason, and who gave it."""
        return f"{self.reason}; {self.author}" if self.author else self.reason

    def hides(self, finding: Finding, mark: str, names: Sequence[str]) -> bool:
        """Whether a finding with this fingerprint, in a pair of files of these names, is waived."""
        return (
            not self.expired
            and self.fingerprint in ("", mark)
            and self.rule in ("", finding.rule, finding.code)
            and self.concept in ("", finding.concept or "")
            and self.concerns(names)
        )

    def concerns(self, names: Sequence[str]) -> bool:
        """Whether it speaks of a pair in files of these names."""
        return not self.path or any(fnmatchcase(name, p) for name in names for p in (self.path, f"*/{self.path}"))
