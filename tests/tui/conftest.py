"""A desk that needs no dictionary: sentences align one to one, findings are where the test says."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import staging

from glossary.alignment.beads import Alignment, Bead
from glossary.examination import Examined, Resources
from glossary.findings import Evidence, Finding
from glossary.project import Pair, Project
from glossary.quotes.values import Cluster, Intermediary, Provenance, Quote, QuoteStudy
from glossary.service import Settings
from glossary.terms.concepts import Concept, Glossary, Rendering, TermUse
from glossary.terms.index import TermIndex, build_index
from glossary.text.segment import document
from glossary.text.spans import Span
from tui.app import TolmachApp

EN = """Drones strike depot near Chasiv Yar, officials say

The 24th Brigade held the line after Russian forces fired loitering munitions at the town. \
"We are holding," he said. Friendly fire was ruled out.

An officer says in a call: "They won't tell us how many." The officer repeated: "They won't tell us how many."

"We are holding," he said again in the evening. At least 14 soldiers were wounded.
"""
RU = """Дроны ударили по складу под Часовым Яром, сообщили чиновники

24-я бригада удержала рубеж, после того как российские войска выпустили по городу дроны-бомбы. \
«Держимся», — сказал он. Дружественный огонь исключён.

Офицер говорит в разговоре: «Нам не говорят, сколько». Офицер повторил: «Они нам не скажут сколько».

«Мы держимся», — снова сказал он вечером. Ранены не менее 40 военных.
"""
MUNITION = Concept(
    "loitering-munition",
    "weapons",
    "noun",
    (Rendering("loitering munition", "en", "preferred"),),
    (),
    (),
    0,
    (
        Rendering("барражирующий боеприпас", "ru", "preferred"),
        Rendering("дрон-бомба", "ru", "forbidden", "a word of headlines"),
        Rendering("баражуючий боєприпас", "uk", "preferred"),
    ),
    definition="Circles until it finds a target.",
)
GLOSSARY = Glossary((MUNITION,))


class FakeDesk:
    """Two texts in memory, or in the files of `folder`; `extra` adds findings of the test."""

    def __init__(self, source: str = EN, target: str = RU, folder: Path | None = None) -> None:
        self.texts = (source, target)
        self.source = (folder or Path("nowhere")) / "a.en.txt"
        self.target: Path | None = (folder or Path("nowhere")) / "a.ru.txt"
        self.extra: Callable[[Examined], tuple[Finding, ...]] = lambda examined: ()
        self.examinations = 0
        self.locked = False
        self.error: Exception | None = None
        self.indexes: dict[str, TermIndex] = {}
        if folder is not None:
            self.source.write_text(source, encoding="utf-8")
            self.target.write_text(target, encoding="utf-8")

    @property
    def names(self) -> tuple[str, str]:
        return self.source.name, self.target.name if self.target else ""

    @property
    def resources(self) -> Resources:
        def index(lang: str) -> TermIndex:
            return self.indexes.setdefault(lang, build_index(GLOSSARY, lang))

        return Resources(GLOSSARY, index, lambda lang: None)  # type: ignore[arg-type, return-value]

    def glimpse(self) -> tuple[str, str] | None:
        return self.texts if self.error is None else None

    def read(self) -> Project:
        if self.error is not None:
            raise self.error
        texts = self.texts
        if self.source.is_file() and self.target is not None:
            texts = (self.source.read_text(encoding="utf-8"), self.target.read_text(encoding="utf-8"))
        return Project(Pair("a", document(texts[0], "en", "a.en.txt"), document(texts[1], "ru", "a.ru.txt")))

    @property
    def settings(self) -> Settings:
        return Settings()

    @property
    def checker(self) -> "FakeDesk":
        return self

    def lint(self, cells: Any) -> tuple[Any, ...]:
        return ()

    @property
    def own_glossary(self) -> Path:
        return self.source.with_name("tolmach-terms.csv")

    @property
    def waiver_file(self) -> Path:
        return self.source.with_name("tolmach-waivers.toml")

    def close(self) -> None:
        """There is no process to end."""

    def originals(self, examined: Examined) -> dict[int, Any]:
        return {}

    def recheck(self, project: Project, bead: int | None) -> None:
        """The whole pair is checked each time."""

    def examine(self, project: Project) -> Examined:
        self.examinations += 1
        source, target = project.pair.source, project.pair.target
        assert target is not None
        alignment = Alignment(source, target, _beads(project))
        findings = []
        here, there = _find(source.text, "loitering munitions"), _find(target.text, "дроны-бомбы")
        if here and there:
            params = {"source": "loitering munitions", "target": "дроны-бомбы", "reason": "[sic]", "preferred": "…"}
            evidence = (Evidence("source", here, "the term"),)
            suggestions = ("барражирующие боеприпасы",)
            findings.append(
                Finding("term-forbidden", None, here, there, "default", params, MUNITION.id, suggestions, evidence)
            )
        study = _quotes(source.text, target.text)
        for links in ((0, 3), (1, 2)):
            if len(study.target) == 4 and len({study.target[n].span.of(target.text) for n in links}) > 1:
                quote = study.source[links[1]]
                params = {"quote": quote.span.of(source.text), "count": "2", "places": "1, 2", "renderings": "…"}
                findings.append(
                    Finding("quote-retranslated", None, quote.span, study.target[links[1]].span, params=params)
                )
        use = _find(source.text, "Friendly fire"), _find(target.text, "Дружественный огонь")
        terms = []
        if use[0] and use[1]:
            places = ((use[0].start, use[0].end), (use[1].start, use[1].end))
            terms.append(TermUse("friendly-fire", *places, 3, "preferred"))
        if here:
            terms.append(
                TermUse(MUNITION.id, (here.start, here.end), (there.start, there.end) if there else None, 1, "missing")
            )
        examined = Examined(project.pair, alignment, tuple(terms), study, tuple(findings))
        extra = self.extra(examined)
        return Examined(project.pair, alignment, tuple(terms), study, (*findings, *extra))


def _find(text: str, words: str, after: int = 0) -> Span | None:
    start = text.find(words, after)
    return Span(start, start + len(words)) if start >= 0 else None


def _beads(project: Project) -> tuple[Bead, ...]:
    """The pins, and the rest one to one in order."""
    source, target = project.pair.source, project.pair.target
    assert target is not None
    beads = []
    for pin in project.pins:
        numbers = [
            tuple(n for n, s in enumerate(document.sentences) if any(s.span.overlaps(p) for p in spans))
            for document, spans in ((source, pin.source), (target, pin.target))
        ]
        beads.append(Bead(numbers[0], numbers[1], 1.0, True))
    left = [n for n in range(len(source.sentences)) if not any(n in b.source for b in beads)]
    right = [n for n in range(len(target.sentences)) if not any(n in b.target for b in beads)]
    paired = min(len(left), len(right))
    beads += [Bead((a,), (b,), 0.9 if a % 4 else 0.4) for a, b in zip(left, right, strict=False)]
    beads += [Bead((n,), (), 0.5) for n in left[paired:]] + [Bead((), (n,), 0.5) for n in right[paired:]]
    return tuple(sorted(beads, key=lambda b: (b.source or (10**6,), b.target)))


def _quotes(source: str, target: str) -> QuoteStudy:
    said = ("We are holding,", "They won't tell us how many.")
    rendered = ("Держимся", "Нам не говорят, сколько", "Они нам не скажут сколько", "Мы держимся")
    spans = [_find(source, words) for words in said]
    spans += [_find(source, words, span.end) if span else None for words, span in zip(said, spans, strict=True)]
    targets = [_find(target, words) for words in rendered]
    if None in spans or None in targets:
        return QuoteStudy((), (), (), (), ())
    order = [spans[0], spans[1], spans[3], spans[2]]
    call = Provenance(
        "ru",
        "intercept",
        "high",
        (Intermediary("SBU", "uk", "publisher"), Intermediary("CNN", "en", "outlet")),
        ("ru", "uk", "en", "ru"),
        "find_original",
    )
    quotes = tuple(
        Quote(n, span, span, 1, "direct", speaker="he", cluster=n in (1, 2), provenance=call if n in (1, 2) else None)
        for n, span in enumerate(order)
        if span is not None
    )
    renderings = tuple(Quote(n, span, span, 1, "direct") for n, span in enumerate(targets) if span is not None)
    links = tuple((n, (n,)) for n in range(4))
    return QuoteStudy(quotes, renderings, links, (Cluster("repetition", (0, 3)), Cluster("repetition", (1, 2))), ())


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TOLMACH_LAYOUT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def desk() -> FakeDesk:
    """The usual pair."""
    return FakeDesk()


@pytest.fixture
def make_desk() -> type[FakeDesk]:
    """Desks for other texts."""
    return FakeDesk


@pytest.fixture
def make_app() -> Callable[..., TolmachApp]:
    """An application on a desk."""

    def make(desk: FakeDesk, state: Path | None = None) -> TolmachApp:
        return TolmachApp(desk, state)  # type: ignore[arg-type]

    return make


@pytest.fixture
def stage() -> ModuleType:
    """Plays stories."""
    return staging
