"""How each concept was rendered over an archive: what an editor of the glossary needs to decide.

A pair becomes one line of JSON with its counts, so that it can be made anywhere and kept; Statistics adds up the lines.
What it holds grows with the glossary and its renderings, not with the number of pairs: of articles only the first few
ids are kept.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from glossary.examination import Examined
from glossary.formats.record import Record, one_line
from glossary.formats.table import rows
from glossary.terms.concepts import ACCEPTED
from glossary.text.display import flowing, many

EXAMPLES = 5
COUNTED = ("preferred", "admitted", "forbidden", "missing", "possible")
UNRENDERED = "(not found)"
COLUMNS = (
    *("concept", "lang", "english", "rendering", "status", "uses", "articles", "first", "last", "by_year", "in"),
    *("concept_uses", "concept_articles", "consistency", "mixed_articles"),
)


def line(examined: Examined) -> str:
    """The counts of one pair as a line; empty if it has no terms."""
    counts = Counter(
        (use.concept, use.english, use.rendering, use.status) for use in examined.terms if use.status in COUNTED
    )
    if not counts or examined.target is None:
        return ""
    uses = [[*key, count] for key, count in sorted(counts.items())]
    pair = examined.pair
    return one_line({"id": pair.id, "lang": examined.target.lang, "date": pair.date, "uses": uses}) + "\n"


@dataclass(slots=True)
class Tally:
    """How often, in how many articles (the first of them by id), and when; `years` counts uses."""

    uses: int = 0
    articles: int = 0
    examples: list[str] = field(default_factory=list)
    first: str = ""
    last: str = ""
    years: Counter[str] = field(default_factory=Counter)

    def add(self, article: str, date: str, uses: int) -> None:
        """Count one article."""
        self.uses += uses
        self.articles += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(article)
        if date:
            self.first = min(filter(None, (self.first, date)))
            self.last = max(self.last, date)
            self.years[date[:4]] += uses


Key = tuple[str, str, str]  # English term, rendering (empty: none was found), status


@dataclass(slots=True)
class Concept:
    """What became of one concept in one language; `mixed` are articles that render one English term in several ways.

    A concept may have several English terms (an abbreviation, the names of regions), each with renderings of its own:
    what is consistent is asked of each term.
    """

    articles: int = 0
    mixed: Tally = field(default_factory=Tally)
    renderings: dict[Key, Tally] = field(default_factory=dict)

    @property
    def uses(self) -> int:
        """How often the concept was met."""
        return sum(tally.uses for tally in self.renderings.values())

    def ranked(self) -> list[tuple[Key, Tally]]:
        """The most frequent first."""
        return sorted(self.renderings.items(), key=lambda item: (-item[1].uses, item[0]))

    def consistency(self, year: str = "") -> float | None:
        """Of what was rendered, the share that has the most frequent rendering of its term; None without any.

        With a `year` only what was used then is counted.
        """
        counts: dict[str, Counter[str]] = {}
        for (english, rendering, _), tally in self.renderings.items():
            if rendering:
                counts.setdefault(english, Counter())[rendering] += tally.years[year] if year else tally.uses
        total = sum(count.total() for count in counts.values())
        return sum(max(count.values()) for count in counts.values()) / total if total else None

    @property
    def undecided(self) -> int:
        """Uses that are not the most frequent accepted rendering of their term: what an editor might decide about."""
        accepted: dict[str, int] = {}
        for (english, _, status), tally in self.renderings.items():
            if status in ACCEPTED:
                accepted[english] = max(accepted.get(english, 0), tally.uses)
        return self.uses - sum(accepted.values())


class Statistics:
    """Adds up the lines of pairs."""

    def __init__(self) -> None:
        self.concepts: dict[tuple[str, str], Concept] = {}

    def add(self, text: str) -> None:
        """Count the lines of one or more pairs."""
        for one in filter(None, text.split("\n")):  # an id may hold what splitlines() takes for a line ending
            self._add(json.loads(one))

    def _add(self, pair: dict[str, Any]) -> None:
        article, date, met = pair["id"], pair["date"], dict[str, list[Any]]()
        for concept, *use in pair["uses"]:
            met.setdefault(concept, []).append(use)
        for name, uses in met.items():
            concept = self.concepts.setdefault((name, pair["lang"]), Concept())
            concept.articles += 1
            renderings: dict[str, set[str]] = {}
            for english, rendering, status, count in uses:
                concept.renderings.setdefault((english, rendering, status), Tally()).add(article, date, count)
                renderings.setdefault(english, set()).update([rendering] if rendering else [])
            if max(map(len, renderings.values())) > 1:
                concept.mixed.add(article, date, 1)

    def ordered(self) -> Iterator[tuple[str, str, Concept]]:
        """Concept, language and counts; most to decide first."""
        keyed = sorted(self.concepts.items(), key=lambda item: (-item[1].undecided, -item[1].uses, item[0]))
        yield from ((name, lang, concept) for (name, lang), concept in keyed)


def _by_year(tally: Tally) -> str:
    return " ".join(f"{year}:{tally.years[year]}" for year in sorted(tally.years))


def as_text(statistics: Statistics) -> str:
    """For people: what is rendered in one way only is counted, the rest is shown."""
    parts, settled = [], 0
    for name, lang, concept in statistics.ordered():
        if concept.undecided:
            parts.append(_shown(name, lang, concept))
        else:
            settled += 1
    parts.append(f"{many(settled, 'concept')} always rendered in one accepted way\n")
    return "\n".join(parts)


def _shown(name: str, lang: str, concept: Concept) -> str:
    share = concept.consistency()
    said = "" if share is None else f", {share:.0%} consistent"
    lines = [f"{name} → {lang}: {many(concept.uses, 'use')} in {many(concept.articles, 'article')}{said}"]
    for (english, rendering, status), tally in concept.ranked():
        when = f"  {_by_year(tally)}" if tally.years else ""
        place = f"{many(tally.articles, 'article')}: {_examples(tally)}"
        lines.append(f"  {tally.uses:6d}  {english} → {rendering or UNRENDERED}  {status}{when}  {place}")
    years = _years(concept)
    if len(years) > 1:
        shares = ((year, concept.consistency(year)) for year in years)
        lines.append(f"          by year: {' '.join(f'{year} {one:.0%}' for year, one in shares if one is not None)}")
    if concept.mixed.articles:
        lines.append(f"          several in one article: {_examples(concept.mixed)}")
    return "\n".join(map(flowing, lines)) + "\n"


def _examples(tally: Tally) -> str:
    return ", ".join(tally.examples) + (", …" if tally.articles > len(tally.examples) else "")


def _years(concept: Concept) -> list[str]:
    return sorted({year for tally in concept.renderings.values() for year in tally.years})


def as_json(statistics: Statistics) -> str:
    """For programs: one object."""
    found = ",\n".join(one_line(_record(*item)) for item in statistics.ordered())
    return f'{{"schema": 1, "concepts": [\n{found}\n]}}\n'


def _record(name: str, lang: str, concept: Concept) -> Record:
    return {
        "concept": name,
        "lang": lang,
        "uses": concept.uses,
        "articles": concept.articles,
        "consistency": concept.consistency(),
        "consistency_by_year": {year: concept.consistency(year) for year in _years(concept)},
        "mixed": {"articles": concept.mixed.articles, "in": concept.mixed.examples},
        "renderings": [
            {
                "english": english,
                "rendering": rendering or None,
                "status": status,
                "uses": tally.uses,
                "articles": tally.articles,
                "in": tally.examples,
                "first": tally.first or None,
                "last": tally.last or None,
                "by_year": dict(sorted(tally.years.items())),
            }
            for (english, rendering, status), tally in concept.ranked()
        ],
    }


def as_csv(statistics: Statistics) -> str:
    """For a spreadsheet: a row for each rendering."""
    found: list[tuple[str, ...]] = [COLUMNS]
    for name, lang, concept in statistics.ordered():
        share = concept.consistency()
        about = (str(concept.uses), str(concept.articles), "" if share is None else f"{share:.3f}")
        for (english, rendering, status), tally in concept.ranked():
            found.append(
                (
                    *(name, lang, english, rendering, status, str(tally.uses), str(tally.articles)),
                    *(tally.first, tally.last, _by_year(tally), " ".join(tally.examples)),
                    *(*about, str(concept.mixed.articles)),
                )
            )
    return "\ufeff" + rows(found)


FORMS: dict[str, Callable[[Statistics], str]] = {"text": as_text, "json": as_json, "csv": as_csv}
