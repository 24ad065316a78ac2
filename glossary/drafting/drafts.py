"""A draft of a document, sentence by sentence: memory first, then the machine, terms kept, quotes left open.

A draft sentence is never a rendering that somebody vouches for: it says where it came from and why to look again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from glossary.drafting import keeping
from glossary.drafting.engine import BATCH, Hypothesis, Machine, Middle
from glossary.drafting.keeping import Choice, KeptTerm, Wanted
from glossary.drafting.reasons import Reason
from glossary.quotes import study
from glossary.quotes.cues import language_name
from glossary.quotes.values import Quote
from glossary.terms.index import TermIndex
from glossary.terms.inflection import inflect
from glossary.terms.senses import Mention, mentions
from glossary.text import language
from glossary.text.spans import Document, Span
from glossary.text.words import words

HYPOTHESES = 4
SAME = 1.0
_PLACES = 0xE000  # code points of private use stand for open quotes while a rendering is judged: they are no words
_OPEN_KINDS = ("direct", "fragment", "dash")


@dataclass(frozen=True, slots=True)
class Recalled:
    """A rendering from the translation memory; `likeness` 1.0 says that the very sentence was translated before.

    `kept` is the sentence that `text` renders; `differing` are the words of the sentence asked for that it has not,
    `differing_kept` those of its own, as spans of the two.
    """

    text: str
    likeness: float
    kept: str = ""
    differing: tuple[Span, ...] = ()
    differing_kept: tuple[Span, ...] = ()
    article: str = ""
    date: str = ""

    @property
    def percent(self) -> int:
        """The likeness for people: 100 only if it is the very sentence."""
        return int(100 * self.likeness)

    def difference(self, sentence: str) -> str:
        """The words that differ, for people; `sentence` is the one that was asked for."""
        here, there = (
            ", ".join(span.of(text) for span in spans)
            for text, spans in ((sentence, self.differing), (self.kept, self.differing_kept))
        )
        parts = [f"{side}: {words}" for side, words in (("here", here), ("there", there)) if words]
        return "; ".join(parts) or "other marks"


@dataclass(frozen=True, slots=True)
class OpenQuote:
    """A quote whose words were first said in the target language: they are to be found, not translated back.

    `span` is the part in this sentence, in the source text; `search` is what to type.
    """

    span: Span
    search: tuple[str, ...]

    def placeholder(self, text: str) -> str:
        """What stands in a draft where the quote goes."""
        words = " ".join(self.span.of(text).split())
        words = words if len(words) <= 80 else words[:79].rstrip() + "…"
        search = f" | search: {' ; '.join(self.search)}" if self.search else ""
        return f"[[original wanted: {words}{search}]]"


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A draft of one source sentence; `span` is the sentence in the source text.

    `origin` is `memory` (with what was `recalled`), `machine`, `open` (nothing but a quote to be found; or `text` is
    empty) or `copy` (nothing to translate). `score` is the mean log-probability of the machine's pieces, `middle` what
    the sentence was in the third language if it went through one.
    """

    number: int
    span: Span
    text: str
    origin: str
    score: float = 0.0
    terms: tuple[KeptTerm, ...] = ()
    reasons: tuple[Reason, ...] = ()
    quotes: tuple[OpenQuote, ...] = ()
    recalled: Recalled | None = None
    middle: Middle | None = None

    @property
    def provenance(self) -> str:
        """Where it is from: machine, open, copy, memory, or such as `memory 87 %` and `machine via Polish`."""
        if self.middle is not None:
            return f"{self.origin} via {language_name(self.middle.lang)}"
        if self.recalled is None or self.recalled.percent == 100:
            return self.origin
        return f"memory {self.recalled.percent} %"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of a whole document; `engine` names the machine, empty if there was none; `via` is the code of the third
    language that it goes through, if it does."""

    source: Document
    target_lang: str
    engine: str
    sentences: tuple[DraftSentence, ...]
    via: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A sentence for the machine: its text, its open quotes in order, and the terms outside of them."""

    number: int
    span: Span
    text: str
    quotes: tuple[OpenQuote, ...]
    sought: tuple[Wanted, ...]

    def prepared(self, terms: Sequence[Wanted] = ()) -> tuple[str, dict[str, OpenQuote | Wanted]]:
        """What the machine gets: marks over quotes and `terms`; and what each mark stands for."""
        places: list[OpenQuote | Wanted] = sorted((*self.quotes, *terms), key=lambda one: one.span)
        made, names = keeping.marked(self.text, self.span.start, [one.span for one in places])
        return made, {name: one for name, one in zip(names, places, strict=True) if name}

    @property
    def judged(self) -> str:
        """The source as renderings are compared with it: open quotes out of sight."""
        made = self.text
        for n, one in reversed(list(enumerate(self.quotes))):
            made = made[: one.span.start - self.span.start] + _place(n) + made[one.span.end - self.span.start :]
        return made

    def finished(self, text: str, source: str) -> str:
        """A rendering with the open quotes (of the document text `source`) in their places."""
        for n, one in enumerate(self.quotes):
            text = text.replace(_place(n), one.placeholder(source))
        return text


def _place(number: int) -> str:
    return chr(_PLACES + number)


def draft(
    document: Document,
    target_lang: str,
    engine: Machine | None,
    index: TermIndex,
    *,
    domain: str = "auto",
    remembered: Callable[[str], Recalled | None] = lambda sentence: None,
    cancelled: Callable[[], bool] = lambda: False,
    step: Callable[[int], None] = lambda done: None,
) -> Draft:
    """A draft of all sentences of an English document. Raises CancelledError; see `drafted`."""
    done: list[DraftSentence] = []
    for sentence in drafted(
        document, target_lang, engine, index, domain=domain, remembered=remembered, cancelled=cancelled
    ):
        done.append(sentence)
        step(len(done))
    return Draft(document, target_lang, engine.label if engine else "", tuple(done), engine.via if engine else "")


def drafted(
    document: Document,
    target_lang: str,
    engine: Machine | None,
    index: TermIndex,
    *,
    numbers: Sequence[int] | None = None,
    domain: str = "auto",
    remembered: Callable[[str], Recalled | None] = lambda sentence: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[DraftSentence]:
    """Drafts of the sentences `numbers` (all of them), in that order, as they come out of the machine.

    `index` is the glossary for the target language; `remembered` asks the translation memory and goes before the
    machine; without an `engine` the rest is left empty. Terms and quotes are judged in the whole document. Raises
    CancelledError soon after `cancelled` says so.
    """
    wanted = list(range(len(document.sentences)) if numbers is None else numbers)
    if not wanted:
        return
    met: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions(document, index, domain):
        met[mention.sentence].append(mention)
    quotes, foreign = open_quotes(document, target_lang), _foreign(document)
    for begin in range(0, len(wanted), BATCH):
        jobs: list[Job] = []
        done: dict[int, DraftSentence] = {}
        for number in wanted[begin : begin + BATCH]:
            span = document.sentences[number].span
            text = span.of(document.text)
            recalled, inside = remembered(text), quotes.get(number, ())
            # What is only alike has another quote in its place.
            if recalled is not None and (recalled.likeness >= SAME or not inside):
                done[number] = _recalled(number, span, text, recalled, inside)
                continue
            sought = keeping.wanted(
                [m for m in met[number] if not any(m.span.overlaps(q.span) for q in inside)], document.text, target_lang
            )
            job = Job(number, span, text, inside, sought)
            if number in foreign:
                done[number] = DraftSentence(number, span, text, "copy", reasons=(Reason("language"),))
            elif not any(letter.isalnum() for letter in text):
                done[number] = DraftSentence(number, span, text, "copy")
            elif inside and not any(letter.isalnum() for letter in job.judged):
                done[number] = _open(job, document.text)
            elif engine is None:
                done[number] = DraftSentence(number, span, "", "open", reasons=(Reason("no-model"),), quotes=inside)
            else:
                jobs.append(job)
        if engine is not None:
            done |= {one.number: one for one in _by_machine(jobs, engine, index, document.text, cancelled)}
        yield from (done[number] for number in wanted[begin : begin + BATCH])


def _recalled(number: int, span: Span, text: str, recalled: Recalled, inside: tuple[OpenQuote, ...]) -> DraftSentence:
    found = [Reason("quote-recalled")] if inside else []
    if recalled.likeness < SAME:
        found.append(Reason("memory", f"{recalled.percent} %; {recalled.difference(text)}"))
    return DraftSentence(number, span, recalled.text, "memory", reasons=tuple(found), quotes=inside, recalled=recalled)


def _open(job: Job, source: str, *more: Reason) -> DraftSentence:
    """A sentence of which nothing but quotes to be found is there."""
    text = job.judged if not more else " ".join(_place(n) for n in range(len(job.quotes)))
    found = (Reason("quote-open"), *more)
    return DraftSentence(job.number, job.span, job.finished(text, source), "open", reasons=found, quotes=job.quotes)


def _foreign(document: Document) -> frozenset[int]:
    """The sentences of paragraphs that are not in English, such as the original of a quote."""
    return frozenset(
        number
        for span, guess in language.paragraphs(document.text, "en")
        if guess.lang not in ("en", "und")
        for number in document.touched(span)
    )


def open_quotes(document: Document, target_lang: str) -> Mapping[int, tuple[OpenQuote, ...]]:
    """For each sentence the parts of quotes in it whose original is in the target language."""
    found = study(document, None, None, target_lang)
    searches = {
        evidence.span: finding.suggestions
        for finding in found.findings
        if finding.rule == "quote-relay"
        for evidence in finding.evidence
    }
    parts: dict[int, list[OpenQuote]] = defaultdict(list)
    for quote in found.source:
        if quote.level != 1 or quote.kind not in _OPEN_KINDS or quote.provenance is None:
            continue
        if quote.provenance.verdict != "find_original":
            continue
        search = searches.get(quote.span) or _search(quote, document.text)
        for span in _without(quote.span, quote.asides):
            for number in document.touched(span):
                sentence = document.sentences[number].span
                start, end = max(span.start, sentence.start), min(span.end, sentence.end)
                end -= document.text[start:end].endswith(",")  # English has the comma of the carrier inside
                if any(letter.isalnum() for letter in document.text[start:end]):
                    parts[number].append(OpenQuote(Span(start, end), search))
    return {number: tuple(sorted(several, key=lambda one: one.span)) for number, several in parts.items()}


def _search(quote: Quote, text: str) -> tuple[str, ...]:
    """What to type for a quote of which nothing else is known: who said it, and its three longest words."""
    found = dict.fromkeys(word.text for word in words(quote.span.of(text)))
    longest = set(sorted(found, key=len, reverse=True)[:3])
    return (" ".join([*(quote.speaker or "").split(), *(word for word in found if word in longest)]),)


def _without(span: Span, asides: Sequence[Span]) -> Iterator[Span]:
    """The parts of a quote between the author's words."""
    start = span.start
    for aside in sorted(asides):
        yield Span(start, max(start, aside.start))
        start = max(start, aside.end)
    yield Span(start, max(start, span.end))


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a job: the best rendering yet, the terms that were put in, and whether a form was guessed."""

    job: Job
    choice: Choice
    first: Choice
    marked: tuple[Wanted, ...] = ()
    guessed: bool = False


def _by_machine(
    jobs: Sequence[Job], engine: Machine, index: TermIndex, text: str, cancelled: Callable[[], bool]
) -> Iterator[DraftSentence]:
    """Drafts of a batch of sentences, in any order."""
    prepared = [job.prepared() for job in jobs]
    results = engine.translate([made for made, _ in prepared], HYPOTHESES, cancelled)
    lacking: list[Made] = []
    for job, (_, names), hypotheses in zip(jobs, prepared, results, strict=True):
        choices = _choices(job, names, hypotheses, engine, index)
        if not choices:
            lost = Reason("quote-lost") if job.quotes else Reason("empty")
            yield (
                _open(job, text, lost)
                if job.quotes
                else DraftSentence(job.number, job.span, "", "open", reasons=(lost,))
            )
            continue
        better = [keeping.put_in(job.judged, choice, job.sought, index) for choice in choices]
        made = Made(job, keeping.chosen(better), choices[0])
        if made.choice.lacking or made.choice.forbidden:
            lacking.append(made)
        else:
            yield _sentence(made, text)
    again = [made.job.prepared(made.choice.lacking) for made in lacking]
    results = engine.translate([text for text, _ in again], HYPOTHESES, cancelled) if again else []
    for made, (_, names), hypotheses in zip(lacking, again, results, strict=True):
        if made.choice.lacking:
            made = _marked(made, names, hypotheses, engine, index)
        if made.choice.forbidden:
            made = _suppressed(made, engine, index, cancelled)
        yield _sentence(made, text)


def _choices(
    job: Job,
    names: Mapping[str, OpenQuote | Wanted],
    hypotheses: Sequence[Hypothesis],
    engine: Machine,
    index: TermIndex,
    prior: str = "",
    guesses: list[str] | None = None,
) -> list[Choice]:
    """The hypotheses in which every mark came back, marks filled, in the machine's order.

    `prior` is the rendering without marks over terms; forms that had to be guessed go to `guesses`.
    """
    quotes = {name: _place(job.quotes.index(one)) for name, one in names.items() if isinstance(one, OpenQuote)}
    terms = {name: one for name, one in names.items() if isinstance(one, Wanted)}
    found = []
    for rank, hypothesis in enumerate(hypotheses):
        if names and sorted(keeping.MARK.findall(hypothesis.text)) != sorted(names):
            continue
        text = hypothesis.text
        for name, place in quotes.items():
            text = text.replace(name, place)
        if terms:
            before = keeping.replaced(text, terms, prior)
            fillings = {
                name: partial(_form, one, prior, before.get(name), job, engine, index.target_lang, guesses)
                for name, one in terms.items()
            }
            text = keeping.restored(text, fillings, index.target_lang) or text
        found.append(keeping.judged(job.judged, text, hypothesis, rank, job.sought, index))
    return found


def _form(
    one: Wanted,
    prior: str,
    before: Span | None,
    job: Job,
    engine: Machine,
    lang: str,
    guesses: list[str] | None,
    text: str,
    start: int,
) -> str:
    """The accepted rendering as it goes in the place of its mark at `start` of `text`.

    In the form of what the machine had there without a mark; else in the form that the place asks for, and where
    grammar leaves a choice, the model makes it.
    """
    if before is not None:
        made = inflect(one.rendering, before, words(prior, lang), prior, "", one.plural)
        if made.sure:
            return made.text
    forms = keeping.forms(one, text, start, lang)
    if len(forms) == 1:
        return forms[0]
    end = start + len("X00Y")
    scores = engine.scores(job.text, [text[:start] + form + text[end:] for form in forms])
    best = max(range(len(forms)), key=lambda n: (scores[n], -n))
    if guesses is not None:
        guesses.append(forms[best])
    return forms[best]


def _marked(
    made: Made,
    names: Mapping[str, OpenQuote | Wanted],
    hypotheses: Sequence[Hypothesis],
    engine: Machine,
    index: TermIndex,
) -> Made:
    """What came of translating with marks over the missing terms, if it is better."""
    for hypothesis in hypotheses:
        guesses: list[str] = []
        for choice in _choices(made.job, names, [hypothesis], engine, index, made.choice.text, guesses):
            choice = keeping.put_in(made.job.judged, choice, made.job.sought, index)
            if choice.key[:2] < made.choice.key[:2]:
                kept = tuple(one for one in made.choice.lacking if one not in choice.lacking)
                return replace(made, choice=choice, marked=kept, guessed=bool(guesses))
    return made


def _suppressed(made: Made, engine: Machine, index: TermIndex, cancelled: Callable[[], bool]) -> Made:
    """What comes of translating again with the forbidden renderings closed to the machine, if it is better."""
    without = [one.span.of(made.choice.text) for one in made.choice.forbidden]
    kept = [one for one in made.marked if one in made.job.sought]
    prepared, names = made.job.prepared(kept)
    (hypotheses,) = engine.translate([prepared], HYPOTHESES, cancelled, without=without)
    choices = _choices(made.job, names, hypotheses, engine, index, made.choice.text)
    best = min(choices, key=lambda choice: choice.key, default=made.choice)
    return replace(made, choice=best) if best.key[:2] < made.choice.key[:2] else made


def _sentence(made: Made, source: str) -> DraftSentence:
    """The draft sentence, with the way of every term and every reason to look again."""
    job, choice = made.job, made.choice
    found = list(choice.reasons)
    forbidden = {one.concept.id for one in choice.forbidden}
    for one in choice.forbidden:
        found.append(Reason("term-forbidden", f"{one.span.of(choice.text)} for {one.concept.en}"))
    for term in choice.lacking:
        if term.concept.id not in forbidden:
            found.append(Reason("term-missing", f"{term.concept.en}: {term.rendering.text}"))
    if made.guessed:
        found.append(Reason("term-form"))
    if job.quotes:
        found.insert(0, Reason("quote-open"))
    terms = tuple(KeptTerm(one.concept.id, one.span, _way(one, made)) for one in job.sought)
    text = job.finished(choice.text, source)
    # A term that a sentence has ten times is said once.
    why = tuple(dict.fromkeys(found))
    score = choice.hypothesis.score
    middle = choice.hypothesis.middle
    return DraftSentence(job.number, job.span, text, "machine", score, terms, why, job.quotes, middle=middle)


def _way(one: Wanted, made: Made) -> str:
    if one in made.choice.lacking or any(o.concept.id == one.concept.id for o in made.choice.forbidden):
        return "none"
    if one in made.marked:
        return "mark"
    if one not in made.first.lacking:
        return "machine"
    return "chosen" if made.choice.text == made.choice.hypothesis.text else "put-in"
