"""When an article appeared, as a manifest or a name says it: YYYY-MM-DD or YYYY-MM."""

import re

_DATE = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?")
_IN_NAME = re.compile(
    r"""(?<!\d)(?P<year>(?:19|20)\d\d)
        (?: (?P<between>[-_./])(?P<month>0[1-9]|1[0-2]) (?:(?P=between)(?P<day>0[1-9]|[12]\d|3[01]))?
        |   (?P<joined>(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])) )(?!\d)""",
    re.VERBOSE,
)


def is_date(text: str) -> bool:
    """Whether a text is a date as we write it."""
    return _DATE.fullmatch(text) is not None


def date_in(name: str) -> str:
    """The date that a path or an id holds, YYYY-MM-DD or YYYY-MM; empty if there is none.

    >>> date_in("archive/2023-04/17-bridge.en.txt"), date_in("20230417_bridge"), date_in("bridge-155.en.txt")
    ('2023-04', '2023-04-17', '')
    """
    match = _IN_NAME.search(name)
    if match is None:
        return ""
    if match["joined"]:
        return f"{match['year']}-{match['joined'][:2]}-{match['joined'][2:]}"
    return "-".join(filter(None, (match["year"], match["month"], match["day"])))
