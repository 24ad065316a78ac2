"""Saved web pages (.html): the article without menus, adverts and comments. Needs the extra `html` (trafilatura)."""

from glossary.errors import CapabilityError, InputError

SUFFIXES = (".html", ".htm")


def page_text(content: bytes, name: str) -> str:
    """The article of a page, headline first, one paragraph a block.

    What is article and what is not is trafilatura's judgement (Barbaresi 2021); nothing is fetched. Raises
    CapabilityError without trafilatura, InputError if there is no article in the page.
    """
    try:
        import trafilatura
        from lxml import etree, html
    except ImportError:
        raise CapabilityError(
            "reading web pages needs trafilatura",
            name,
            "python -m pip install 'tolmach[html]', or save the page as text",
        ) from None
    found = trafilatura.extract(content, include_comments=False, include_formatting=False, deduplicate=False)
    if not found or not found.strip():
        raise InputError("no article was found in the page", name, "copy the article's text into a .txt file")
    try:
        headings = [" ".join(h.text_content().split()) for h in html.fromstring(content).iter("h1")]
    except (etree.ParserError, ValueError):
        headings = []
    body = "\n\n".join(line for line in found.splitlines() if line.strip())
    headline = headings[0] if len(headings) == 1 else ""
    return body if not headline or headline in body[: 2 * len(headline) + 200] else f"{headline}\n\n{body}"
