"""Drafts of documents: terms kept, quotes left open, every sentence in its place."""

import json
import threading
import xml.etree.ElementTree as ElementTree
from itertools import islice

import pytest

from glossary.drafting import keeping
from glossary.drafting.drafts import Draft, DraftSentence, Recalled, draft, drafted, open_quotes
from glossary.drafting.engine import CancelledError, Engine, Hypothesis
from glossary.drafting.rendition import as_html, as_json, as_text, as_tmx, as_xliff
from glossary.files.glossaries import parse_glossary
from glossary.terms.concepts import Rendering
from glossary.terms.index import TermIndex, build_index
from glossary.text.segment import document
from glossary.text.spans import Span

TEXT = (
    "Russia attacked Kharkiv with 57 cruise missiles overnight. Nobody was hurt in Odesa.\n\n"
    "Ukraine received 5 tanks.\r\n* * *\nThe 24th Brigade captured 15 howitzers.\n"
)


def made(text: str, lang: str, engines: dict[str, Engine], indexes: dict[str, TermIndex]) -> Draft:
    return draft(document(text, "en", "a.txt"), lang, engines[lang], indexes[lang], domain="military")


def test_paragraphs_stay_and_nothing_is_out_of_place(engines: dict[str, Engine], indexes: dict[str, TermIndex]) -> None:
    found = made(TEXT, "uk", engines, indexes)
    assert as_text(found) == (
        "[[draft en→uk, not confirmed; 5 sentences: 4 by Argos en→uk 1.0]]\n\n"
        "[[draft: machine]] Росія атакувала Харків 57 крилатими ракетами вночі. "
        "[[draft: machine]] В Одесі ніхто не постраждав.\n\n"
        "[[draft: machine]] Україна отримала 5 танків.\r\n* * *\n"
        "[[draft: machine]] 24-та бригада захопила 15 гаубиць.\n"
    )
    assert [one.number for one in found.sentences] == [0, 1, 2, 3, 4]
    assert [one.origin for one in found.sentences] == ["machine", "machine", "machine", "copy", "machine"]
    assert found == made(TEXT, "uk", engines, indexes)


CALQUES = {
    "ru": [
        ("25 soldiers were killed by friendly fire near Kherson.", "25 солдат погибли от огня по своим возле Херсона."),
        ("Friendly fire killed 16 soldiers in Odesa.", "Огонь по своим убил 16 солдат в Одессе."),
        ("Ukraine received 50 loitering munitions.", "Украина получила 50 барражирующих боеприпасов."),
        ("The enemy shelled Kyiv with loitering munitions.", "Противник обстрелял Киев барражирующими боеприпасами."),
    ],
    "uk": [
        (
            "25 soldiers were killed by friendly fire near Kherson.",
            "25 солдатів загинули від вогню по своїх біля Херсона.",
        ),
        ("Friendly fire killed 16 soldiers in Odesa.", "Вогонь по своїх убив 16 солдатів в Одесі."),
        ("Ukraine received 50 loitering munitions.", "Україна отримала 50 баражувальних боєприпасів."),
        ("The enemy shelled Kyiv with loitering munitions.", "Противник обстріляв Київ баражувальними боєприпасами."),
    ],
}


@pytest.mark.parametrize(("lang", "source", "right"), [(lang, *row) for lang, rows in CALQUES.items() for row in rows])
def test_forbidden_renderings_are_replaced(
    lang: str, source: str, right: str, engines: dict[str, Engine], indexes: dict[str, TermIndex]
) -> None:
    (found,) = made(source, lang, engines, indexes).sentences
    assert found.text == right
    assert found.reasons == ()
    assert {term.way for term in found.terms} <= {"machine", "chosen", "put-in", "mark"}


def own(row: str, lang: str) -> TermIndex:
    return build_index(parse_glossary(f"id,en,pos,{lang}\n{row}\n"), lang)


def test_a_desk_has_its_own_words(engines: dict[str, Engine]) -> None:
    index = own("tank,tank,noun,тяжёлая бронированная машина", "ru")
    (found,) = draft(
        document("Ukraine received 5 tanks.", "en"), "ru", engines["ru"], index, domain="military"
    ).sentences
    assert found.text == "Украина получила 5 тяжёлых бронированных машин."
    assert [term.way for term in found.terms] == ["mark"]


def test_a_term_that_cannot_be_kept_is_said(indexes: dict[str, TermIndex]) -> None:
    (found,) = draft(
        document("They used a loitering munition.", "en"),
        "uk",
        Parrot("Вони були там."),
        indexes["uk"],
        domain="military",
    ).sentences
    assert found.text == "Вони були там."
    assert [term.way for term in found.terms] == ["none"]
    assert "term-missing" in [reason.name for reason in found.reasons]


class Parrot(Engine):
    """An engine that says the same to everything."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        from pathlib import Path

        from glossary.drafting.packages import Package

        self.package = Package("en", "uk", "0", Path())

    def translate(self, sentences, *arguments, **options):  # type: ignore[no-untyped-def]
        return [tuple(Hypothesis(text, -0.1 * n) for n, text in enumerate(self.texts)) for _ in sentences]


@pytest.mark.parametrize(
    ("texts", "chosen", "reasons"),
    [
        (["Они сбили 75 дронов.", "Они сбили 57 дронов."], "Они сбили 57 дронов.", []),
        (["Они сбили дрон дрон дрон 57.", "Они сбили 57 дронов."], "Они сбили 57 дронов.", []),
        (["", "Они сбили 57 дронов."], "Они сбили 57 дронов.", []),
        ([""], "", ["empty"]),
        ([], "", ["empty"]),
        (["Они они они они сбили 57 дронов."], "Они они они они сбили 57 дронов.", ["loop"]),
    ],
)
def test_a_worse_rendering_is_passed_over(
    texts: list[str], chosen: str, reasons: list[str], indexes: dict[str, TermIndex]
) -> None:
    (found,) = draft(document("They shot down 57 drones.", "en"), "ru", Parrot(*texts), indexes["ru"]).sentences
    assert found.text == chosen
    assert [reason.name for reason in found.reasons if not reason.name.startswith("term")] == reasons


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_a_quote_of_the_target_language_is_left_open(
    lang: str, engines: dict[str, Engine], indexes: dict[str, TermIndex]
) -> None:
    speaker, name, other = {
        "ru": ("Putin", "Путин", "Zelensky"),
        "uk": ("Zelensky", "Зеленський", "Putin"),
    }[lang]
    text = f"“We lost 60 tanks in Sumy,” {speaker} said on Friday. “We lost 60 tanks in Sumy,” {other} said on Friday."
    mine, theirs = made(text, lang, engines, indexes).sentences
    assert f"[[original wanted: We lost 60 tanks in Sumy | search: {speaker}" in mine.text
    assert mine.text.endswith(
        {"ru": f"]]», — сообщил {name} в пятницу.", "uk": f"]]», – повідомив {name} у п'ятницю."}[lang]
    )
    assert [reason.name for reason in mine.reasons] == ["quote-open"]
    assert mine.quotes[0].span == Span(1, text.index(",”"))
    assert "60" in theirs.text
    assert "[[" not in theirs.text


def test_sentences_inside_an_open_quote_are_not_translated(
    engines: dict[str, Engine], indexes: dict[str, TermIndex]
) -> None:
    text = "Putin said on Friday: “We lost 60 tanks. Nobody was hurt in Odesa. We are holding the line.”"
    found = made(text, "ru", engines, indexes)
    middle = found.sentences[1]
    assert (middle.origin, middle.text) == ("open", middle.quotes[0].placeholder(text) + ".") or (
        middle.text == middle.quotes[0].placeholder(text)
    )
    assert "Одесс" not in as_text(found)
    assert all("quote-open" in [reason.name for reason in one.reasons] for one in found.sentences)


def test_a_lost_place_is_not_papered_over(indexes: dict[str, TermIndex]) -> None:
    text = "“We lost 60 tanks in Sumy,” Putin said on Friday."
    (found,) = draft(document(text, "en"), "ru", Parrot("Мы потеряли 60 танков."), indexes["ru"]).sentences
    assert found.origin == "open"
    assert found.text.startswith("[[original wanted: We lost 60 tanks in Sumy")
    assert [reason.name for reason in found.reasons] == ["quote-open", "quote-lost"]


def test_open_quotes_are_parts_of_sentences() -> None:
    text = "“We left,” Putin said. “They stayed.” Putin spoke in Moscow on Friday."
    read = document(text, "en")
    for number, quotes in open_quotes(read, "ru").items():
        for quote in quotes:
            assert read.sentences[number].span.contains(quote.span)


def test_memory_goes_before_the_machine(engines: dict[str, Engine], indexes: dict[str, TermIndex]) -> None:
    known = {
        "Nobody was hurt in Odesa.": Recalled("В Одесі обійшлося без жертв.", 1.0),
        "Ukraine received 5 tanks.": Recalled(
            "Україна отримала 7 танків.", 0.75, "Ukraine received 7 tanks.", (Span(17, 18),), (Span(17, 18),)
        ),
    }
    read = document(TEXT, "en")
    found = draft(read, "uk", engines["uk"], indexes["uk"], remembered=known.get)
    assert [one.origin for one in found.sentences] == ["machine", "memory", "memory", "copy", "machine"]
    assert found.sentences[1].reasons == ()
    assert [reason.message for reason in found.sentences[2].reasons] == [
        "from a similar sentence translated before: 75 %; here: 5; there: 7"
    ]
    alone = draft(read, "uk", None, indexes["uk"], remembered=known.get)
    assert [one.origin for one in alone.sentences] == ["open", "memory", "memory", "copy", "open"]
    assert "[[untranslated: The 24th Brigade captured 15 howitzers.]]" in as_text(alone)
    assert as_text(alone).splitlines()[0] == (
        "[[draft en→uk, not confirmed; 5 sentences: 1 from memory, 1 like one in memory, 2 open, 3 to look at]]"
    )
    assert "[[draft: memory 75 %; here: 5; there: 7]] Україна отримала 7 танків." in as_text(alone)
    assert "[[draft: memory]] В Одесі обійшлося без жертв." in as_text(alone)


def test_a_sentence_that_is_only_alike_has_another_quote(indexes: dict[str, TermIndex]) -> None:
    read = document("“We lost 60 tanks in Sumy,” Putin said on Friday.", "en")

    def drafted_with(likeness: float) -> DraftSentence:
        recalled = Recalled("«Мы потеряли 50 танков», — сказал Путин.", likeness)
        return draft(read, "ru", None, indexes["ru"], remembered=lambda sentence: recalled).sentences[0]

    same, alike = drafted_with(1.0), drafted_with(0.9)
    assert (same.origin, [reason.name for reason in same.reasons]) == ("memory", ["quote-recalled"])
    assert (alike.origin, alike.text) == ("open", "")
    assert "[[original wanted: We lost 60 tanks in Sumy | search: Putin" in as_text(Draft(read, "ru", "", (alike,)))


def test_a_rendering_of_two_sentences_has_two_marks(indexes: dict[str, TermIndex]) -> None:
    found = draft(
        document("Nobody was hurt.", "en"),
        "ru",
        None,
        indexes["ru"],
        remembered=lambda sentence: Recalled("Никто не пострадал. Обошлось.", 1.0),
    )
    assert as_text(found).endswith("[[draft: memory]] Никто не пострадал. [[draft: memory]] Обошлось.\n")


def test_what_is_not_english_is_left_as_it_is(engines: dict[str, Engine], indexes: dict[str, TermIndex]) -> None:
    text = f"{TEXT}\n«Мы держим оборону и никуда не уйдём», — сказал он журналистам.\n"
    found = made(text, "uk", engines, indexes).sentences[-1]
    assert (found.text, found.origin) == (text.splitlines()[-1], "copy")
    assert [reason.name for reason in found.reasons] == ["language"]


def test_only_the_sentences_asked_for(engines: dict[str, Engine], indexes: dict[str, TermIndex]) -> None:
    read = document(TEXT, "en")
    found = list(drafted(read, "uk", engines["uk"], indexes["uk"], numbers=[4, 1]))
    assert [(one.number, one.text) for one in found] == [
        (4, "24-та бригада захопила 15 гаубиць."),
        (1, "В Одесі ніхто не постраждав."),
    ]
    assert list(drafted(read, "uk", engines["uk"], indexes["uk"], numbers=[])) == []


def test_drafting_stops_when_told(engines: dict[str, Engine], indexes: dict[str, TermIndex]) -> None:
    stop = threading.Event()
    read = document("Ukraine received 5 tanks. " * 200, "en")
    drafts = drafted(read, "ru", engines["ru"], indexes["ru"], cancelled=stop.is_set)
    done = list(islice(drafts, 20))
    stop.set()
    done += islice(drafts, 12)  # of the batch that is there already
    with pytest.raises(CancelledError):
        next(drafts)
    assert [one.number for one in done] == list(range(32))


@pytest.mark.parametrize(
    "text", ["x", "😀", "\0\x1b[2J\u202e \ud800", "“" * 50, "a" * 12_000, "X17Y X27Y friendly fire", "…\n\n…"]
)
def test_any_text_can_be_drafted(text: str, engines: dict[str, Engine], indexes: dict[str, TermIndex]) -> None:
    found = made(text, "ru", engines, indexes)
    assert [one.number for one in found.sentences] == list(range(len(found.source.sentences)))
    ElementTree.fromstring(as_xliff(found).encode("utf-8"))
    ElementTree.fromstring(as_tmx(found).encode("utf-8"))
    assert not set(as_html(found)) & set("\0\x1b\u202e\ud800")
    record = json.loads(as_json(found))
    assert len(record["sentences"]) == len(found.sentences)
    as_text(found).encode("utf-8", "backslashreplace")


def test_every_output_says_that_it_is_a_draft(engines: dict[str, Engine], indexes: dict[str, TermIndex]) -> None:
    found = made(
        "“We lost 60 tanks in Sumy,” Putin said on Friday. Ukraine received 5 tanks & <drones>.", "ru", engines, indexes
    )
    record = json.loads(as_json(found))
    assert (record["draft"], record["confirmed"], record["engine"]) == (True, False, "Argos en→ru 1.0")
    assert record["sentences"][0]["reasons"][0]["reason"] == "quote-open"
    assert record["sentences"][0]["quotes"][0]["search"]
    root = ElementTree.fromstring(as_xliff(found).encode("utf-8"))
    space = "{urn:oasis:names:tc:xliff:document:1.2}"
    units = list(root.iter(f"{space}trans-unit"))
    assert [unit.get("approved") for unit in units] == ["no", "no"]
    assert {unit.find(f"{space}target").get("state") for unit in units} == {"needs-review-translation"}  # type: ignore[union-attr]
    assert units[1].findtext(f"{space}source") == "Ukraine received 5 tanks & <drones>."
    assert "not confirmed" in as_text(found).splitlines()[0]
    assert as_text(found).count("[[draft: machine]]") == 2
    tmx = ElementTree.fromstring(as_tmx(found).encode("utf-8"))
    assert [[one.text for one in unit.iter("prop")] for unit in tmx.iter("tu")] == [["draft", "machine"]] * 2
    page = as_html(found)
    assert page.count("draft: machine") == 2
    assert "&amp; &lt;drones&gt;" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("lang", "text", "term", "plural", "first"),
    [
        ("ru", "25 солдат погибли от X17Y возле Херсона.", "огонь по своим", False, "огня по своим"),
        ("ru", "Они сбили 25 X17Y.", "крылатая ракета", True, "крылатых ракет"),
        ("ru", "Пришли к 25 X17Y.", "крылатая ракета", True, "крылатым ракетам"),
        ("ru", "Сбили 21 X17Y.", "крылатая ракета", True, "крылатая ракета"),
        ("ru", "Они сбили 23 X17Y.", "барражирующий боеприпас", True, "барражирующих боеприпаса"),
        ("ru", "Они сбили 113 X17Y.", "барражирующий боеприпас", True, "барражирующих боеприпасов"),
        ("ru", "X17Y взорвался.", "барражирующий боеприпас", False, "Барражирующий боеприпас"),
        ("ru", "Бои шли в X17Y.", "серая зона", False, "серой зоне"),
        ("ru", "Удар нанесли по X17Y.", "командный пункт", True, "командным пунктам"),
        ("uk", "Вони збили 23 X17Y.", "баражувальний боєприпас", True, "баражувальні боєприпаси"),
        ("uk", "Вони збили 25 X17Y.", "баражувальний боєприпас", True, "баражувальних боєприпасів"),
        ("uk", "Загинули від X17Y.", "вогонь по своїх", False, "вогню по своїх"),
        ("uk", "Бої йшли у X17Y.", "сіра зона", False, "сірій зоні"),
    ],
)
def test_a_term_takes_the_form_of_its_place(lang: str, text: str, term: str, plural: bool, first: str) -> None:
    one = keeping.Wanted(None, Span(0, 0), plural, Rendering(term, lang, "preferred"))  # type: ignore[arg-type]
    assert keeping.forms(one, text, text.index("X17Y"), lang)[0] == first


def test_marks_come_back_once_each_or_not_at_all() -> None:
    fillings = {"X17Y": lambda text, start: "а", "X27Y": lambda text, start: "б"}
    assert keeping.restored("X27Y и X17Y", fillings, "ru") == "б и а"
    for broken in ("X17Y", "X17Y X17Y X27Y", "X17Y X72Y", "нет", "X17Y X27Y X37Y"):
        assert keeping.restored(broken, fillings, "ru") is None
    assert keeping.restored("Речь о X17Y.", {"X17Y": lambda text, at: "огне"}, "ru") == "Речь об огне."
    made, names = keeping.marked("X17Y hit it and it", 5, [Span(14, 16), Span(21, 23)])
    assert made == f"X17Y hit {names[0]} and {names[1]}"
    assert "X17Y" not in names


def test_a_sentence_may_have_more_terms_than_there_are_marks(indexes: dict[str, TermIndex]) -> None:
    places = [Span(n, n + 1) for n in range(120)]
    made, names = keeping.marked("и" * 120, 0, places)
    assert len(set(names[:90])) == 90
    assert set(names[90:]) == {""}
    assert made == "".join(names) + "и" * 30
    text = "They used " + ", ".join(["a loitering munition"] * 12) + "."
    (found,) = draft(document(text, "en"), "uk", Parrot("Так."), indexes["uk"], domain="military").sentences
    assert len(found.terms) == 12
    assert [reason.name for reason in found.reasons].count("term-missing") == 1
