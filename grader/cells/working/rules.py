"""The rules by which one line of a worked solution follows from those above, and their words."""

from enum import StrEnum


class Rule(StrEnum):
    """Why a line of a worked solution holds; the value is what stands beside it.

    >>> print(Rule.TANH)
    tanh′ = 1 − tanh²
    """

    KNOWN = "known"
    ITSELF = "by itself"
    EQUATION = "the cell's equation"
    CHAIN = "chain rule"
    FIXED = "chain rule, gates held fixed"
    ROUTE = "chain rule along this one route"
    MEET = "where arrows meet, contributions add"
    SHARED = "one weight, many uses: they add"
    OUTER = "for each use, error times what the weight reads"
    PRODUCT = "product rule"
    LINEAR = "linear: what stands beside it"
    SIGMOID = "σ′ = σ(1 − σ)"
    TANH = "tanh′ = 1 − tanh²"
    EARLIER = "the same, one step earlier"
    PUT_IN = "put in"
    RECURRENCE = "put in the step before"
    COLLECT = "multiply out and collect"
    NO_ROUTE = "no route leads there"

    @property
    def latex(self) -> str:
        r"""The same for mathematics mode.

        >>> print(Rule.SIGMOID.latex, Rule.PUT_IN.latex)
        \sigma' = \sigma(1 - \sigma) \text{put in}
        """
        match self:
            case Rule.SIGMOID:
                return r"\sigma' = \sigma(1 - \sigma)"
            case Rule.TANH:
                return r"\tanh' = 1 - \tanh^2"
            case _:
                return rf"\text{{{self}}}"
