"""A small question that is whole: authors change it line by line and never lose a green lint."""

import re
from string import Template
from typing import Final

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_QUESTION: Final = Template(
    """\
- id: $id
  title: Weights of one gate
  topics: [lstm, parameters]
  level: 2                              # 1 recall, 2 apply, 3 derive
  source: say where this comes from and how it was checked
  given: {m: 16, n: 32}                 # the numbers of seed 0
  draw:                                 # any other seed draws from here
    m: [4, 8, 16, 20]
    n: [12, 24, 32, 48]
  prompt: |
    One gate of an LSTM reads $${{m}}$$ input features and has $${{n}}$$ units:
    $$f_t = \\sigma(W_f x_t + U_f h_{t-1} + b_f)$$.
  number:
    key: "n*(m + n) + n"
    mistakes:
      - id: forgot-biases
        gives: "n*(m + n)"
        says: You left out the bias; each unit has one.
  hints:
    - How many columns has $$W_f$$, and how many has $$U_f$$?
  solution: |
    Each unit weighs {{m}} inputs and {{n}} units and adds one bias:
    $${{n}} \\cdot ({{m}} + {{n}}) + {{n}} = {{n*(m + n) + n}}$$.
  tests:
    - {answer: "1,568", expect: correct}
    - {answer: "1536", expect: forgot-biases}
    - {answer: "0", expect: incorrect}
"""
)


def starter(name: str) -> str:
    """The text of a bank file with one question; raises `ValueError` for an id no bank takes.

    >>> print(starter("gate-weights").splitlines()[0])
    - id: gate-weights
    >>> starter("Gate weights")
    Traceback (most recent call last):
        ...
    ValueError: 'Gate weights' is no id; write it like gate-weights: small letters, digits, hyphens
    """
    if not _ID.fullmatch(name):
        like = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "gate-weights"
        raise ValueError(f"{name!r} is no id; write it like {like}: small letters, digits, hyphens")
    return _QUESTION.substitute(id=name)
