"""Letters of the wrong alphabet and characters nobody can see: what a spelling checker passes and a search misses."""

import re
import unicodedata
from types import MappingProxyType

from glossary.findings import Evidence, Finding
from glossary.text.normalise import hidden_characters, mixed_script
from glossary.text.spans import Document, Span

_TOKEN = re.compile(r"[^\W_][^\s_]{0,200}")
# A Latin letter as a whole word between Cyrillic words: `Київ i Одеса`, `ушли c поля`.
_ALONE = re.compile(r"(?<=[Ѐ-ӿ,»][ \u00a0])[acioy](?=[ \u00a0][«„]?[Ѐ-ӿ])")
_CYRILLIC = str.maketrans("acioy", "асіоу")
_SHOWN = 5  # characters named in a message


def script_findings(document: Document, side: str) -> tuple[Finding, ...]:
    """Words that mix look-alikes of two alphabets, and hidden characters, in one document of a pair.

    `side`, `source` or `target`, says which; spans are offsets into the document's text. One finding per word, and one
    per run of hidden characters.
    """
    findings = []
    for token in _TOKEN.finditer(document.text):
        mixed = mixed_script(token.group())
        if mixed is None:
            continue
        # Only the parts with strangers are shown, not what hangs on by a hyphen.
        for start, end in _parts(token.group(), mixed.strangers):
            strangers = [n for n in mixed.strangers if start <= n < end]
            places = [Span(token.start() + n, token.start() + n + 1) for n in strangers]
            params = {
                "word": token.group()[start:end],
                "repaired": mixed.repaired[start:end],
                "characters": _named([token.group()[n] for n in strangers]),
            }
            findings.append(
                _finding("mixed-script", side, Span(token.start() + start, token.start() + end), params, places)
            )
    for alone in _ALONE.finditer(document.text):
        span = Span(*alone.span())
        params = {
            "word": alone.group(),
            "repaired": alone.group().translate(_CYRILLIC),
            "characters": _named([alone.group()]),
        }
        findings.append(_finding("mixed-script", side, span, params, [span]))
    for span in hidden_characters(document.text):
        params = {"characters": _named(list(span.of(document.text))), "count": str(len(span))}
        findings.append(_finding("hidden-character", side, span, params, [span]))
    return tuple(findings)


def _parts(token: str, strangers: tuple[int, ...]) -> list[tuple[int, int]]:
    """The words of `token` that hold at least one of the offsets `strangers`."""
    runs = [(run.start(), run.end()) for run in re.finditer(r"[^\W_]+(?:['’ʼ][^\W_]+)*", token)]
    return [(start, end) for start, end in runs if any(start <= n < end for n in strangers)]


def _named(characters: list[str]) -> str:
    """The characters by code point and name, each once: `U+0063 LATIN SMALL LETTER C`."""
    distinct = list(dict.fromkeys(characters))
    names = [f"U+{ord(c):04X} {unicodedata.name(c, 'control character')}" for c in distinct[:_SHOWN]]
    return ", ".join(names) + (f" and {len(distinct) - _SHOWN} more" if len(distinct) > _SHOWN else "")


def _finding(rule: str, side: str, span: Span, params: dict[str, str], places: list[Span]) -> Finding:
    return Finding(
        rule,
        source=span if side == "source" else None,
        target=span if side == "target" else None,
        params=MappingProxyType(params),
        suggestions=(params["repaired"],) if "repaired" in params else (),
        evidence=tuple(Evidence(side, place, params["characters"]) for place in places),
    )
