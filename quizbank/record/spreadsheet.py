"""Records as CSV that no spreadsheet will run."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows instead of running it; numbers stay numbers.

    >>> harmless("=HYPERLINK(A1)"), harmless("-5"), harmless("- 5")
    ("'=HYPERLINK(A1)", '-5', "'- 5")

    Source: OWASP, CSV injection, https://owasp.org/www-community/attacks/CSV_Injection
    """
    risky = cell.lstrip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in ("\t", "\r", "\n")
    return f"'{cell}" if risky and cell and not _NUMBER.fullmatch(cell) else cell


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A whole CSV table (RFC 4180, but with plain line ends) with harmless cells.

    >>> csv_text(["answer"], [["@SUM(1)"], ["a,b"]])
    "answer\\n'@SUM(1)\\n\\"a,b\\"\\n"
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue()
