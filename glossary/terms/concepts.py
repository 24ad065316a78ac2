"""The glossary as values: concepts and their renderings."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from glossary.findings import Finding

STATUSES = ("preferred", "admitted", "forbidden", "other")
ACCEPTED = ("preferred", "admitted")
USES = ("preferred", "admitted", "forbidden", "missing", "possible", "other-sense")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A term in one language. `status` is one of STATUSES; `other` proves another sense of the English word.

    `fixed` forms are never inflected (`=БПЛА`), `cased` ones match case-sensitively (`^Град`). `reason` says why a
    forbidden rendering is forbidden.
    """

    text: str
    lang: str
    status: str
    reason: str = ""
    fixed: bool = False
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """One row of a glossary (contract §6). `english` lists the preferred English first, then the variants.

    `line` is the line of the file it came from, `origin` the file.
    """

    id: str
    subject: str
    pos: str
    english: tuple[Rendering, ...]
    english_not: tuple[str, ...]
    english_with: tuple[str, ...]
    ambiguity: int
    renderings: tuple[Rendering, ...]
    severity: str = ""
    policy: str = ""
    broader: tuple[str, ...] = ()
    definition: str = ""
    note: str = ""
    source: str = ""
    checked: str = ""
    line: int = 0
    origin: str = ""

    @property
    def en(self) -> str:
        """The preferred English."""
        return self.english[0].text

    def of(self, lang: str, *statuses: str) -> tuple[Rendering, ...]:
        """The renderings in `lang` with one of `statuses` (all if none are named), preferred first."""
        wanted = statuses or STATUSES
        return tuple(r for r in self.renderings if r.lang == lang and r.status in wanted)

    def preferred(self, lang: str) -> str | None:
        """The preferred rendering in `lang`, None if the row has none yet."""
        return next((r.text for r in self.of(lang, "preferred")), None)


@dataclass(frozen=True, slots=True)
class LintFinding:
    """Something wrong with a glossary file: `rule` is a `glossary-…` name, `line` and `column` count from 1."""

    rule: str
    message: str
    origin: str = ""
    line: int = 0
    column: int = 0
    concept: str = ""
    severity: str = "warning"

    @property
    def where(self) -> str:
        """`file:line:column`, as far as it is known."""
        return ":".join(str(part) for part in (self.origin, self.line, self.column) if part)


class ConceptRows(Sequence[Concept]):
    """Concepts made of table rows when they are first asked for: of a thousand rows a text needs a few dozen.

    `ids` are the ids of the rows, `broader` the ids they name as broader, `make` gives the concept of a row number.
    Equal to any sequence of equal concepts.
    """

    __slots__ = ("_made", "_make", "broader", "ids")

    def __init__(
        self, ids: tuple[str, ...], broader: tuple[tuple[str, ...], ...], make: Callable[[int], Concept]
    ) -> None:
        self.ids = ids
        self.broader = broader
        self._make = make
        self._made: dict[int, Concept] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Concept: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Concept]: ...

    def __getitem__(self, place: int | slice) -> Concept | Sequence[Concept]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self.ids))))
        number = place if place >= 0 else len(self.ids) + place
        if not 0 <= number < len(self.ids):
            raise IndexError(place)
        if number not in self._made:
            self._made[number] = self._make(number)
        return self._made[number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self.ids)


class ConceptsById(Mapping[str, Concept]):
    """The concepts of a glossary by id."""

    __slots__ = ("_concepts", "_numbers")

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = concepts
        ids = concepts.ids if isinstance(concepts, ConceptRows) else tuple(concept.id for concept in concepts)
        self._numbers = {name: number for number, name in enumerate(ids)}

    def __getitem__(self, name: str) -> Concept:
        return self._concepts[self._numbers[name]]

    def __contains__(self, name: object) -> bool:
        return name in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


@dataclass(frozen=True)
class Glossary:
    """Concepts in the order of their rows, and the rows that could not be read.

    `digest` identifies the content (SHA-256 of the files it was read from).
    """

    concepts: Sequence[Concept]
    digest: str = ""
    problems: tuple[LintFinding, ...] = ()
    by_id: Mapping[str, Concept] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", ConceptsById(self.concepts))

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def __len__(self) -> int:
        return len(self.concepts)

    def narrower(self) -> dict[str, tuple[str, ...]]:
        """For each id that concepts name as broader the ids of those concepts, in the order of the rows."""
        rows = self.concepts
        named = (
            zip(rows.ids, rows.broader, strict=True)
            if isinstance(rows, ConceptRows)
            else ((concept.id, concept.broader) for concept in rows)
        )
        found: dict[str, list[str]] = {}
        for name, broader in named:
            for above in broader:
                found.setdefault(above, []).append(name)
        return {above: tuple(names) for above, names in found.items()}

    def overridden_by(self, later: "Glossary") -> "Glossary":
        """This glossary with the rows of `later` put over it, by `id` or else by the preferred English term."""
        english = {concept.en.casefold(): concept.id for concept in self.concepts}
        replaced = {english.get(c.en.casefold(), c.id) if c.id not in self.by_id else c.id for c in later.concepts}
        kept: Iterable[Concept] = (c for c in self.concepts if c.id not in replaced)
        digest = hashlib.sha256(f"{self.digest}+{later.digest}".encode()).hexdigest()
        return Glossary((*kept, *later.concepts), digest, (*self.problems, *later.problems))


@dataclass(frozen=True, slots=True)
class TermUse:
    """A concept met in the source, and what became of it; spans are offsets into the two texts.

    `status` is preferred, admitted, forbidden, missing, possible or other-sense. `english` and `rendering` are the
    terms of the glossary that were met (`rendering` is empty where there is none).
    """

    concept: str
    source: tuple[int, int]
    target: tuple[int, int] | None
    bead: int
    status: str
    english: str = ""
    rendering: str = ""


@dataclass(frozen=True, slots=True)
class TermStudy:
    """What became of the terms of a pair: every concept met in the source, and what a translator should look at."""

    uses: tuple[TermUse, ...]
    findings: tuple[Finding, ...]
