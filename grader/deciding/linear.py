"""Arithmetic of small matrices of residues."""

from operator import mul
from typing import TypeAlias

from grader.deciding.field import Field

Matrix: TypeAlias = list[list[int]]
"""Rows of residues."""


def times(left: Matrix, right: Matrix, modulus: int) -> Matrix:
    """The matrix product.

    >>> times([[1, 2]], [[3], [4]], 7)
    [[4]]
    """
    columns = turned(right)
    return [[sum(map(mul, row, column)) % modulus for column in columns] for row in left]


def turned(matrix: Matrix) -> Matrix:
    """The transpose."""
    return [list(column) for column in zip(*matrix, strict=True)]


def spread(matrix: Matrix, rows: int, columns: int) -> Matrix:
    """The matrix itself; of a number, one that has it in every entry."""
    if len(matrix) == rows and len(matrix[0]) == columns:
        return matrix
    return [matrix[0] * columns for _ in range(rows)]


def identity(size: int) -> Matrix:
    """Ones on the diagonal."""
    return [[int(i == j) for j in range(size)] for i in range(size)]


def diagonal(matrix: Matrix) -> Matrix:
    """The diagonal of a matrix, or the matrix with this diagonal.

    >>> diagonal([[1, 2], [3, 4]]), diagonal([[1], [4]])
    ([[1], [4]], [[1, 0], [0, 4]])
    """
    if len(matrix) > 1 and len(matrix[0]) > 1:
        return [[matrix[at][at]] for at in range(len(matrix))]
    entries = [entry for row in matrix for entry in row]
    places = range(len(entries))
    return [[entries[i] if i == j else 0 for j in places] for i in places]


def inverse(matrix: Matrix, field: Field, k: int) -> Matrix:
    """By Gaussian elimination; raises `NoInverse` for a matrix that has none.

    >>> from grader.deciding.towers import draw
    >>> inverse([[2, 1], [1, 1]], Field(draw(7), point=0), 0)[1][1]
    2
    """
    size, modulus = len(matrix), field.modulus(k)
    rows = [[*row, *unit] for row, unit in zip(matrix, identity(size), strict=True)]
    for at in range(size):
        lead = next((i for i in range(at, size) if rows[i][at]), at)
        rows[at], rows[lead] = rows[lead], rows[at]
        scale = field.inverse(rows[at][at], k)
        pivot = rows[at] = [entry * scale % modulus for entry in rows[at]]
        for i, row in enumerate(rows):
            if i != at and (share := row[at]):
                rows[i] = [(a - share * b) % modulus for a, b in zip(row, pivot, strict=True)]
    return [row[size:] for row in rows]
