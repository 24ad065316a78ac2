"""Saved web pages: the article is read, what stands around it is not."""

import subprocess
import sys

import pytest

from glossary.errors import CapabilityError, InputError
from glossary.files import pages
from glossary.files.documents import read_text

SENTENCES = (
    "Ukrainian drones struck an ammunition depot near the border on Monday night, the governor said.",
    "“Forget about the forest until spring,” he wrote on his Telegram channel. “Mushrooms are not worth a leg.”",
    "The General Staff in Kyiv said that its forces had also struck two command posts; nobody was hurt there.",
)
PAGE = (
    '<html><head><meta charset="utf-8"><title>Depot hit - The Meridian</title><script>track()</script></head><body>'
    '<nav><a href="/">Home</a> <a href="/war">War</a></nav><h1>Drones hit depot near border</h1><article>'
    + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    + '</article><div class="comments"><p>Nice</p></div><footer>Copyright The Meridian</footer></body></html>'
)


@pytest.fixture
def page(tmp_path):
    def written(content, name="a.html"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def test_the_article_and_its_headline(page):
    file = read_text(page(PAGE))
    assert file.text.split("\n\n") == ["Drones hit depot near border", *SENTENCES]
    assert file.kind == "page"


def test_the_declared_encoding_counts(page):
    russian = PAGE.replace(
        SENTENCES[0], "Украинские беспилотники поразили склад боеприпасов, сообщил губернатор области."
    )
    declared = russian.replace("utf-8", "windows-1251").encode("cp1251", "xmlcharrefreplace")
    assert "Украинские беспилотники поразили склад" in read_text(page(declared, "a.htm")).text


@pytest.mark.parametrize("content", ["<html></html>", "", "<" * 10_000, "\x00" * 50, "<div>" * 20_000])
def test_a_page_without_an_article_is_an_error(content, page):
    with pytest.raises(InputError):
        read_text(page(content))


def test_a_page_is_never_written(page):
    with pytest.raises(InputError, match="never written"):
        read_text(page(PAGE)).with_text("else", "a.html")


def test_without_the_extra_the_command_that_adds_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(CapabilityError) as caught:
        pages.page_text(PAGE.encode(), "a.html")
    assert "tolmach[html]" in caught.value.next_step


def test_nothing_heavy_is_imported_for_a_text():
    code = "import sys, glossary.files.documents; print({'trafilatura', 'lxml', 'zipfile'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "trafilatura" not in done.stdout
    assert "lxml" not in done.stdout
