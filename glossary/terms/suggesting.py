"""Concepts that an aligned archive has and the glossary has not: English terms, and what rendered them.

Terms are runs of words without a function word at their ends, ranked by their C-value (K. Frantzi, S. Ananiadou and
H. Mima, "Automatic recognition of multi-word terms: the C-value/NC-value method", 2000): frequent ones, and rather not
those that are met only inside a longer one. What renders a term is the run of target lemmas that keeps its company: the
Dice coefficient over beads, where Dunning's log-likelihood ratio is significant (1993). What the first rendering leaves
unexplained is asked for the next.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import log2

from glossary import data
from glossary.alignment.learning import SIGNIFICANT, likelihood_ratio
from glossary.alignment.tokens import function_words
from glossary.terms.concepts import ACCEPTED, Concept, Glossary, Rendering
from glossary.terms.index import Occurrence, TermIndex
from glossary.terms.inflection import agreeing
from glossary.text import english, slavic
from glossary.text.words import Word, words

LONGEST = 4  # words of a term and of a rendering
LEAST = 3  # times a term must have been met
LEAST_RENDERED = 2  # times a rendering must have been met
WEAKEST = 0.3  # Dice coefficient of a rendering
CLOSE = 0.85  # a longer rendering is taken before a shorter one that is hardly stronger
RENDERINGS = 3
CONTEXTS = 3
NAMED = 0.7  # a term written with capitals so often inside sentences is a name

GENDERS = frozenset({"masc", "femn", "neut"})

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A bead of an article: the English and what renders it."""

    article: str
    source: str
    target: str
    lang: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """What rendered a term: in the nominative as far as that can be told, how often, and how firmly (Dice)."""

    text: str
    lang: str
    count: int
    strength: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate concept. `count` beads of `articles` articles have the term; `termhood` is its C-value."""

    term: str
    count: int
    articles: int
    termhood: float
    renderings: tuple[Rendered, ...]
    contexts: tuple[Unit, ...]

    @property
    def strength(self) -> float:
        """How firmly the best rendering is tied to the term."""
        return max((rendered.strength for rendered in self.renderings), default=0.0)


@dataclass(slots=True)
class _Term:
    """A run of English words met in the units."""

    units: list[int] = field(default_factory=list)
    surfaces: Counter[str] = field(default_factory=Counter)
    named: int = 0
    inside: int = 0


def suggest(
    units: Sequence[Unit], glossary: Glossary, indexes: Mapping[str, TermIndex], least: int = LEAST, names: bool = False
) -> tuple[Suggestion, ...]:
    """Candidate concepts of aligned texts, the likeliest first; linear in the texts.

    `indexes` are those of the glossary by target language. `least` is how often a term must have been met; `names`
    takes those that are always written with capitals, too. Only terms for which a rendering was found are given.
    """
    met = [indexes[unit.lang].find(unit.source, "en") for unit in units]
    terms = {run: term for run, term in _terms(units, met, names).items() if len(set(term.units)) >= least}
    values = _c_values(terms)
    concepts = [frozenset(occurrence.concept.id for occurrence in occurrences) for occurrences in met]
    met_in = {run: term.units for run, term in terms.items()}
    found = [_Renderings(units, lang, met_in, glossary, concepts) for lang in sorted({unit.lang for unit in units})]
    suggestions = []
    for run, term in terms.items():
        rendered = tuple(r for table in found for r in table.of(run))
        if not rendered or values[run] <= 0:
            continue
        numbers = list(dict.fromkeys(term.units))
        articles = len({units[n].article for n in numbers})
        contexts = tuple({units[n].article: units[n] for n in reversed(numbers)}.values())[::-1][:CONTEXTS]
        name = max(sorted(term.surfaces), key=lambda surface: term.surfaces[surface])
        suggestions.append(Suggestion(name, len(numbers), articles, values[run], rendered, contexts))
    return tuple(sorted(suggestions, key=lambda s: (-s.termhood * s.strength, s.term)))


def _terms(units: Sequence[Unit], met: Sequence[Sequence[Occurrence]], names: bool) -> dict[Run, _Term]:
    """The runs of English words that may be terms."""
    terms: dict[Run, _Term] = defaultdict(_Term)
    for number, (unit, occurrences) in enumerate(zip(units, met, strict=True)):
        known = [occurrence.span for occurrence in occurrences]
        for here, first in _runs(unit.source, "en"):
            span = (here[0].start, here[-1].end)
            inside = [k for k in known if k.start < span[1] and span[0] < k.end]
            if not _likely(here, [w for w in here if not any(k.start <= w.start < k.end for k in inside)]):
                continue
            if any(k.start <= span[0] and span[1] <= k.end for k in inside):
                continue
            term = terms[term_key(here)]
            term.units.append(number)
            raw = " ".join(unit.source[span[0] : span[1]].split())
            capital = here[-1].text[0].isupper() and not _acronym(here[-1].text)
            inside_sentence = not first or len(here) > 1
            term.surfaces[raw if capital or not first else raw[0].casefold() + raw[1:]] += 1
            term.inside += inside_sentence
            term.named += capital and inside_sentence
    return {run: term for run, term in terms.items() if names or term.named <= NAMED * max(1, term.inside)}


def _acronym(text: str) -> bool:
    return len(text) > 1 and text.replace("-", "").isupper()


def _runs(text: str, lang: str) -> Iterator[tuple[tuple[Word, ...], bool]]:
    """Runs of up to LONGEST words that nothing but a space or a hyphen parts, without function words at their ends.

    And whether the run begins its sentence.
    """
    found, stop = words(text, lang), _little_words(lang)
    firm = [i == 0 or text[found[i - 1].end : w.start] not in (" ", "-", "\u00a0", "‑") for i, w in enumerate(found)]
    for start, word in enumerate(found):
        if word.folded in stop or not any(map(str.isalpha, word.folded)):
            continue
        for end in range(start + 1, min(start + LONGEST, len(found)) + 1):
            if end > start + 1 and firm[end - 1]:
                break
            last = found[end - 1]
            if last.folded not in stop and any(map(str.isalpha, last.folded)):
                yield found[start:end], start == 0


def _likely(here: Sequence[Word], new: Sequence[Word]) -> bool:
    """Whether a run may be a term of its own: it has a word that is not everybody's, and nothing no term has.

    `new` are its words outside of known terms; a term of one word is one of them.
    """
    folded = [english.without_possessive(word.folded) for word in here]
    if any((word.endswith("ly") and len(word) > 4) or word in english.past_forms() for word in folded):
        return False
    if folded[-1].endswith("ed") and len(folded[-1]) > 4:
        return False
    if any(word in function_words("en") and word != "of" for word in folded[1:-1]):
        return False
    if not _numbers().isdisjoint(folded) or any(word.isdigit() for word in folded):
        return False
    frequent = _frequent("frequent", "common") if len(here) > 1 else everyday()
    plain = [
        word
        for word in (here if len(here) > 1 else new)
        if not english.lemmas(word.folded) & frequent and len(word.folded) > 1
    ]
    return bool(plain) or _acronym(here[0].text)


@cache
def everyday() -> frozenset[str]:
    """Words that are no news to a glossary: the frequent ones, and those the aligner knows by heart."""
    return _frequent("frequent", "common", "known") | {row["en"] for row in data.read("lexicon.csv")}


@cache
def _frequent(*tiers: str) -> frozenset[str]:
    table = data.toml("frequent/en.toml")
    return frozenset(word for tier in tiers for word in table[tier].split())


@cache
def _numbers() -> frozenset[str]:
    rows = (row for row in data.rows("number_words.csv") if row["lang"] == "en")
    return frozenset(form for row in rows for form in row["forms"].split(";"))


@cache
def _little_words(lang: str) -> frozenset[str]:
    """Words that neither begin nor end a term."""
    own = frozenset(data.toml(f"frequent/{lang}.toml")["function"].split())
    return function_words(lang) | own


def term_key(here: Sequence[Word]) -> Run:
    """What the forms of a term have in common: its words, the last one in the singular."""
    folded = [english.without_possessive(word.folded) for word in here]
    last = folded[-1]
    singular = min((one for one in english.lemmas(last) if last in english.forms(one, "noun")), key=len, default=last)
    return (*folded[:-1], singular)


def _c_values(terms: Mapping[Run, _Term]) -> dict[Run, float]:
    """The C-value of each term; that of one word as if it had one and a half."""
    longer: dict[Run, list[int]] = defaultdict(list)
    counts = {run: len(term.units) for run, term in terms.items()}
    for run, count in counts.items():
        for start in range(len(run)):
            for end in range(start + 1, len(run) + 1):
                if end - start < len(run) and run[start:end] in counts:
                    longer[run[start:end]].append(count)
    return {
        run: log2(max(len(run), 1.5)) * (count - (sum(longer[run]) / len(longer[run]) if run in longer else 0))
        for run, count in counts.items()
    }


class Lemmas:
    """One lemma for each word form of some texts: of those it may have, the one that most words may have.

    So вооружённых and вооружённые come together, although the dictionary prefers the verb for one of them.
    """

    def __init__(self, texts: Iterable[str], lang: str) -> None:
        self.lang = lang
        forms = Counter(word.folded for text in texts for word in words(text, lang))
        self._votes: Counter[str] = Counter()
        for form, count in forms.items():
            self._votes.update(dict.fromkeys(slavic.lemmas(form, lang), count))
        self._chosen: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        if word not in self._chosen:
            self._chosen[word] = min(slavic.lemmas(word, self.lang), key=lambda lemma: (-self._votes[lemma], lemma))
        return self._chosen[word]

    def run(self, text: str) -> Run:
        """The lemmas of the words of a text."""
        return tuple(self(word.folded) for word in words(text, self.lang))


class _Renderings:
    """Which runs of target lemmas keep company with which terms, over the units of one language."""

    def __init__(
        self,
        units: Sequence[Unit],
        lang: str,
        terms: Mapping[Run, Iterable[int]],
        glossary: Glossary,
        concepts: Sequence[frozenset[str]],
    ) -> None:
        self.units, self.lang = units, lang
        self.lemmas = Lemmas((unit.target for unit in units if unit.lang == lang), lang)
        self.concepts = concepts
        self.known: dict[Run, set[str]] = defaultdict(set)
        for concept in glossary:
            for rendering in concept.of(lang, *ACCEPTED):
                self.known[self.lemmas.run(rendering.text)].add(concept.id)
        self.terms = {
            run: [n for n in dict.fromkeys(numbers) if units[n].lang == lang] for run, numbers in terms.items()
        }
        self.total = sum(unit.lang == lang for unit in units)
        self.met = {run: self._company(numbers) for run, numbers in self.terms.items()}
        self.counts: Counter[Run] = Counter()
        wanted = {target for company in self.met.values() for target in company}
        for number, unit in enumerate(units):
            if unit.lang == lang:
                self.counts.update(wanted.intersection(self._targets(number)))

    def _targets(self, number: int) -> dict[Run, str]:
        """The runs of lemmas of a unit, each with the words as they stand there."""
        text = self.units[number].target
        return {
            tuple(self.lemmas(word.folded) for word in here): text[here[0].start : here[-1].end]
            for here, _ in _runs(text, self.lang)
        }

    def _company(self, numbers: Sequence[int]) -> Counter[Run]:
        """The runs that are met in many enough of these units."""
        met: Counter[Run] = Counter()
        for number in numbers:
            met.update(self._targets(number).keys())
        least = max(LEAST_RENDERED, len(numbers) // 10)
        return Counter({target: count for target, count in met.items() if count >= least})

    def of(self, term: Run) -> Iterator[Rendered]:
        """The renderings of a term, the firmest first; each explains units that the ones before leave."""
        left = self.terms[term]
        company = self.met[term]
        for _ in range(RENDERINGS):
            best = self._best(company, left, len(term))
            if best is None:
                return
            target, strength = best
            having = [n for n in left if target in self._targets(n)]
            surfaces = Counter(self._targets(n)[target] for n in having)
            yield Rendered(citation(surfaces, self.lang, self.lemmas), self.lang, len(having), round(strength, 3))
            left = [n for n in left if n not in set(having)]
            if len(left) < LEAST_RENDERED:
                return
            company = self._company(left)

    def _best(self, company: Counter[Run], left: Sequence[int], length: int) -> tuple[Run, float] | None:
        """The run that renders a term of `length` words in the units `left`, and how firmly."""
        scored, size = [], len(left)
        for target, both in company.items():
            other = self.counts[target]
            strength = 2 * both / (size + other)
            if strength < WEAKEST or not self._phrase(target, length) or self._explained(target, left):
                continue
            if likelihood_ratio(both, size, max(other, both), max(self.total, size + other)) >= SIGNIFICANT:
                scored.append((strength, target))
        if not scored:
            return None
        top = max(strength for strength, _ in scored)
        return max(
            ((t, s) for s, t in scored if s >= CLOSE * top), key=lambda found: (len(found[0]), found[1], found[0])
        )

    def _explained(self, target: Run, left: Sequence[int]) -> bool:
        """Whether a known concept beside the term has this rendering: then it renders that and not the term."""
        ids = self.known.get(target, set())
        return bool(ids) and 2 * sum(not ids.isdisjoint(self.concepts[n]) for n in left) >= len(left)

    def _phrase(self, target: Run, length: int) -> bool:
        """Whether a run may be a noun phrase; a term of one word may be rendered by any one word."""
        if len(target) == 1:
            return length == 1 or _kind(target[0], self.lang) == "noun"
        kinds = [_kind(lemma, self.lang) for lemma in target]
        return "other" not in kinds and kinds[-1] == "noun"


@lru_cache(maxsize=65536)
def _kind(lemma: str, lang: str) -> str:
    """noun, adjective, link (a preposition between them), or other (what is in no noun phrase)."""
    readings = slavic.readings(lemma, lang)
    if not readings or any(r.pos == "NOUN" for r in readings):
        return "noun"
    if any(r.pos in ("ADJF", "PRTF") for r in readings):
        return "adjective"
    return "link" if readings[0].pos == "PREP" else "other"


def citation(surfaces: Mapping[str, int], lang: str, lemmas: Callable[[str], str] | None = None) -> str:
    """A phrase as a dictionary has it, from the forms it was met in: nominative, singular where there is one.

    `lemmas` decides between the lemmas of a form (гранат, граната).

    >>> citation({"барражирующих боеприпасов": 2, "барражирующими боеприпасами": 1}, "ru")
    'барражирующий боеприпас'
    """
    surface = min(surfaces, key=lambda text: (-surfaces[text], text))
    parts = surface.split(" ")
    head = next((n for n in range(len(parts)) if _heads(parts, n, lang)), None)
    if head is None:
        return surface if len(parts) > 1 or surface.isupper() else slavic.lemmas(surface, lang)[0]
    nouns = [reading for reading in slavic.readings(parts[head], lang) if reading.pos == "NOUN"]
    wanted = lemmas(slavic.fold(parts[head], lang)) if lemmas is not None else ""
    noun = next((reading for reading in nouns if reading.lemma == wanted), nouns[0])
    forms = [form for form in slavic.paradigm(parts[head], lang, noun.lemma, "NOUN") if form.has("nomn")]
    plural = all(_only_plural(text.split(" ")[head:], lang) for text in surfaces)
    base = next((form for form in forms if form.has("plur" if plural else "sing")), next(iter(forms), None))
    if base is None:
        return surface
    gender = next(iter(base.grammemes & GENDERS), "")
    many = base.has("plur")
    made = [agreeing(part, "nomn", many, gender, False, lang) or part for part in parts[:head]]
    return " ".join([*made, base.word, *parts[head + 1 :]])


def _heads(parts: Sequence[str], number: int, lang: str) -> bool:
    """Whether a word is the head of its phrase: a noun, and no adjective (военных) of a noun that follows."""
    readings = slavic.readings(parts[number], lang)
    if parts[number].isupper() or not any(reading.pos == "NOUN" for reading in readings):
        return False
    if number + 1 == len(parts) or not any(reading.pos in ("ADJF", "PRTF") for reading in readings):
        return True
    cases = [r.grammemes & (slavic.CASES | {"plur", *GENDERS}) for r in readings if r.pos in ("ADJF", "PRTF")]
    following = [r.grammemes for r in slavic.readings(parts[number + 1], lang) if r.pos == "NOUN"]
    return not any(own <= other for own in cases for other in following)


def _only_plural(parts: Sequence[str], lang: str) -> bool:
    readings = [r for r in slavic.readings(parts[0], lang) if r.pos == "NOUN"] if parts else []
    return bool(readings) and all(reading.has("plur") for reading in readings)


def as_concepts(suggestions: Iterable[Suggestion], taken: Iterable[str]) -> tuple[Concept, ...]:
    """Suggestions as rows for an editor to look through: the first rendering preferred, the others admitted.

    Ids are made of the English and are not among `taken`. What an editor has to decide (subject, definition) is empty.
    """
    ids, concepts = set(taken), []
    for one in suggestions:
        slug = (
            "-".join(word.folded for word in words(one.term, "en") if word.folded.isascii()).replace("'", "") or "term"
        )
        name = next(name for name in (slug, *(f"{slug}-{n}" for n in range(2, len(ids) + 3))) if name not in ids)
        ids.add(name)
        renderings: list[Rendering] = []
        for rendered in one.renderings:
            first = all(r.lang != rendered.lang for r in renderings)
            renderings.append(Rendering(rendered.text, rendered.lang, "preferred" if first else "admitted"))
        counts = "; ".join(f"{r.text} {r.count}×" for r in one.renderings)
        concepts.append(
            Concept(
                id=name,
                subject="",
                pos="",
                english=(Rendering(one.term, "en", "preferred"),),
                english_not=(),
                english_with=(),
                ambiguity=0 if len(words(one.term, "en")) > 1 else 1,
                renderings=tuple(renderings),
                note=f"suggested: {one.count}× in {one.articles} articles: {counts}",
                source="own archive: " + ", ".join(dict.fromkeys(unit.article for unit in one.contexts)),
            )
        )
    return tuple(concepts)
