"""CTranslate2 driven with our own sentences and batches: n-best, scores, a prefix to continue, and a way to stop.

`argostranslate.package` gives tokeniser and metadata; `argostranslate.translate` is never imported: it loads torch,
asks the network for sentence splitters and translates sentences one by one. A process that has made an Engine must not
fork: a forked CTranslate2 hangs for ever.
"""

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Protocol

from glossary.drafting.packages import Package
from glossary.errors import CapabilityError, InputError

BATCH = 16  # sentences
BEAM = 4
LENGTH_PENALTY = 0.2
LONGEST = 200  # pieces of a source sentence that are translated at once
LONGEST_TARGET = 512  # pieces
SHORTER_TARGET = 240  # pieces, for models with 256 positions: one that does not come to an end runs out of them
_POLL = 0.02  # seconds
_CUT = re.compile(r"(?<=[;:,—–])\s+|\s+")
_CLAUSE = re.compile(r"[;:,—–]\s*\Z")
EXTRA = "install it with `pip install 'tolmach[lean-draft]' && pip install --no-deps 'argostranslate>=1.11,<2'`"


class CancelledError(Exception):
    """The person who asked for drafts wants no more of them."""


@dataclass(frozen=True, slots=True)
class Middle:
    """What a sentence was in the third language (a code) that it went through."""

    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A rendering by the machine. `score` is the mean log-probability of its pieces; `cut` says that the sentence was
    too long and its parts were translated apart; `middle` that it went through a third language."""

    text: str
    score: float
    cut: bool = False
    middle: Middle | None = None


class Machine(Protocol):
    """What drafts are made with: a package (Engine), or two in a row (relay.Relay). `via` is the code of the third
    language, empty for none."""

    @property
    def label(self) -> str:
        """How it is named to people."""

    @property
    def via(self) -> str:
        """See above."""

    def translate(
        self,
        sentences: Sequence[str],
        hypotheses: int = 1,
        cancelled: Callable[[], bool] = lambda: False,
        step: Callable[[int], None] = lambda done: None,
        without: Sequence[str] = (),
        beam: int = BEAM,
    ) -> list[tuple[Hypothesis, ...]]:
        """See Engine."""

    def continued(
        self, sentence: str, begun: str, hypotheses: int = 1, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[Hypothesis, ...]:
        """See Engine."""

    def scores(self, sentence: str, renderings: Sequence[str]) -> tuple[float, ...]:
        """See Engine."""


class Engine:
    """A loaded package. Threads may share it; processes may not."""

    package: Package
    via = ""

    def __init__(self, package: Package, threads: int = 0) -> None:
        """Load `package`; `threads` is the number of cores to use (0: as CTranslate2 likes).

        Raises CapabilityError if the translator is not installed, InputError if the package is broken.
        """
        # Unpublished articles are never sent anywhere, whatever the person's settings of Argos Translate say.
        os.environ["ARGOS_MODEL_PROVIDER"] = "OPENNMT"
        try:
            import ctranslate2
            from argostranslate.package import Package as ArgosPackage
        except ImportError as error:
            raise CapabilityError(f"the translator is not installed ({error.name})", "", EXTRA) from error
        except OSError as error:
            raise CapabilityError(f"Argos Translate cannot start: {error}", "", "set XDG_DATA_HOME") from error
        self.package = package
        self._longest = LONGEST_TARGET
        self._advice = f"install it again: `tolmach models install {package.pair}`"
        try:
            argos = ArgosPackage(package.path)
            self._prefix = [argos.target_prefix] if argos.target_prefix else []
            self._tokenizer: Any = argos.tokenizer
            self._pieces: Any = getattr(self._tokenizer, "lazy_processor", lambda: None)()
            self._translator: Any = ctranslate2.Translator(
                str(package.path / "model"),
                device="cpu",
                compute_type="auto",
                inter_threads=1,
                intra_threads=threads,
            )
            self._encode("One.")
        except ImportError as error:
            raise CapabilityError(
                f"the package needs {error.name}", str(package.path), f"pip install {error.name}"
            ) from error
        except (RuntimeError, ValueError, OSError, AttributeError, MemoryError) as error:
            what = f"the model cannot be loaded: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
            raise InputError(what, str(package.path), self._advice) from error

    @property
    def label(self) -> str:
        """How it is named to people."""
        return self.package.label

    def _encode(self, text: str) -> list[str]:
        text = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
        if self._pieces is not None:
            return list(self._pieces.encode(text, out_type=str))
        return list(self._tokenizer.encode(text))

    def _decode(self, pieces: Sequence[str]) -> str:
        pieces = list(pieces)
        if self._prefix and pieces[:1] == self._prefix:
            pieces = pieces[1:]
        # The tokeniser's own decode makes spaces of underscores.
        text: str = self._pieces.decode_pieces(pieces) if self._pieces is not None else self._tokenizer.decode(pieces)
        return " ".join(text.replace("▁", " ").split())

    def translate(
        self,
        sentences: Sequence[str],
        hypotheses: int = 1,
        cancelled: Callable[[], bool] = lambda: False,
        step: Callable[[int], None] = lambda done: None,
        without: Sequence[str] = (),
        beam: int = BEAM,
    ) -> list[tuple[Hypothesis, ...]]:
        """For each sentence its best renderings, best first; none for a sentence without letters to translate.

        `cancelled` is asked while the machine works, `step` told how many sentences are done, `without` are strings of
        the target language that may not come up. Raises CancelledError within a fraction of a second.
        """
        parts = [self._parts(sentence) for sentence in sentences]
        suppressed = [pieces for text in without for pieces in self._spellings(text)]
        flat = [piece for part in parts for piece in part]
        found: list[list[Hypothesis]] = []
        ends = [0]
        for part in parts:
            ends.append(ends[-1] + len(part))
        for begin in range(0, len(flat), BATCH):
            batch = flat[begin : begin + BATCH]
            found += self._batch(batch, [], hypotheses, beam, suppressed, cancelled)
            step(sum(end <= len(found) for end in ends[1:]))
        return [_joined(found[first:last]) for first, last in pairwise(ends)]

    def _parts(self, sentence: str) -> list[list[str]]:
        """The pieces of a sentence, in several parts if it is too long for the model."""
        pieces = self._encode(sentence)
        if len(pieces) <= LONGEST:
            return [pieces] if pieces else []
        found: list[list[str]] = []
        rest = sentence
        while rest:
            part, rest = self._first_part(rest)
            encoded = self._encode(part)
            found += [encoded[n : n + LONGEST] for n in range(0, len(encoded), LONGEST)]
        return found

    def _first_part(self, text: str) -> tuple[str, str]:
        """The longest beginning that fits, cut after a clause if that is not much shorter; and what is left."""
        room = text[: 3 * LONGEST]
        if len(room) == len(text) and len(self._encode(text)) <= LONGEST:
            return text, ""
        cuts = [match.start() for match in _CUT.finditer(room)] or [len(room)]
        fits = [cut for cut in cuts if cut]
        while len(fits) > 1 and len(self._encode(text[: fits[-1]])) > LONGEST:
            fits = fits[: max(1, len(fits) * 3 // 4)]
        if not fits:
            return room, text[len(room) :]
        clauses = [cut for cut in fits if _CLAUSE.search(text[:cut][-2:]) and cut > fits[-1] // 2]
        cut = clauses[-1] if clauses else fits[-1]
        return text[:cut], text[cut:].lstrip()

    def _spellings(self, text: str) -> list[list[str]]:
        """The pieces of a string as a model may write it: as it is, and at the start of a sentence."""
        forms = dict.fromkeys((text, text[:1].upper() + text[1:]))
        return [pieces for form in forms if (pieces := self._encode(form))]

    def _batch(
        self,
        batch: Sequence[list[str]],
        prefixes: Sequence[list[str]],
        hypotheses: int,
        beam: int,
        suppressed: Sequence[list[str]],
        cancelled: Callable[[], bool],
    ) -> list[list[Hypothesis]]:
        """Batches as they are wanted; a model that has fewer positions than it needs gets them shorter from then on."""
        for longest in (self._longest, SHORTER_TARGET):
            try:
                return self._translated(batch, prefixes, hypotheses, beam, suppressed, cancelled, longest)
            except RuntimeError as error:
                if longest == SHORTER_TARGET or "position" not in str(error):
                    raise InputError(
                        f"the model of {self.package.label} fails: {error}", str(self.package.path), self._advice
                    ) from error
                self._longest = SHORTER_TARGET
        raise AssertionError

    def _translated(
        self,
        batch: Sequence[list[str]],
        prefixes: Sequence[list[str]],
        hypotheses: int,
        beam: int,
        suppressed: Sequence[list[str]],
        cancelled: Callable[[], bool],
        longest: int,
    ) -> list[list[Hypothesis]]:
        if cancelled():
            raise CancelledError
        starts = [[*self._prefix, *prefix] for prefix in prefixes or [[]] * len(batch)]
        pending = self._translator.translate_batch(
            list(batch),
            target_prefix=starts if any(starts) else None,
            beam_size=max(beam, hypotheses),
            num_hypotheses=hypotheses,
            return_scores=True,
            length_penalty=LENGTH_PENALTY,
            replace_unknowns=True,
            suppress_sequences=list(suppressed) or None,
            max_batch_size=BATCH,
            max_input_length=0,
            max_decoding_length=longest,
            asynchronous=True,
        )
        # A batch cannot be stopped; it is left behind, and comes to its end without anybody waiting for it.
        while not all(one.done() for one in pending):
            if cancelled():
                raise CancelledError
            time.sleep(_POLL if len(batch) > 1 else _POLL / 10)
        return [list(self._hypotheses(one.result())) for one in pending]

    def _hypotheses(self, result: Any) -> Iterator[Hypothesis]:
        for pieces, score in zip(result.hypotheses, result.scores, strict=True):
            length = len(pieces) + 1
            yield Hypothesis(self._decode(pieces), score * length**LENGTH_PENALTY / length)

    def continued(
        self,
        sentence: str,
        begun: str,
        hypotheses: int = 1,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[Hypothesis, ...]:
        """Renderings of `sentence` that begin with exactly what the translator has typed, best first.

        Raises CancelledError.
        """
        pieces, prefix = self._encode(sentence)[:LONGEST], self._encode(begun.rstrip())
        if not pieces or len(prefix) >= SHORTER_TARGET:
            return ()
        (found,) = self._batch([pieces], [prefix], hypotheses, BEAM, (), cancelled)
        # The tokeniser tidies what was typed; the person's own letters stay.
        tidied = self._decode(prefix)
        return tuple(
            replace(one, text=begun.rstrip() + one.text[len(tidied) :]) for one in found if one.text.startswith(tidied)
        )

    def scores(self, sentence: str, renderings: Sequence[str]) -> tuple[float, ...]:
        """How likely each of `renderings` is as a rendering of `sentence`: mean log-probabilities.

        All the same where the sentence or a rendering is longer than the model can read.
        """
        source = self._encode(sentence)[: 4 * LONGEST]
        targets = [[*self._prefix, *self._encode(one)][:LONGEST_TARGET] for one in renderings]
        if not source or not targets:
            return tuple(0.0 for _ in targets)
        try:
            results = self._translator.score_batch([source] * len(targets), targets, max_batch_size=BATCH)
        except RuntimeError:
            return tuple(0.0 for _ in targets)
        return tuple(sum(one.log_probs) / max(1, len(one.log_probs)) for one in results)


def _joined(parts: Sequence[Sequence[Hypothesis]]) -> tuple[Hypothesis, ...]:
    """The hypotheses of a sentence from those of its parts, joined rank by rank."""
    if len(parts) == 1:
        return tuple(parts[0])
    return tuple(
        Hypothesis(" ".join(one.text for one in ranked), min(one.score for one in ranked), True)
        for ranked in zip(*parts, strict=False)
    )
