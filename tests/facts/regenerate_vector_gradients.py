"""Differentiate random cells of three units with PyTorch and write down what comes out.

Not part of the suite, because it needs the framework: `pip install torch`, then
`python tests/facts/regenerate_vector_gradients.py`. It writes `vector_gradients.json` beside it,
one instance per line, against which `tests/test_cells_vectors.py` holds the derived formulas.

Nothing of `grader` is imported here: the cells are written anew, with columns, and the plain ones
are compared with PyTorch's own first. Everything is in double precision. Lists run from step t, the
last one, backwards; the loss is the sum of ``a·h + q·h²/2`` over units and steps, so that
``s = a + q ⊙ h``. Row i and column j of a Jacobian hold the derivative of entry i by entry j.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, sigmoid, tanh

TABLE = Path(__file__).with_name("vector_gradients.json")
INSTANCES = 3
STEPS = 4
UNITS, INPUTS = 3, 2
FIGURES = 11  # of the 16 that double precision has; the last ones depend on the processor

Values = dict[str, Tensor]


@dataclass(frozen=True)
class Cell:
    """``step`` gives every quantity of a step; ``carry`` only the carried state, gates given."""

    layers: str
    more: str
    states: str
    step: Callable[[Values, Tensor, Values], Values]
    carry: Callable[[Values, Tensor], Tensor]

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        ends = [f"_{layer}" for layer in self.layers] or [""]
        across = {"W": (UNITS, INPUTS), "U": (UNITS, UNITS), "b": (UNITS,)}
        found = {letter + end: shape for end in ends for letter, shape in across.items()}
        return found | dict.fromkeys(self.more.split(), (UNITS,))


def layer(w: Values, end: str, x: Tensor, h: Tensor) -> Tensor:
    return w[f"W{end}"] @ x + w[f"U{end}"] @ h + w[f"b{end}"]


def rnn(w: Values, x: Tensor, before: Values) -> Values:
    z = layer(w, "", x, before["h"])
    return {"z": z, "h": tanh(z)}


def lstm(kind: str) -> Callable[[Values, Tensor, Values], Values]:
    def step(w: Values, x: Tensor, before: Values) -> Values:
        h, c = before["h"], before["c"]
        z = {one: layer(w, f"_{one}", x, h) for one in ("fog" if kind == "coupled" else "fiog")}
        if kind == "peephole":
            z["f"] = z["f"] + w["p_f"] * c
            z["i"] = z["i"] + w["p_i"] * c
        f, g = sigmoid(z["f"]), tanh(z["g"])
        gates = {"f": f, "g": g}
        if kind != "coupled":
            gates["i"] = sigmoid(z["i"])
        c = f * c + gates.get("i", 1 - f) * g
        if kind == "peephole":
            z["o"] = z["o"] + w["p_o"] * c
        o = sigmoid(z["o"])
        sums = {f"z_{one}": value for one, value in z.items()}
        return {**sums, **gates, "o": o, "c": c, "h": o * tanh(c)}

    return step


def gru(kind: str) -> Callable[[Values, Tensor, Values], Values]:
    def step(w: Values, x: Tensor, before: Values) -> Values:
        h = before["h"]
        z_z, z_r = layer(w, "_z", x, h), layer(w, "_r", x, h)
        z, r = sigmoid(z_z), sigmoid(z_r)
        if kind == "after":
            z_n = w["W_n"] @ x + w["b_n"] + r * (w["U_n"] @ h + w["b_{hn}"])
        else:
            z_n = layer(w, "_n", x, r * h)
        n = tanh(z_n)
        new = (1 - z) * h + z * n if kind == "replacing" else z * h + (1 - z) * n
        return {"z_z": z_z, "z_r": z_r, "z": z, "r": r, "z_n": z_n, "n": n, "h": new}

    return step


def keeps_cell(q: Values, c: Tensor) -> Tensor:
    return q["f"] * c + q["i"] * q["g"]


def couples(q: Values, c: Tensor) -> Tensor:
    return q["f"] * c + (1 - q["f"]) * q["g"]


def keeps_share(q: Values, h: Tensor) -> Tensor:
    return q["z"] * h + (1 - q["z"]) * q["n"]


def replaces(q: Values, h: Tensor) -> Tensor:
    return (1 - q["z"]) * h + q["z"] * q["n"]


CELLS = {
    "rnn": Cell("", "", "h", rnn, lambda q, h: q["h"]),
    "lstm": Cell("fiog", "", "ch", lstm("plain"), keeps_cell),
    "lstm-coupled": Cell("fog", "", "ch", lstm("coupled"), couples),
    "lstm-peephole": Cell("fiog", "p_f p_i p_o", "ch", lstm("peephole"), keeps_cell),
    "gru": Cell("zrn", "", "h", gru("before"), keeps_share),
    "gru-replacing": Cell("zrn", "", "h", gru("replacing"), replaces),
    "gru-reset-after": Cell("zrn", "b_{hn}", "h", gru("after"), keeps_share),
}


def slopes(of: Tensor, by: list[Tensor]) -> list[Tensor]:
    """The gradients of a number."""
    found = torch.autograd.grad(of, by, retain_graph=True, allow_unused=True)
    return [
        torch.zeros_like(one) if got is None else got for one, got in zip(by, found, strict=True)
    ]


def jacobians(of: Tensor, by: list[Tensor]) -> list[Tensor]:
    """Of one vector by several."""
    rows = [slopes(entry, by) for entry in of]
    return [torch.stack(columns) for columns in zip(*rows, strict=True)]


def drawn(source: torch.Generator, *shape: int) -> Tensor:
    """Numbers with four decimals, so that the table says exactly what was put in."""
    numbers = torch.randn(*shape, generator=source, dtype=torch.float64) * 0.8
    return torch.round(numbers, decimals=4)


def along_the_state(cell: Cell, steps: list[Values], lag: int) -> Tensor:
    """The Jacobian of the carried state by itself, with the gates of all steps held fixed."""
    carried = steps[lag][cell.states[0]].detach().requires_grad_()
    state = carried
    for values in reversed(steps[:lag]):
        state = cell.carry({name: one.detach() for name, one in values.items()}, state)
    if not state.requires_grad:
        return torch.zeros(UNITS, UNITS, dtype=torch.float64)
    return jacobians(state, [carried])[0]


def instance(name: str, cell: Cell, source: torch.Generator) -> dict[str, Any]:
    """Everything that is stored of one network: numbers in, derivatives out."""
    w = {one: drawn(source, *shape).requires_grad_() for one, shape in cell.shapes.items()}
    start = {one: drawn(source, UNITS) for one in cell.states}
    x = [drawn(source, INPUTS).requires_grad_() for _ in range(STEPS)]
    a, q = ([drawn(source, UNITS) for _ in range(STEPS)] for _ in range(2))
    steps, before = [], start
    for at in reversed(range(STEPS)):
        before = cell.step(w, x[at], before)
        steps.insert(0, before)
    outputs = [values["h"] for values in steps]
    loss = sum(((a[at] + q[at] * h / 2) * h).sum() for at, h in enumerate(outputs))
    assert isinstance(loss, Tensor)
    compared(name, w, x[0].detach(), steps)
    vectors = {one: value for one, value in w.items() if value.dim() == 1}
    return {
        "cell": name,
        "weights": w,
        "start": start,
        "x": x,
        "a": a,
        "q": q,
        "errors": {
            one: slopes(loss, by)
            for one, by in {"x": x, **{one: [v[one] for v in steps] for one in before}}.items()
        },
        "loss_by_weights": dict(zip(w, slopes(loss, list(w.values())), strict=True)),
        "output_by_vectors": dict(
            zip(vectors, jacobians(outputs[0], list(vectors.values())), strict=True)
        ),
        "output_by_inputs": jacobians(outputs[0], x),
        "states": {
            f"{of} {by}": jacobians(steps[0][of], [values[by] for values in steps])
            for of in cell.states
            for by in before
        },
        "along": [along_the_state(cell, steps, lag) for lag in range(1, STEPS)],
    }


def compared(name: str, w: Values, x: Tensor, steps: list[Values]) -> None:
    """Hold the last step against PyTorch's own cell, where it has one."""
    kinds: dict[str, tuple[type, str]] = {
        "rnn": (torch.nn.RNNCell, ""),
        "lstm": (torch.nn.LSTMCell, "ifgo"),
        "gru-reset-after": (torch.nn.GRUCell, "rzn"),
    }
    if name not in kinds:
        return
    kind, layers = kinds[name]
    own = kind(INPUTS, UNITS, dtype=torch.float64)
    ends = [f"_{one}" for one in layers] or [""]
    with torch.no_grad():
        own.weight_ih.copy_(torch.cat([w[f"W{end}"] for end in ends]))
        own.weight_hh.copy_(torch.cat([w[f"U{end}"] for end in ends]))
        own.bias_ih.copy_(torch.cat([w[f"b{end}"] for end in ends]))
        own.bias_hh.zero_()
        if name == "gru-reset-after":
            own.bias_hh[2 * UNITS :] = w["b_{hn}"]
        h, c = steps[1]["h"], steps[1].get("c")
        after = own(x, h) if c is None else own(x, (h, c))[0]
    torch.testing.assert_close(after, steps[0]["h"].detach(), rtol=1e-12, atol=1e-15)


def plain(stored: Any) -> Any:
    """Plain numbers in place of tensors."""
    match stored:
        case Tensor():
            return plain(stored.tolist())
        case dict():
            return {key: plain(one) for key, one in stored.items()}
        case list():
            return [plain(one) for one in stored]
        case float():
            return float(f"{stored:.{FIGURES}g}")
        case _:
            return stored


def rows() -> Iterator[str]:
    for name, cell in CELLS.items():
        source = torch.Generator().manual_seed(sum(map(ord, name)))
        for _ in range(INSTANCES):
            row = plain(instance(name, cell, source))
            yield json.dumps(row, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    TABLE.write_text("[\n" + ",\n".join(rows()) + "\n]\n", encoding="utf-8")
