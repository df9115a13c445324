"""The one table of functions, constants, Greek letters and LaTeX spellings.

Tokens, printing, the translation to sympy and the help text are all read from here.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Function:
    """A function a learner may apply: canonical name, other spellings, LaTeX, how many arguments.

    ``most`` is None where any number of arguments from ``least`` on will do; ``primes`` tells
    whether ``f'`` has a meaning.

    >>> [function.name for function in FUNCTIONS if "sigmoid" in function.spellings]
    ['σ']
    """

    name: str
    latex: str
    meaning: str
    spellings: tuple[str, ...] = ()
    least: int = 1
    most: int | None = 1
    primes: bool = True


FUNCTIONS: Final = (
    Function("tanh", r"\tanh", "hyperbolic tangent", ("tgh",)),
    Function(
        "σ",
        r"\sigma",
        "logistic sigmoid 1/(1 + e^(-x))",
        ("sigmoid", "sigma", "logistic", "sigm", "expit", "logisticsigmoid"),
    ),
    Function("exp", r"\exp", "exponential e^x"),
    Function("log", r"\log", "natural logarithm", ("ln", "log_e")),
    Function("sqrt", r"\operatorname{sqrt}", "square root", ("√",)),
    Function("relu", r"\operatorname{relu}", "max(0, x)", ("ReLU",)),
    Function("sin", r"\sin", "sine"),
    Function("cos", r"\cos", "cosine"),
    Function("tan", r"\tan", "tangent"),
    Function("sinh", r"\sinh", "hyperbolic sine"),
    Function("cosh", r"\cosh", "hyperbolic cosine"),
    Function("sech", r"\operatorname{sech}", "1/cosh(x)"),
    Function("abs", r"\operatorname{abs}", "absolute value, also |x|", ("fabs",), primes=False),
    Function("floor", r"\operatorname{floor}", "rounded down, also ⌊x⌋", primes=False),
    Function("ceil", r"\operatorname{ceil}", "rounded up, also ⌈x⌉", ("ceiling",), primes=False),
    Function("max", r"\max", "the largest argument", ("maximum",), most=None, primes=False),
    Function("min", r"\min", "the smallest argument", ("minimum",), most=None, primes=False),
    Function("diag", r"\operatorname{diag}", "diagonal matrix of a vector", primes=False),
    Function("sum", r"\operatorname{sum}", "sum of the entries", primes=False),
    Function("prod", r"\operatorname{prod}", "product of the entries", primes=False),
)

BY_NAME: Final = {function.name: function for function in FUNCTIONS}

#: Every spelling of a function, without a backslash, to its canonical name.
FUNCTION_SPELLINGS: Final = {
    spelling: function.name
    for function in FUNCTIONS
    for spelling in (function.name, *function.spellings)
}

#: Logarithms to a fixed base, which are read as quotients of natural ones.
LOGARITHMS: Final = {"log2": 2, "log10": 10, "log_2": 2, "log_{2}": 2, "log_10": 10, "log_{10}": 10}

CONSTANTS: Final = {"e": "e", "pi": "π", "π": "π"}

GREEK: Final = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "partial": "∂", "nabla": "∇", "ell": "ℓ",
}  # fmt: skip

#: A Greek letter to the LaTeX command that prints it.
GREEK_LATEX: Final = {
    letter: f"\\{name}"
    for name, letter in reversed(GREEK.items())
    if not (name.startswith("var") or letter.isascii())
}

#: LaTeX accents, and the suffixes people type instead, to the combining mark.
ACCENTS: Final = {
    "tilde": "\u0303", "widetilde": "\u0303", "hat": "\u0302", "widehat": "\u0302",
    "bar": "\u0304", "overline": "\u0304", "dot": "\u0307", "vec": "\u20d7",
    "overrightarrow": "\u20d7", "overleftarrow": "\u20d6",
}  # fmt: skip

ACCENT_LATEX: Final = {
    "\u0303": r"\tilde", "\u0302": r"\hat", "\u0304": r"\bar", "\u0307": r"\dot",
    "\u20d7": r"\overrightarrow", "\u20d6": r"\overleftarrow",
}  # fmt: skip

#: LaTeX commands that only change the looks of what they enclose.
FONTS: Final = (
    "text", "textrm", "textit", "textbf", "mathrm", "mathbf", "mathit", "mathsf", "mathcal",
    "boldsymbol", "bm", "operatorname",
)  # fmt: skip

#: LaTeX commands that stand for an operator, a bracket or nothing, to their plain spelling.
COMMANDS: Final = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "odot": "⊙", "circ": "⊙", "le": "<",
    "lvert": "|", "rvert": "|", "vert": "|", "mid": "|", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "lbrace": "{", "rbrace": "}", "langle": "<", "rangle": ">",
    "left": "", "right": "", "bigl": "", "bigr": "", "Bigl": "", "Bigr": "", "big": "", "Big": "",
    "quad": "", "qquad": "", "displaystyle": "", "limits": "",
}  # fmt: skip

#: Letters that stand for the error in ``∂E/∂c_t``, the long spelling of ``δc_t``.
ERRORS: Final = ("E", "L", "J", "C")


def help_line() -> str:
    """The functions a learner may use, for a hint.

    >>> help_line().startswith("tanh (or tgh), σ (or sigmoid, sigma, ")
    True
    """
    return ", ".join(
        f"{one.name} (or {', '.join(one.spellings)})" if one.spellings else one.name
        for one in FUNCTIONS
    )
