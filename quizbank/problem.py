"""Something an author must mend: a value with a place, never an exception."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault in a bank file, where it stands, and the rule that found it.

    >>> print(Problem("rnn.yaml", 12, "no-source", "question 'x' cites no source"))
    rnn.yaml:12: no-source: question 'x' cites no source
    """

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"
