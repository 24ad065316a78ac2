"""Drafting through a third language: two packages one after the other, asked for and labelled, never chosen unasked.

The first half renders English in, say, Polish, the second half that Polish in the language of the draft. What either
gets wrong stays wrong, so scores add up, and terms, numbers and everything else are judged on the last text alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from glossary.drafting.engine import BEAM, Engine, Hypothesis, Machine, Middle
from glossary.drafting.keeping import MARK
from glossary.drafting.packages import Package, inventory, required
from glossary.errors import CapabilityError, UsageError
from glossary.quotes.cues import language_name, language_names

BREADTH = 2  # renderings of a sentence in the third language that are rendered on
DIRECT = "none"


class Relay:
    """Two machines as one. A score is the sum of the two steps' mean log-probabilities: errors add up."""

    def __init__(self, first: Engine, second: Engine, via: str) -> None:
        """`first` renders the source in the language with the code `via`, `second` renders that in the target's."""
        self.first = first
        self.second = second
        self.via = via

    @property
    def label(self) -> str:
        """How the two are named to people: `Argos en → pl → uk (1.9, 1.9), via Polish`."""
        first, second = self.first.package, self.second.package
        way = f"{first.source} → {self.via} → {second.target}"
        return f"Argos {way} ({first.version}, {second.version}), via {language_name(self.via)}"

    def translate(
        self,
        sentences: Sequence[str],
        hypotheses: int = 1,
        cancelled: Callable[[], bool] = lambda: False,
        step: Callable[[int], None] = lambda done: None,
        without: Sequence[str] = (),
        beam: int = BEAM,
    ) -> list[tuple[Hypothesis, ...]]:
        """As Engine.translate. Of what the first half says, go on those in which every mark of a term came back."""
        halfway = self.first.translate(sentences, max(BREADTH, hypotheses), cancelled, beam=beam)
        middles = [
            _fit(sentence, found)[: min(BREADTH, hypotheses)]
            for sentence, found in zip(sentences, halfway, strict=True)
        ]
        ends = [0]
        for several in middles:
            ends.append(ends[-1] + len(several))
        results = self.second.translate(
            [middle.text for several in middles for middle in several],
            hypotheses,
            cancelled,
            lambda done: step(sum(end <= done for end in ends[1:])),
            without,
            beam,
        )
        return [
            self._joined(several, results[first:last])[:hypotheses]
            for several, (first, last) in zip(middles, pairwise(ends), strict=True)
        ]

    def _joined(self, middles: Sequence[Hypothesis], results: Sequence[Sequence[Hypothesis]]) -> tuple[Hypothesis, ...]:
        """The renderings of one sentence, the likeliest first, each once."""
        found = [
            self._through(middle, one) for middle, several in zip(middles, results, strict=True) for one in several
        ]
        best: dict[str, Hypothesis] = {}
        for one in sorted(found, key=lambda one: -one.score):
            best.setdefault(one.text, one)
        return tuple(best.values())

    def _through(self, middle: Hypothesis, last: Hypothesis) -> Hypothesis:
        between = Middle(self.via, middle.text)
        return replace(last, score=middle.score + last.score, cut=middle.cut or last.cut, middle=between)

    def continued(
        self, sentence: str, begun: str, hypotheses: int = 1, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[Hypothesis, ...]:
        """As Engine.continued: what was typed is given to the second half."""
        (found,) = self.first.translate([sentence], 1, cancelled)
        if not found:
            return ()
        made = self.second.continued(found[0].text, begun, hypotheses, cancelled)
        return tuple(self._through(found[0], one) for one in made)

    def scores(self, sentence: str, renderings: Sequence[str]) -> tuple[float, ...]:
        """As Engine.scores, of the second half: renderings of what the first half makes of `sentence`."""
        (found,) = self.first.translate([sentence], 1)
        return self.second.scores(found[0].text if found else "", renderings)


def _fit(sentence: str, found: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Renderings in the third language, those with the marks of the sentence first."""
    marks = sorted(MARK.findall(sentence))
    return sorted(found, key=lambda one: sorted(MARK.findall(one.text)) != marks)


def machine(source: str, target: str, via: str = "", threads: int = 0) -> Machine:
    """The machine from `source` to `target`: the package for the pair, or with `via` the two packages through it.

    `via` is the code of a language; "" and "none" ask for none. Raises CapabilityError if a package is missing,
    UsageError for a language that is none or is one of the two, InputError for a broken package.
    """
    via = third_language(via)
    if not via:
        return Engine(required(source, target), threads)
    if via in (source, target):
        side = "text" if via == source else "draft"
        what = f"{language_name(via)} is the language of the {side}: there is nothing to go through"
        raise UsageError(what, f"--via {via}", "name a third language, or leave it out")
    packages: list[Package] = []
    missing: list[CapabilityError] = []
    for pair in ((source, via), (via, target)):
        try:
            packages.append(required(*pair))
        except CapabilityError as error:
            missing.append(error)
    if missing:
        what = "; ".join(error.what for error in missing)
        raise CapabilityError(what, f"--via {via}", "; ".join(error.next_step for error in missing))
    first, second = (Engine(package, threads) for package in packages)
    return Relay(first, second, via)


def third_language(asked: str) -> str:
    """The code of the language to go through, empty for none. Raises UsageError if no language has it."""
    via = asked.strip().lower()
    if via in ("", DIRECT):
        return ""
    known = {code for package in inventory().packages for code in (package.source, package.target)}
    if via in known | set(language_names().values()):
        return via
    named = language_names().get(via.capitalize())
    advice = f"write `--via {named}`" if named else "write the code of a language, such as `--via pl`"
    raise UsageError(f"no language has the code {via!r}", f"--via {via}"[:80], advice)
