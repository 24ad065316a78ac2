"""The chains that quotes travelled, drawn: a row of hands, and between them a line, drawn strong where the words change
language. Quotes of one chain are listed together."""

from dataclasses import dataclass
from itertools import zip_longest

from glossary.examination import Examined
from glossary.formats.markup import shown
from glossary.quotes.descriptions import medium
from glossary.quotes.values import Provenance, Quote

VERDICTS = {
    "find_original": "The words were first said in the language you translate into: look for the original.",
    "translate_from_original": "The English is itself a translation: look for the original and translate from it.",
    "translate": "Translate.",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A hand the words were in, what it did, and the language they had there."""

    name: str
    role: str
    lang: str


def stops(speaker: str, chain: Provenance) -> tuple[Stop, ...]:
    """The hands of a chain from the speaker to the rendering.

    Who has the language that comes next in the path translated into it; who has not passed the words on as they were.
    A language that no named hand accounts for gets a hand without a name.
    """
    path = chain.path
    at, before_last = 0, max(0, len(path) - 2)
    found = [Stop(speaker, chain.origin.replace("_", " "), path[0])]
    for hand in chain.intermediaries:
        if hand.lang in path[at : before_last + 1]:
            goal = path.index(hand.lang, at, before_last + 1)
            found += [Stop("", "not named", lang) for lang in path[at + 1 : goal]]
            at = goal
        found.append(Stop(hand.name, hand.role, path[at]))
    found += [Stop("", "not named", lang) for lang in path[at + 1 : before_last]]
    return (*found, Stop("this article", "source", path[before_last]), Stop("this rendering", "target", path[-1]))


def chains(examined: Examined) -> str:
    """The chains of one pair in which the words were translated more than once; empty if there are none."""
    groups: dict[tuple[str, tuple[Stop, ...]], list[Quote]] = {}
    for quote in examined.quotes.source:
        chain = quote.provenance
        if chain is not None and chain.translations > 1:
            row = stops(quote.speaker or "somebody", chain)
            groups.setdefault((row[0].role, row[1:]), []).append(quote)
    drawn = [_group(quotes, examined) for quotes in groups.values()]
    return f"<section class='chains'><h3>Chains</h3>\n{''.join(drawn)}</section>\n" if drawn else ""


def _speakers(quotes: list[Quote]) -> str:
    """The names of the speakers, without what is a part of another name, and without the call or post itself."""
    names = list(dict.fromkeys(quote.speaker for quote in quotes if quote.speaker)) or ["somebody"]
    people = [name for name in names if not medium(name)] or names
    return ", ".join(one for one in people if not any(one != other and one in other for other in people))


def _group(quotes: list[Quote], examined: Examined) -> str:
    chain = quotes[0].provenance
    assert chain is not None
    row = stops(_speakers(quotes), chain)
    steps = []
    for stop, after in zip_longest(row, row[1:]):
        turns = after is not None and after.lang != stop.lang
        name = shown(stop.name) or "<span class='unnamed'>?</span>"
        steps.append(
            f"<li{' class=turn' if turns else ''}><span class='lang'>{shown(stop.lang)}</span>"
            f"<span class='hand'>{name}</span><span class='role'>{shown(stop.role)}</span></li>"
        )
    text, lang = examined.source.text, examined.source.lang
    said = "".join(f"<li><q lang='{lang}'>{shown(quote.span.of(text))}</q></li>" for quote in quotes)
    sure = "" if chain.confidence == "high" else " <span class='dim'>The chain is likely, not certain.</span>"
    path = " → ".join(map(shown, chain.path))
    return (
        f"<div class='chain'><ol aria-label='{path}'>{''.join(steps)}</ol>"
        f"<p><b>{path}</b> · {chain.translations} translations. {VERDICTS[chain.verdict]}{sure}</p>"
        f"<details class='said'><summary>{len(quotes)} quote{'s' if len(quotes) > 1 else ''}</summary>"
        f"<ul>{said}</ul></details></div>\n"
    )
