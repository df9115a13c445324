"""Which slips are looked for; where two give the same tree, the one named first is told."""

from typing import Final

from grader.diagnosis import (
    functions,
    matrix_products,
    names,
    numerals,
    omissions,
    operators,
    signs,
)
from grader.diagnosis.edits import Family

_STRUCTURE: Final[tuple[Family, ...]] = (
    omissions.missing_bias,
    omissions.second_bias,
    functions.for_derivative,
    functions.rounding,
    omissions.omissions,
    operators.sum_for_product,
    operators.product_for_sum,
    operators.lost_bracket,
    operators.powers,
    operators.inverse,
    numerals.miscounted,
)

OF_A_KEY: Final[tuple[Family, ...]] = (
    *_STRUCTURE,
    operators.pair_added,
    operators.wide_bracket,
    signs.turned_term,
    functions.derivative_instead,
    functions.confused,
    signs.turned_whole,
    signs.complements,
    names.replaced,
    names.swapped,
    names.shifted_throughout,
    numerals.off_by_factor,
)
"""Slips that lead from a key in names to a wrong answer."""

OF_A_SHAPED_KEY: Final[tuple[Family, ...]] = (
    matrix_products.transposes,
    matrix_products.other_product,
    matrix_products.other_order,
    matrix_products.scaled_too_late,
    *(family for family in OF_A_KEY if family is not operators.pair_added),
)
"""Slips in a key of vectors and matrices; their factors cannot be added in any order."""

OF_AN_ANSWER: Final[tuple[Family, ...]] = (omissions.additions, functions.rounded_needlessly)
"""Slips to be undone in an answer: what it holds too much, the key cannot tell."""

OF_A_WORKING: Final[tuple[Family, ...]] = (
    *_STRUCTURE,
    signs.turned_later_term,
    numerals.exchanged,
    numerals.off_by_factor,
)
"""Slips in a formula of numbers: only those that people who count make, for numbers meet by chance.

A turned sign of the whole is seen without a search."""
