"""The process that drafts, beside the one that paints: a request a line on stdin, answers on stdout, all JSON.

The screen starts one and keeps it: models, dictionaries and the judging of terms never hold up a key. Requests are
`draft` (sentences of a text), `offers` (everything there is for one row) and `continue` (a rendering that begins with
what was typed). `{"stop": id}` ends the request of that number; stdin closed ends the process.
"""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from glossary.errors import CapabilityError, InputError, TolmachError, UsageError
from glossary.text.spans import Document, Paragraph, Sentence, Span

if TYPE_CHECKING:
    from glossary.drafting.drafts import DraftSentence, Recalled
    from glossary.drafting.engine import Machine
    from glossary.recall import Recall
    from glossary.terms.index import TermIndex

Record = dict[str, Any]
ALTERNATIVES = 3


@dataclass
class Workshop:
    """What a language needs, made when it is first asked for and kept."""

    glossaries: tuple[str, ...] = ()
    domain: str = "auto"
    memory: str = ""
    via: str = ""
    tmx: tuple[str, ...] = ()
    engines: "dict[str, Machine | TolmachError]" = field(default_factory=dict)
    recalls: "dict[str, Recall]" = field(default_factory=dict)

    def engine(self, lang: str) -> "Machine | None":
        """The machine for a language, None if there is none that works (`missing` says why)."""
        from glossary.drafting.relay import machine

        if lang not in self.engines:
            try:
                self.engines[lang] = machine("en", lang, self.via)
            except (CapabilityError, InputError, UsageError) as error:
                self.engines[lang] = error
        found = self.engines[lang]
        return None if isinstance(found, TolmachError) else found

    def missing(self, lang: str) -> Record | None:
        """Why there is no machine, and what to do; None if there is one."""
        self.engine(lang)
        found = self.engines[lang]
        return told(found) if isinstance(found, TolmachError) else None

    def recall(self, lang: str) -> "Recall":
        """What was rendered before; a memory that cannot be read is none. Raises InputError for a TMX file."""
        from glossary.recall import Recall

        if lang not in self.recalls:
            tmx = [Path(path) for path in self.tmx]
            try:
                self.recalls[lang] = Recall(lang, self.memory, tmx)
            except InputError:
                self.recalls[lang] = Recall(lang, "", tmx)
        return self.recalls[lang]

    def index(self, lang: str) -> "TermIndex":
        """The glossary for a language."""
        from glossary.files.glossaries import load_index
        from glossary.service import bundled

        return load_index(bundled(*self.glossaries), lang)


def told(error: TolmachError) -> Record:
    """An error for the screen."""
    return {"what": f"{error.where}: {error.what}" if error.where else error.what, "next_step": error.next_step}


def answers(shop: Workshop, request: Record, stopped: Callable[[], bool]) -> Iterator[Record]:
    """The answers to a request, the last one `{"done": true, …}` or `{"error": …}`. Raises CancelledError."""
    lang = request["lang"]
    kinds = {"draft": _drafted, "offers": _offers, "continue": _continued}
    engine, recall = shop.engine(lang), shop.recall(lang)
    if engine is None and (request["do"] == "continue" or not recall.units):
        yield {"error": shop.missing(lang)}
        return
    yield from kinds[request["do"]](shop, request, stopped)


def _document(request: Record) -> Document:
    """The source with the sentences that the screen knows, which the alignment may have cut."""
    sentences = tuple(Sentence(Span(start, end), paragraph) for start, end, paragraph in request["sentences"])
    paragraphs = []
    for number in dict.fromkeys(sentence.paragraph for sentence in sentences):
        inside = [n for n, sentence in enumerate(sentences) if sentence.paragraph == number]
        span = Span(sentences[inside[0]].span.start, sentences[inside[-1]].span.end)
        paragraphs.append(Paragraph(span, inside[0], inside[-1] + 1))
    return Document(request["text"], "en", tuple(paragraphs), sentences, request.get("name", ""))


def _drafted(shop: Workshop, request: Record, stopped: Callable[[], bool]) -> Iterator[Record]:
    from glossary.drafting.drafts import Draft, drafted
    from glossary.drafting.rendition import as_text

    lang, read = request["lang"], _document(request)
    engine, recall = shop.engine(lang), shop.recall(lang)
    done = []
    for one in drafted(
        read,
        lang,
        engine,
        shop.index(lang),
        numbers=request.get("numbers"),
        domain=shop.domain,
        remembered=recall.best,
        cancelled=stopped,
    ):
        done.append(one)
        yield {"sentence": _sentence(one, read.text, lang), "so_far": len(done)}
    last: Record = {"done": True, "missing": shop.missing(lang)}
    if request.get("numbers") is None:
        last["text"] = as_text(
            Draft(read, lang, engine.label if engine else "", tuple(done), engine.via if engine else "")
        )
    yield last


def _sentence(one: "DraftSentence", source: str, lang: str) -> Record:
    from glossary.drafting.rendition import marked

    text = marked(one, source, lang) if one.text else ""
    return {"number": one.number, "text": text, "reasons": [reason.message for reason in one.reasons]}


def _offers(shop: Workshop, request: Record, stopped: Callable[[], bool]) -> Iterator[Record]:
    """Everything there is for the sentences `numbers`, which make one row: from memory at once, then by machine."""
    from glossary.drafting.drafts import drafted

    lang, read, numbers = request["lang"], _document(request), request["numbers"]
    engine = shop.engine(lang)
    text = " ".join(read.sentence(n) for n in numbers)
    for found in shop.recall(lang).all(text):
        yield {"offer": _recalled(found, text, lang)}
    if engine is not None:
        sentences = list(
            drafted(read, lang, engine, shop.index(lang), numbers=numbers, domain=shop.domain, cancelled=stopped)
        )
        made = [_sentence(one, read.text, lang) for one in sentences if one.text]
        if made:
            said = [reason.message for one in sentences for reason in one.reasons]
            shown = " ".join(one.text for one in sentences if one.text)
            origin = next(one.provenance for one in sentences if one.text)
            yield {"offer": _offer(origin, shown, " ".join(one["text"] for one in made), said)}
    yield {"done": True, "missing": shop.missing(lang)}


def _recalled(found: "Recalled", asked: str, lang: str) -> Record:
    from glossary.drafting.drafts import DraftSentence
    from glossary.drafting.rendition import marked

    one = DraftSentence(0, Span(0, len(asked)), found.text, "memory", recalled=found)
    return _offer(one.provenance, found.text, marked(one, asked, lang), ()) | {
        "kept": found.kept,
        "differing": [[span.start, span.end] for span in found.differing_kept],
        "article": found.article,
        "date": found.date,
    }


def _offer(origin: str, shown: str, text: str, reasons: Any) -> Record:
    """A rendering of a row: where it is from, how it looks, and how it goes into the text, with its marks."""
    return {"origin": origin, "shown": shown, "text": text, "reasons": list(reasons)}


def _continued(shop: Workshop, request: Record, stopped: Callable[[], bool]) -> Iterator[Record]:
    from glossary.quotes.cues import language_name

    engine = shop.engine(request["lang"])
    found = engine.continued(request["text"], request["begun"], cancelled=stopped) if engine is not None else ()
    origin = f"machine via {language_name(engine.via)}" if engine is not None and engine.via else "machine"
    yield {"done": True, "text": found[0].text if found else request["begun"], "origin": f"{origin}, continued"}


def serve(shop: Workshop) -> None:
    """Answer requests until stdin is closed."""
    from glossary.drafting.engine import CancelledError

    requests: SimpleQueue[Record | None] = SimpleQueue()
    stopped: set[int] = set()

    def listen() -> None:
        for line in sys.stdin:
            request = json.loads(line)
            if "stop" in request:
                stopped.add(request["stop"])
            else:
                requests.put(request)
        requests.put(None)

    threading.Thread(target=listen, daemon=True).start()
    while (request := requests.get()) is not None:
        number = request["id"]

        def is_stopped(number: int = number) -> bool:
            return number in stopped

        try:
            for answer in answers(shop, request, is_stopped):
                _say(number, answer)
                if is_stopped():
                    raise CancelledError
        except CancelledError:
            _say(number, {"stopped": True})
        except TolmachError as error:
            _say(number, {"error": told(error)})
        except Exception as error:  # the edge of the process: everything becomes an answer
            _say(number, {"error": {"what": f"drafting failed: {type(error).__name__}: {error}", "next_step": ""}})


def _say(number: int, answer: Record) -> None:
    print(json.dumps({"id": number, **answer}), flush=True)


def main() -> None:
    """Read the settings and serve."""
    from glossary.service import own_memory

    settings = json.loads(sys.argv[1])
    memory = settings["memory"] or (own_memory() if settings["own"] else "")
    shop = Workshop(tuple(settings["glossaries"]), settings["domain"], memory, settings["via"], tuple(settings["tmx"]))
    try:
        serve(shop)
    except (BrokenPipeError, KeyboardInterrupt):
        return
