"""The HTML report as a reader meets it: in Chromium, at phone and desk width, light and dark, on paper."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from glossary.cli import main
from glossary.data import FOLDER

pytestmark = pytest.mark.e2e
HOSTILE = "<script>document.title='owned'</script><img src=http://x.example/> [/] \x1b]0;owned\x07 \u202eabc </div> ]]>"


def report(folder: Path, *options: str) -> Path:
    """The HTML report of the pairs in a folder."""
    path = folder / "report.html"
    code = main(["check", str(folder), "--format", f"html={path}", "--fail-on", "never", *options])
    assert code == 0
    return path


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the demo: one article, two renderings."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(FOLDER / "demo", folder, dirs_exist_ok=True)
    return report(folder)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of five short dated pairs, of which the third has most errors."""
    folder = tmp_path_factory.mktemp("archive")
    for number in range(5):
        wrong = number == 2
        name = folder / f"2023-0{number + 1}-17-bridge"
        english = "Russia fired 57 missiles overnight. The commander said 12 tanks burned near Kharkiv.\n"
        russian = "За ночь Россия выпустила 57 ракет. Командир сказал, что под Харьковом сгорели 12 танков.\n"
        if wrong:
            russian = russian.replace("57", "75").replace("12", "21")
        name.with_name(f"{name.name}.en.txt").write_text(english, encoding="utf-8")
        name.with_name(f"{name.name}.ru.txt").write_text(russian, encoding="utf-8")
    return report(folder)


def overflowing(page: Any) -> list[str]:
    """Elements that stick out of the window on the right."""
    return page.value(
        "[...document.querySelectorAll('body *')].filter(e => !(e instanceof SVGElement) && e.checkVisibility()"
        " && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"
    )


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_any_width(page: Any, demo: Path, width: int, dark: bool) -> None:
    page.open(demo, width, dark=dark)
    assert page.value("document.documentElement.scrollWidth") <= width
    assert overflowing(page) == []
    left, right = (
        page.value(f"document.querySelector('.bead .{side}').getBoundingClientRect().x")
        for side in ("source", "target")
    )
    assert (right > left + 100) is (width > 640)


def test_it_asks_for_nothing_and_logs_nothing(page: Any, demo: Path) -> None:
    page.open(demo)
    assert page.requested == [demo.as_uri()]
    assert page.logged == []
    assert page.value("document.scripts.length") == 0


def test_the_summary_stands_on_top(page: Any, demo: Path) -> None:
    page.open(demo)
    tops = [
        page.value(f"document.querySelector('{name}').getBoundingClientRect().y") for name in ("h1", "nav", ".pair")
    ]
    assert tops == sorted(tops)
    text = demo.read_text(encoding="utf-8")
    assert text.index("<details class='pair") < text.index("<h1>")


def test_few_pairs_lie_open_and_many_are_folded(page: Any, demo: Path, archive: Path) -> None:
    page.open(demo)
    assert page.visible(".bead") == page.value("document.querySelectorAll('.bead').length") > 50
    page.open(archive)
    assert page.visible(".bead") == 0
    page.click(".pair:nth-of-type(3) summary")
    assert page.visible(".bead") == 2


@pytest.mark.parametrize("severity", ["error", "warning", "info"])
def test_severities_hide_and_show(page: Any, demo: Path, severity: str) -> None:
    page.open(demo)
    all_notes, these = page.visible(".note"), page.visible(f".note.{severity}")
    assert these
    page.click(f"[for=s-{severity}]")
    assert page.visible(f".note.{severity}") == 0
    assert page.visible(".note") == all_notes - these
    page.click(f"[for=s-{severity}]")
    assert page.visible(".note") == all_notes


def test_only_sentences_with_findings(page: Any, demo: Path) -> None:
    page.open(demo)
    page.click("[for=only]")
    assert page.visible(".bead") == page.value("document.querySelectorAll('.bead:has(.note)').length")
    for severity in ("warning", "info"):
        page.click(f"[for=s-{severity}]")
    assert page.visible(".bead") == page.value("document.querySelectorAll('.bead:has(.note.error)').length")
    page.click("[for=s-error]")
    assert page.visible(".bead") == 0


def test_one_rule_alone(page: Any, archive: Path) -> None:
    page.open(archive)
    page.click("[for=r-F101]")
    assert page.visible(".pair") == 1
    assert page.visible(".bead") == page.visible(".note") == 2
    assert page.value("getComputedStyle(document.querySelector('.c-F101')).display") != "none"
    page.click("[for=r-all]")
    assert page.visible(".pair") == 5


def test_most_findings_first(page: Any, archive: Path) -> None:
    page.open(archive)
    page.click("[for=most]")
    tops = page.value("[...document.querySelectorAll('.pair')].map(e => e.getBoundingClientRect().y)")
    assert tops.index(min(tops)) == 2


def test_plots(page: Any, demo: Path, archive: Path) -> None:
    page.open(archive)
    by_rule = page.value("[...document.querySelectorAll('.rules .n')].map(e => Number(e.textContent))")
    severities = page.value("[...document.querySelectorAll('.figures b')].map(e => Number(e.textContent))")
    assert sum(by_rule) == sum(severities) > 0
    titles = page.value("[...document.querySelectorAll('.plot title')].map(e => e.textContent)")
    assert any(title.startswith("2023-03: 1 pairs, 2 error") for title in titles)
    page.open(demo)
    assert page.value("document.querySelectorAll('.plot').length") == 1  # no dates, nothing over time


def test_chains_are_drawn(page: Any, demo: Path) -> None:
    page.open(demo)
    drawn = page.value(
        "[...document.querySelectorAll('.chain ol')]"
        ".map(chain => [...chain.children].map(stop => [stop.className, ...stop.innerText.split('\\n')]))"
    )
    assert [
        ["", "ru", "Soldier, Aleksei", "intercept"],
        ["turn", "ru", "Main Directorate of Intelligence", "publisher"],
        ["", "en", "Kyiv Courier", "outlet"],
        ["turn", "en", "this article", "source"],
        ["", "ru", "this rendering", "target"],
    ] in drawn


def test_marks_and_notes_have_the_same_numbers(page: Any, demo: Path) -> None:
    page.open(demo)
    marked = page.value("[...document.querySelectorAll('mark.error')].map(e => e.textContent)")
    assert {"100,000", "10 000"} <= set(marked)
    marks = "[...document.querySelectorAll('.bead')].map(b => [...b.querySelectorAll('p sup')].map(e => e.textContent))"
    notes = marks.replace("p sup", ".note sup")
    for in_text, beside in zip(page.value(marks), page.value(notes), strict=True):
        assert set(in_text) <= set(beside)
        assert beside == [str(number) for number in range(1, len(beside) + 1)]
    assert sum(map(len, page.value(marks))) > 5


def test_the_keyboard_reaches_every_filter(page: Any, archive: Path) -> None:
    page.open(archive)
    reached = []
    for _ in range(8):
        page.press("Tab")
        reached.append(page.value("document.activeElement.id || document.activeElement.tagName"))
    assert reached[:7] == ["s-error", "s-warning", "s-info", "only", "marks", "most", "r-all"]
    page.value("document.getElementById('s-error').focus()")
    page.press(" ")
    assert page.value("document.getElementById('s-error').checked") is False
    assert page.value("getComputedStyle(document.querySelector('[for=s-error]')).outlineStyle") == "solid"


def test_text_of_others_is_inert(page: Any, tmp_path: Path) -> None:
    english = f"“{HOSTILE} we are holding,” the commander said. Russia fired 57 missiles. {HOSTILE}\n"
    russian = f"«{HOSTILE} мы держимся», — сказал командир. Россия выпустила 75 ракет. {HOSTILE}\n"
    (tmp_path / "<b>x&amp;.en.txt").write_text(english, encoding="utf-8")
    (tmp_path / "<b>x&amp;.ru.txt").write_text(russian, encoding="utf-8")
    page.open(report(tmp_path))
    assert page.value("document.title") == "Tolmach report"
    assert page.value("document.querySelectorAll('script, img, .bead b b, h2 b').length") == 0
    assert page.requested == [(tmp_path / "report.html").as_uri()]
    assert page.logged == []
    said = page.value("document.querySelector('.bead').textContent")
    assert "<script>document.title='owned'</script>" in said
    assert "⇄" in said
    assert not {"\x1b", "\x07", "\u202e"} & set((tmp_path / "report.html").read_text(encoding="utf-8"))


CONTRAST = """
(() => {
  const linear = v => v / 255 <= .03928 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = c.map(linear); return .2126 * r + .7152 * g + .0722 * b };
  const rgb = s => s.match(/[\\d.]+/g).map(Number);
  const found = {};
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    let back = e; while (back && rgb(getComputedStyle(back).backgroundColor)[3] === 0) back = back.parentElement;
    const style = getComputedStyle(e);
    const ink = rgb(e instanceof SVGElement ? style.fill : style.color);
    const paper = rgb(back ? getComputedStyle(back).backgroundColor : getComputedStyle(document.body).backgroundColor);
    const [a, b] = [light(ink.slice(0, 3)), light(paper.slice(0, 3))].sort((x, y) => y - x);
    const name = e.tagName + '.' + e.getAttribute('class');
    found[name] = Math.min(found[name] ?? 99, (a + .05) / (b + .05));
  }
  return found;
})()
"""


@pytest.mark.parametrize("dark", [False, True])
def test_contrast(page: Any, demo: Path, dark: bool) -> None:
    page.open(demo, dark=dark)
    found = page.value(CONTRAST)
    assert len(found) > 10
    assert {name: ratio for name, ratio in found.items() if ratio < 4.5} == {}
    paper = page.value("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", paper)[:3])) < 300) is dark


def test_on_paper_everything_is_open_and_nothing_is_dark(page: Any, archive: Path) -> None:
    page.open(archive, dark=True)
    page.call("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    page.settle()
    assert page.visible(".bead") == 10
    assert page.visible(".filters") == 0
    assert page.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.call("Page.printToPDF")["data"]) > 10_000


def test_the_policy_forbids_everything_but_styles(demo: Path) -> None:
    text = demo.read_text(encoding="utf-8")
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in text
    assert not re.search(r"<(script|img|link|iframe|object|base|form)\b|\son\w+=|url\(|@import", text)


def test_an_alignment_alone_and_quotes_of_a_source_alone(page: Any, tmp_path: Path) -> None:
    source, target = (str(FOLDER / "demo" / f"intercept.{lang}.txt") for lang in ("en", "ru"))
    path = tmp_path / "beads.html"
    assert main(["align", source, target, "--format", f"html={path}"]) == 0
    page.open(path)
    assert page.visible(".bead") > 30
    assert page.visible(".filters") == 0


def test_json_and_page_agree(page: Any, demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(demo.parent), "--format", "json", "--fail-on", "never"])
    pairs = json.loads(capsys.readouterr().out)["pairs"]
    page.open(demo)
    assert page.value("document.querySelectorAll('.note').length") == sum(len(pair["findings"]) for pair in pairs)
