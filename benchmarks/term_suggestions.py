"""Whether `terms suggest` finds concepts again that were taken out of the glossary.

Run as `python benchmarks/term_suggestions.py [-v]`. Two archives: the sample articles of tests/samples (real prose, and
little of it: terms met twice are asked for), and a generated one: sentences made after patterns, with 150 held-out
terms in four cases, a quarter of them in an admitted rendering, between the sentences of the samples. The alignment
does not know what was held out either. Concepts whose English is an everyday word are never suggested, and not held
out here.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from glossary.alignment.lexicon import Lexicon
from glossary.examination import Resources, examine
from glossary.files.glossaries import load_glossary
from glossary.files.pairs import PairEntry, entries, load_project
from glossary.project import Pair, Project
from glossary.terms.concepts import ACCEPTED, Concept, Glossary
from glossary.terms.index import TermIndex, build_index
from glossary.terms.inflection import _head, in_slot
from glossary.terms.suggesting import Lemmas, Suggestion, Unit, everyday, suggest, term_key
from glossary.terms.surroundings import Slot
from glossary.text.segment import document
from glossary.text.words import words

SAMPLES = Path(__file__).parents[1] / "tests" / "samples" / "articles"
PLACES = (
    ("Velyka Horka", "Большая Горка", "Велика Гірка"),
    ("Lozove", "Лозовое", "Лозове"),
    ("Sosnivka", "Сосновка", "Соснівка"),
    ("Dubrava", "Дубрава", "Діброва"),
    ("Stara Balka", "Старая Балка", "Стара Балка"),
)
# The case of the term, English, Russian, Ukrainian.
PATTERNS = tuple(
    tuple(line.split(" | "))
    for line in """
nomn | On day {n} residents of {p} saw the {t} near the bridge. \
| На {n}-й день у моста стоял {t}, говорят жители: {p}. \
| На {n}-й день біля мосту стояв {t}, кажуть мешканці: {p}.
gent | There was no {t} in {p} for {n} hours, a doctor said. | {p}: {n} часов не было {t}, рассказал врач. \
| {p}: {n} годин не було {t}, розповів лікар.
loct | A report of {n} pages from {p} speaks of the {t} at length. \
| В докладе на {n} страницах ({p}) подробно говорится \
о {t}. | У звіті на {n} сторінках ({p}) докладно йдеться про те, що було в {t}.
ablt | {p} is proud of the {t} and of {n} volunteers. | {p}: здесь гордятся {t} и ещё {n} добровольцами. \
| {p}: тут пишаються {t} і ще {n} добровольцями.
gent | Prices in {p} rose by {n} percent because of the {t}. | {p}: цены выросли на {n} процентов из-за {t}. \
| {p}: ціни зросли на {n} відсотків через відсутність {t}.
nomn | The mayor of {p} asked {n} times what the {t} was for. | Мэр ({p}) {n} раз спросил, для чего нужен {t}. \
| Мер ({p}) {n} разів запитав, навіщо потрібен {t}.
""".strip().split("\n")
)


def held_out_of(glossary: Glossary, ids: Iterable[str]) -> Glossary:
    """The glossary without these concepts."""
    gone = set(ids)
    return Glossary(tuple(concept for concept in glossary if concept.id not in gone))


def aligned(pairs: Iterable[Pair], glossary: Glossary, indexes: dict[str, TermIndex]) -> list[Unit]:
    """The beads of pairs, aligned with this glossary."""
    lexicons = {
        lang: Lexicon.bundled(lang).with_pairs(
            (e.text, [r.text for r in c.of(lang, "preferred", "admitted")]) for c in glossary for e in c.english
        )
        for lang in indexes
    }
    resources = Resources(glossary, lambda lang: indexes[lang], lambda lang: lexicons[lang], "auto", ())
    units = []
    for pair in pairs:
        alignment = examine(Project.of(pair), resources).alignment
        assert alignment is not None
        for number, bead in enumerate(alignment.beads):
            if bead.paired:
                sides = [
                    " ".join(span.of(doc.text) for span in spans)
                    for doc, spans in (
                        (alignment.source, alignment.source_spans(number)),
                        (alignment.target, alignment.target_spans(number)),
                    )
                ]
                units.append(Unit(pair.id, sides[0], sides[1], alignment.target.lang))
    return units


def generated(concepts: Sequence[Concept], lang: str, dice: random.Random) -> list[Pair]:
    """Articles of ten sentences, each with one of the concepts."""
    lines: list[tuple[str, str]] = []
    for concept in concepts:
        for _ in range(dice.randint(3, 8)):
            statuses = ("preferred",) if dice.random() < 0.75 else ("admitted", "preferred")
            n, (place, *others) = dice.randint(11, 99), dice.choice(PLACES)
            pattern = dice.choice(PATTERNS)
            rendering = concept.of(lang, statuses[0]) or concept.of(lang, "preferred")
            made = in_case(rendering[0].text, pattern[0], lang)
            if made:
                target = pattern[2 if lang == "ru" else 3].format(n=n, t=made, p=others[lang == "uk"])
                lines.append((pattern[1].format(n=n, t=concept.en, p=place), target))
    dice.shuffle(lines)
    return [
        Pair(
            f"{lang}-{start}",
            document(" ".join(e for e, _ in part), "en"),
            document(" ".join(t for _, t in part), lang),
        )
        for start in range(0, len(lines), 10)
        for part in [lines[start : start + 10]]
    ]


def in_case(text: str, case: str, lang: str) -> str:
    """A rendering in the singular of a case, empty if it has none."""
    parts = text.split(" ")
    head = _head(parts, lang)
    return in_slot(parts, head, Slot(case, False), lang) if head is not None and head.reading.pos == "NOUN" else ""


def keys(concept: Concept) -> set[tuple[str, ...]]:
    return {term_key(words(term.text, "en")) for term in concept.english}


def right(text: str, concept: Concept, lang: str) -> bool:
    """Whether a rendering is one that the glossary accepts, in any form."""
    accepted = [r.text for r in concept.of(lang, *ACCEPTED)]
    lemmas = Lemmas([text, *accepted], lang)
    return lemmas.run(text) in map(lemmas.run, accepted)


def report(title: str, held: Sequence[Concept], found: Sequence[Suggestion], lang: str, seconds: float) -> None:
    """Print recall and precision."""
    by_key = {term_key(words(one.term, "en")): one for one in found}
    met = {concept.id: next((by_key[k] for k in keys(concept) if k in by_key), None) for concept in held}
    known = [(concept, met[concept.id]) for concept in held if met[concept.id] is not None]
    first = [concept.id for concept, one in known if one and right(one.renderings[0].text, concept, lang)]
    any_of = [concept.id for concept, one in known if one and any(right(r.text, concept, lang) for r in one.renderings)]
    every = {key for concept in held for key in keys(concept)}
    own = sum(term_key(words(one.term, "en")) in every for one in found[: len(held)])
    print(
        f"{title}: {len(held)} held out, {len(known)} found again ({len(known) / max(1, len(held)):.0%}); "
        f"first rendering right {len(first)} ({len(first) / max(1, len(known)):.0%}), among three {len(any_of)}; "
        f"{own} of the first {min(len(found), len(held))} of {len(found)} suggestions are held out; {seconds:.1f} s"
    )
    if "-v" in sys.argv:
        for concept in held:
            one = met[concept.id]
            said = "; ".join(f"{r.text} {r.count} {r.strength}" for r in one.renderings) if one else "—"
            print(f"   {concept.en}: {said}   [{concept.preferred(lang)}]")
        own_keys = {id(one) for one in met.values()}
        for one in [one for one in found if id(one) not in own_keys][:25]:
            print(f"   + {one.term} {one.count} {one.termhood:.1f}: {'; '.join(r.text for r in one.renderings)}")


def main() -> None:
    glossary = load_glossary()
    whole = {lang: build_index(glossary, lang) for lang in ("ru", "uk")}
    for lang in ("ru", "uk"):
        pairs = [
            load_project(entry).pair
            for entry in entries(SAMPLES)
            if isinstance(entry, PairEntry) and entry.target_lang == lang
        ]
        counts: Counter[str] = Counter()
        for pair in pairs:
            for sentence in pair.source.sentences:
                counts.update({o.concept.id for o in whole[lang].find(sentence.span.of(pair.source.text), "en")})
        often = [c for c in glossary if counts[c.id] >= 2 and c.of(lang, "preferred") and c.en not in everyday()]
        measure(f"{lang}, samples", glossary, often, pairs, lang, 2)
        dice = random.Random(7)
        nouns = [
            c
            for c in glossary
            if not counts[c.id] and not c.ambiguity and c.en.islower() and len(c.en.split()) <= 3
            if c.en not in everyday() and in_case(c.preferred(lang) or "", "gent", lang)
        ]
        chosen = sorted(dice.sample(nouns, 150), key=lambda c: c.id)
        measure(f"{lang}, generated", glossary, chosen, [*pairs, *generated(chosen, lang, dice)], lang, 3)


def measure(
    title: str, glossary: Glossary, held: Sequence[Concept], pairs: Sequence[Pair], lang: str, least: int
) -> None:
    """Hold concepts out, and report what became of them."""
    rest = held_out_of(glossary, (concept.id for concept in held))
    indexes = {lang: build_index(rest, lang)}
    units = aligned(pairs, rest, indexes)
    begin = time.process_time()
    found = suggest(units, rest, indexes, least)
    report(title, held, found, lang, time.process_time() - begin)


if __name__ == "__main__":
    main()
