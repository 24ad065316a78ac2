"""What a desk decided where the glossary leaves a concept to it (`house` in the column `policy`)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from glossary.errors import ConfigError
from glossary.terms.concepts import Concept, Glossary, Rendering

HOUSE = "house"
HOUSE_STYLE = "house style"


@dataclass(frozen=True, slots=True)
class Choice:
    """The renderings that take another status for this desk. `where` is file and line, for messages."""

    concept: str
    renderings: tuple[Rendering, ...]
    where: str = field(default="", compare=False)

    @property
    def cells(self) -> dict[str, str]:
        """The choice as cells of a glossary row."""
        found: dict[str, list[str]] = {}
        for r in self.renderings:
            column = r.lang if r.status == "preferred" else f"{r.lang}_{r.status}"
            reason = f" {{{r.reason}}}" if r.reason else ""
            found.setdefault(column, []).append("=" * r.fixed + "^" * r.cased + r.text + reason)
        return {column: "; ".join(items) for column, items in found.items()}


def decided(glossary: Glossary, choices: Iterable[Choice]) -> Glossary:
    """The glossary with the choices of a desk. A concept that was decided is left to nobody: it weighs like any other.

    Raises ConfigError for a concept that is not there or that the glossary decides itself.
    """
    chosen = {choice.concept: choice for choice in choices}
    if not chosen:
        return glossary
    for choice in chosen.values():
        _refuse(choice, glossary)
    concepts = tuple(_decided(c, chosen[c.id]) if c.id in chosen else c for c in glossary.concepts)
    content = sorted((choice.concept, choice.renderings) for choice in chosen.values())
    digest = hashlib.sha256(f"{glossary.digest}+{content!r}".encode()).hexdigest()
    return Glossary(concepts, digest, glossary.problems)


def _refuse(choice: Choice, glossary: Glossary) -> None:
    if choice.concept not in glossary.by_id:
        near = get_close_matches(choice.concept, list(glossary.by_id), 1)
        advice = f"did you mean {near[0]!r}?" if near else "`tolmach terms find` shows ids"
        raise ConfigError(f"no concept is called {choice.concept!r}", choice.where, advice)
    if glossary.by_id[choice.concept].policy != HOUSE:
        raise ConfigError(
            f"the glossary does not leave {choice.concept!r} to the desk",
            choice.where,
            "put a row of your own with this id into a glossary, and name the file under `glossaries`",
        )


def _decided(concept: Concept, choice: Choice) -> Concept:
    """The concept with the chosen renderings in their new places; an earlier preferred one becomes admitted."""
    known = {(r.lang, r.text.casefold()): r for r in concept.renderings}
    new: list[Rendering] = []
    for r in choice.renderings:
        old = known.pop((r.lang, r.text.casefold()), r)
        reason = (r.reason or HOUSE_STYLE) if r.status == "forbidden" else r.reason
        new.append(replace(old, status=r.status, reason=reason, fixed=r.fixed or old.fixed, cased=r.cased or old.cased))
    settled = {r.lang for r in new if r.status == "preferred"}
    rest = [
        replace(r, status="admitted") if r.status == "preferred" and r.lang in settled else r for r in known.values()
    ]
    new.sort(key=lambda r: r.status != "preferred")
    return replace(concept, renderings=(*new, *rest), policy="")
