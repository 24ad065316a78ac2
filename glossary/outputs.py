"""The output formats by name. Loaded where a report is written: a screen and an editor need none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.examination import Examined
from glossary.formats import bitext, github, html, junit, record, sarif, spread, statistics, table, text, tsv
from glossary.formats.record import Record, one_line
from glossary.formats.statistics import Statistics
from glossary.report import Summary, Unreadable

if TYPE_CHECKING:
    from glossary.service import Settings


@dataclass(frozen=True, slots=True)
class Format:
    """An output format: what stands before, for each pair, for an unreadable pair, between two pairs that have any
    text, and after the pairs. With `summed` the texts of pairs are only counts, and that makes the report of them."""

    pair: Callable[[Examined, "Settings"], str]
    unreadable: Callable[[Unreadable, "Settings"], str]
    begin: Callable[[], str] = lambda: ""
    between: str = ""
    end: Callable[[Summary, str, "Settings"], str] = lambda total, mark, settings: ""
    summed: Callable[[Statistics], str] | None = None


def _record(examined: Examined, settings: "Settings") -> Record:
    makers = {"check": record.full, "align": record.alignment_only, "quotes": record.quotes_only}
    return makers[settings.task](examined)


def _text(examined: Examined, settings: "Settings") -> str:
    makers = {"check": text.pair_report, "align": text.alignment_report, "quotes": text.quotes_report}
    return makers[settings.task](examined, settings.colour)


FORMATS = {
    "text": Format(
        _text,
        lambda failure, settings: text.unreadable_report(failure, settings.colour),
        between="\n",
        end=lambda total, mark, settings: text.summary_report(total, mark, settings.colour, settings.task != "align"),
    ),
    "jsonl": Format(
        lambda examined, settings: one_line(_record(examined, settings)) + "\n",
        lambda failure, settings: one_line(record.unreadable(failure)) + "\n",
        end=lambda total, mark, settings: one_line(record.summary(total, mark)) + "\n",
    ),
    "json": Format(
        lambda examined, settings: one_line(_record(examined, settings)),
        lambda failure, settings: one_line(record.unreadable(failure)),
        begin=lambda: '{"schema": 1, "pairs": [\n',
        between=",\n",
        end=lambda total, mark, settings: f'\n], "summary": {one_line(record.summary(total, mark)["summary"])}}}\n',
    ),
    "html": Format(
        lambda examined, settings: spread.pair_section(examined),
        lambda failure, settings: spread.unreadable_section(failure),
        begin=lambda: html.head("Tolmach report"),
        end=lambda total, mark, settings: html.foot(total, mark),
    ),
    "sarif": Format(
        lambda examined, settings: sarif.results(examined),
        lambda failure, settings: sarif.unreadable(failure),
        begin=sarif.begin,
        between=sarif.BETWEEN,
        end=lambda total, mark, settings: sarif.end(total, mark),
    ),
    "junit": Format(
        lambda examined, settings: junit.suite(examined, settings.selection, settings.fail_on),
        lambda failure, settings: junit.unreadable(failure),
        begin=junit.begin,
        end=lambda total, mark, settings: junit.end(),
    ),
    "github": Format(
        lambda examined, settings: github.annotations(examined),
        lambda failure, settings: github.unreadable(failure),
        end=lambda total, mark, settings: github.end(total),
    ),
    "csv": Format(
        lambda examined, settings: table.findings(examined),
        lambda failure, settings: table.unreadable(failure),
        begin=table.begin,
    ),
    **{
        f"statistics-{name}": Format(
            lambda examined, settings: statistics.line(examined), lambda failure, settings: "", summed=form
        )
        for name, form in statistics.FORMS.items()
    },
    "tsv": Format(
        lambda examined, settings: tsv.alignment_rows(examined),
        lambda failure, settings: "",
        begin=lambda: tsv.HEADER,
    ),
    "tmx": Format(
        lambda examined, settings: bitext.tmx_units(examined),
        lambda failure, settings: "",
        begin=bitext.tmx_begin,
        end=lambda total, mark, settings: bitext.tmx_end(),
    ),
    "xliff": Format(
        lambda examined, settings: bitext.xliff_file(examined),
        lambda failure, settings: "",
        begin=bitext.xliff_begin,
        end=lambda total, mark, settings: bitext.xliff_end(),
    ),
}
