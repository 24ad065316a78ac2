"""Numbers that changed or vanished between the two sides of a bead.

Precision first: what translators do with numbers on purpose (words for digits, two-day → двухдневный, miles to
kilometres, 7 p.m. → 19:00, 50 per cent → half, 1990s → 90-е) is not reported.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from glossary import data
from glossary.alignment.beads import Alignment
from glossary.findings import Evidence, Finding, Severity
from glossary.text.numbers import Figure, figures, stems
from glossary.text.spans import Document, Span

_UNIT = re.compile(r"[\s\u00a0-]*(°F|[A-Za-z]+)")
_FEET_AND_INCHES = re.compile(r"\d+(?:-foot-|'|ft\.? ?)\d+")
_GLUED = re.compile(r"[^\W\d_]{5,}")
_SMALL = 12


@dataclass(frozen=True, slots=True)
class _Side:
    """The figures of one side of a bead, and its sentences."""

    document: Document
    figures: tuple[Figure, ...]
    sentences: tuple[int, ...]

    def has(self, stem: str) -> bool:
        """Whether a word of the side begins with `stem`, which is in lower case."""
        text = " ".join(self.document.sentence(n).casefold() for n in self.sentences)
        return re.search(rf"(?<!\w){re.escape(stem)}", text) is not None


def check_figures(alignment: Alignment) -> tuple[Finding, ...]:
    """number-mismatch findings of all paired beads, in order."""
    source = tuple(_side(alignment.source, bead.source) for bead in alignment.beads)
    target = tuple(_side(alignment.target, bead.target) for bead in alignment.beads)
    found: list[Finding] = []
    for number, bead in enumerate(alignment.beads):
        if bead.paired:
            around = [target[n] for n in (number - 1, number + 1) if 0 <= n < len(target)]
            before = [source[n] for n in (number - 1, number + 1) if 0 <= n < len(source)]
            found += _compare(number, source[number], target[number], around, before)
    return tuple(found)


def _side(document: Document, sentences: tuple[int, ...]) -> _Side:
    parts = [document.sentences[n].span for n in sentences]
    found = tuple(f for span in parts for f in figures(span.of(document.text), document.lang, span.start))
    return _Side(document, found, sentences)


def _compare(bead: int, source: _Side, target: _Side, around: list[_Side], before: list[_Side]) -> list[Finding]:
    lost = [f for f in source.figures if not _present(f, source, target, around) and not _spared(f, source)]
    gained = [
        f
        for f in target.figures
        if not any(_equal(s, f, source.document.text) for side in (source, *before) for s in side.figures)
        and not _loosely_present(f, source)
    ]
    found: list[Finding] = []
    for figure in lost:
        partner = _counterpart(figure, gained, source, target)
        if partner is not None:
            gained.remove(partner)
            found.append(_changed(bead, figure, partner, source, target))
        elif _weighty(figure):
            params = _params(source, figure, None, None)
            found.append(
                Finding("number-mismatch", bead, figure.span, None, "vanished", params, severity=Severity.WARNING)
            )
    for figure in gained:
        if _weighty(figure) and not figure.word and figure.kind != "year":
            params = _params(None, None, target, figure)
            found.append(
                Finding("number-mismatch", bead, None, figure.span, "appeared", params, severity=Severity.INFO)
            )
    return found


def _spared(figure: Figure, side: _Side) -> bool:
    """Heights like 6-foot-6, which are always converted as a whole, and digits in a name like 247sports."""
    text = side.document.text
    near = text[max(0, figure.span.start - 8) : figure.span.end + 8]
    return bool(_FEET_AND_INCHES.search(near) or _GLUED.match(text, figure.span.end))


def _weighty(figure: Figure) -> bool:
    """Whether the loss of the figure is worth a word: not a vague number, not one, two, three in words, not "first"."""
    if figure.kind in ("vague", "ordinal"):
        return False
    return not figure.word or (figure.value > _SMALL and figure.value.denominator == 1)


def _present(figure: Figure, source: _Side, target: _Side, around: list[_Side]) -> bool:
    if figure.kind == "vague":
        return True
    if any(_equal(figure, t, source.document.text) for side in (target, *around) for t in side.figures):
        return True
    return _loosely_present(figure, target)


def _loosely_present(figure: Figure, other: _Side) -> bool:
    """Whether a small number hides in a word of the other side: двухдневный, twofold, half."""
    lang = other.document.lang
    if lang == "en":
        return figure.word and figure.value <= _SMALL
    return any(other.has(stem) for stem in stems(lang, figure.value))


def _equal(source: Figure, target: Figure, source_text: str) -> bool:
    """Whether two figures say the same number."""
    a, b = source.value, target.value
    if "vague" in (source.kind, target.kind):
        return False
    if a == b:
        return True
    kinds = (source.kind, target.kind)
    if "time" in kinds:
        return _same_hour(source, target)
    if "percent" in kinds and (a == 100 * b or 100 * a == b):
        return True
    if source.kind == "year" and b < 100:  # the 1990s: 90-е
        return a % 100 == b
    if b.denominator == 1000:  # 1,000 written with a comma in a Slavic text
        return a == b * 1000
    return False


def _same_hour(source: Figure, target: Figure) -> bool:
    minutes = [f.value if f.kind == "time" else f.value * 60 for f in (source, target)]
    return (minutes[0] - minutes[1]) % 720 == 0


@cache
def _units() -> MappingProxyType[str, Fraction]:
    return MappingProxyType({row["english"]: Fraction(row["factor"]) for row in data.rows("units.csv")})


def _expected(figure: Figure, side: _Side) -> Fraction | None:
    """The metric value of a figure in English units, None if no such unit follows."""
    unit = _UNIT.match(side.document.text, figure.span.end)
    if unit and unit.group(1) in ("°F", "degrees", "Fahrenheit"):
        return (figure.value - 32) * 5 / 9
    factor = _units().get(unit.group(1).lower()) if unit else None
    return None if factor is None else figure.value * factor


def _counterpart(figure: Figure, gained: list[Figure], source: _Side, target: _Side) -> Figure | None:
    """The target figure that seems to stand where `figure` should: the nearest by place, of a like kind."""
    if figure.kind == "vague" or not gained:
        return None
    exact = [t for t in gained if t.kind != "vague" and (t.kind == "designation") == (figure.kind == "designation")]
    if figure.word or figure.kind == "ordinal":
        exact = [t for t in exact if figure.value > 2 and t.kind == figure.kind]
    elif not _weighty(figure):
        return None
    exact = [t for t in exact if not (t.word and t.value <= 2)]
    here = _place(figure.span, source)
    return min(exact, key=lambda t: abs(_place(t.span, target) - here), default=None)


def _place(span: Span, side: _Side) -> float:
    """Where in its bead a span stands, 0 to 1."""
    first = min(f.span.start for f in side.figures)
    width = max(1, max(f.span.end for f in side.figures) - first)
    return (span.start - first) / width


def _changed(bead: int, figure: Figure, partner: Figure, source: _Side, target: _Side) -> Finding:
    params = _params(source, figure, target, partner)
    variant, severity = "default", None
    expected = _expected(figure, source)
    if figure.kind == "designation":
        variant = "designation"
    elif expected is not None:
        if abs(partner.value - expected) <= expected / 10 or abs(partner.value - expected * 100) <= expected * 10:
            severity = Severity.INFO
        variant, params = "converted", params | {"expected": _shown(expected)}
    evidence = (
        Evidence("source", figure.span, f"= {_shown(figure.value)}"),
        Evidence("target", partner.span, f"= {_shown(partner.value)}"),
    )
    return Finding(
        "number-mismatch",
        bead,
        figure.span,
        partner.span,
        variant,
        params,
        evidence=evidence,
        severity=severity,
    )


def _params(
    source: _Side | None, figure: Figure | None, target: _Side | None, partner: Figure | None
) -> dict[str, str]:
    params: dict[str, str] = {}
    if source and figure:
        params |= {"source": figure.span.of(source.document.text), "source_value": _shown(figure.value)}
    if target and partner:
        params |= {"target": partner.span.of(target.document.text), "target_value": _shown(partner.value)}
    return params


def _shown(value: Fraction) -> str:
    """A number as English readers write it."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.3g}" if abs(value) < 1000 else f"{float(value):,.0f}"
