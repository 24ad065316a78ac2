"""Findings of the alignment room, in words a translator can act on."""

from collections.abc import Callable

import pytest

from glossary.alignment import Pin, align, findings, unrelated
from glossary.alignment.boilerplate import boilerplate
from glossary.findings import Severity
from glossary.text.segment import document
from glossary.text.spans import Document

Cut = Callable[[Document, int], Document]

OTHER = """Сборная одержала победу в финале чемпионата

Футболисты забили два гола в первом тайме. Тренер похвалил вратаря и защитников.

Болельщики праздновали всю ночь на площади. Музыканты играли до утра.

Следующий матч состоится весной. Билеты поступят в продажу зимой. Стадион закроют на ремонт."""


def test_a_faithful_rendering_has_no_findings_of_weight(english: Document, russian: Document) -> None:
    assert [finding for finding in findings(align(english, russian)) if finding.weight > Severity.INFO] == []


def test_an_omission_is_one_warning_with_its_place(english: Document, russian: Document, without: Cut) -> None:
    found = [f for f in findings(align(english, without(russian, 5))) if f.rule == "untranslated"]
    assert len(found) == 1
    assert found[0].source is not None
    assert found[0].source.of(english.text) == english.sentence(5)
    assert found[0].weight is Severity.WARNING
    assert "no counterpart" in found[0].message


def test_neighbours_left_out_together_are_one_finding(english: Document, russian: Document) -> None:
    shorter = document("\n\n".join(russian.text.split("\n\n")[:2] + russian.text.split("\n\n")[3:]), "ru")
    found = [f for f in findings(align(english, shorter)) if f.rule == "untranslated"]
    assert [f.variant for f in found] == ["passage"]
    assert found[0].params["count"] == "3"


def test_boilerplate_is_told_apart(english: Document, ukrainian: Document) -> None:
    added = document(ukrainian.text + "\n\nЧитайте також: як це було", "uk")
    found = findings(align(english, added))
    assert [(f.rule, f.variant, f.weight) for f in found] == [("added", "boilerplate", Severity.INFO)]


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("Read the original article at example.org", "en"),
        ("Leave a comment", "en"),
        ("Photo: Oleksandr Koval", "en"),
        ("Share on Facebook", "en"),
        ("© 2026 The Example. All rights reserved.", "en"),
        ("Оставить комментарий", "ru"),
        ("Фото: пресс-служба", "ru"),
        ("Подписывайтесь на наш канал", "ru"),
        ("Залишити коментар", "uk"),
        ("Читайте також: нова атака", "uk"),
        ("Фото: пресслужба", "uk"),
    ],
)
def test_what_is_boilerplate(sentence: str, lang: str) -> None:
    assert boilerplate(sentence, lang)


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("Read the room, the general told his officers.", "en"),
        ("The photo shows a burned tank near the village.", "en"),
        ("Share prices fell on Monday.", "en"),
        ("Фотографии разрушенного моста появились в понедельник.", "ru"),
        ("Комментарий министерства последовал через час.", "ru"),
        ("Реклама вербовки заполнила город.", "ru"),
        ("Підписка про невиїзд була порушена.", "uk"),
    ],
)
def test_what_is_not(sentence: str, lang: str) -> None:
    assert boilerplate(sentence, lang) is None


def test_unrelated_texts_are_called_so(english: Document, russian: Document) -> None:
    assert unrelated(align(english, document(OTHER, "ru")))
    assert not unrelated(align(english, russian))


def test_a_rendering_of_a_third_is_not_unrelated(english: Document, russian: Document) -> None:
    """An adaptation may keep little; what it keeps is still a rendering."""
    assert not unrelated(align(english, document("\n\n".join(russian.text.split("\n\n")[:2]), "ru")))


def test_a_few_sentences_are_never_called_unrelated() -> None:
    assert not unrelated(align(document("Rain fell.", "en"), document("Играла музыка.", "ru")))
    assert not unrelated(align(document("", "en"), document("", "ru")))


def test_a_pinned_bead_is_not_doubtful(english: Document, russian: Document) -> None:
    wrong = Pin((english.sentences[3].span,), (russian.sentences[8].span,))
    found = findings(align(english, russian, [wrong]))
    assert not [f for f in found if f.rule == "doubtful-bead" and f.source == english.sentences[3].span]


def test_a_doubtful_bead_says_why_in_plain_words() -> None:
    source = document("The mayor of Kharkiv, Ivan Bondar, counted 57 shells.", "en")
    target = document("Было холодно, и дул сильный ветер с востока.", "ru")
    from dataclasses import replace

    from glossary.alignment import Alignment, Bead

    alignment = Alignment(source, target, (replace(Bead((0,), (0,), 0.3)),))
    found = findings(alignment)
    assert [f.variant for f in found] == ["bare"]
    assert "No number, name or term" in found[0].message
    assert {e.span.of(source.text) for e in found[0].evidence} >= {"57", "Kharkiv"}
    assert found[0].weight is Severity.WARNING
