"""Records as CSV that no spreadsheet will run."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(cell: str) -> str:
    """A cell that spreadsheets and terminals show instead of running it; numbers stay numbers.

    >>> harmless("=HYPERLINK(A1)"), harmless("-5"), harmless("- 5")
    ("'=HYPERLINK(A1)", '-5', "'- 5")

    Source: OWASP, CSV injection, https://owasp.org/www-community/attacks/CSV_Injection
    """
    cell = _CONTROL.sub(lambda found: _picture(found[0]), cell)
    risky = cell.lstrip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in ("\t", "\r", "\n")
    return f"'{cell}" if risky and cell and not _NUMBER.fullmatch(cell) else cell


def _picture(control: str) -> str:
    """The sign for a control character; what has none is replaced.

    >>> _picture("\x1b"), _picture("\x9b")
    ('␛', '�')
    """
    return chr(0x2400 + ord(control)) if control < " " else "�"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A whole CSV table (RFC 4180, but with plain line ends) with harmless cells.

    >>> print(csv_text(["answer"], [["@SUM(1)"], ["a,b"]]), end="")
    answer
    '@SUM(1)
    "a,b"
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue()
