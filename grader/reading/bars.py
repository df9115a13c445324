"""Which way each ``|`` faces."""

from grader.reading import tokens as t
from grader.reading.tokens import Token

_ENDS_AN_OPERAND = (t.NUMBER, t.NAME, t.CLOSE, t.TRANSPOSE)


def face_bars(tokens: list[Token]) -> None:
    """Settle for every ``|`` whether it opens or closes; in place.

    After an operand, a bar closes the innermost bar that is open within the same brackets.
    """
    open_bars = [0]
    for at, (_, kind, value) in enumerate(tokens):
        if kind == t.OPEN and value == "|":
            ended = at > 0 and tokens[at - 1][1] in _ENDS_AN_OPERAND
            if open_bars[-1] and ended:
                tokens[at] = t.CLOSING_BAR
                open_bars[-1] -= 1
            else:
                open_bars[-1] += 1
        elif kind == t.OPEN:
            open_bars.append(0)
        elif kind == t.CLOSE and len(open_bars) > 1:
            open_bars.pop()
