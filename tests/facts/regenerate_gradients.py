"""Differentiate random one-unit cells with PyTorch and write down what comes out.

Not part of the suite, because it needs the framework: `pip install torch`, then
`python tests/facts/regenerate_gradients.py`. It writes `gradients.json` beside it, one instance per
line, against which `tests/test_cells.py` holds the derived formulas.

Nothing of `grader` is imported here: the cells are written anew, and the plain ones are compared
with PyTorch's own first. Everything is in double precision. Lists run from step t, the last one,
backwards; the loss is the sum of ``a*h + q*h^2/2`` over the steps, so that ``s = a + q*h``.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, sigmoid, tanh

TABLE = Path(__file__).with_name("gradients.json")
INSTANCES = 200
STEPS = 4
FIGURES = 10  # of the 16 that double precision has; the last ones depend on the processor

Values = dict[str, Tensor]


@dataclass(frozen=True)
class Cell:
    """``step`` gives every quantity of a step; ``carry`` only the carried state, gates given."""

    weights: str
    states: str
    step: Callable[[Values, Tensor, Values], Values]
    carry: Callable[[Values, Tensor], Tensor]


def layer(w: Values, name: str, x: Tensor, h: Tensor) -> Tensor:
    return w[f"w_{name}"] * x + w[f"u_{name}"] * h + w[f"b_{name}"]


def rnn(w: Values, x: Tensor, before: Values) -> Values:
    z = w["w"] * x + w["u"] * before["h"] + w["b"]
    return {"z": z, "h": tanh(z)}


def lstm(w: Values, x: Tensor, before: Values) -> Values:
    sums = {f"z_{one}": layer(w, one, x, before["h"]) for one in "fiog"}
    gates = {one: sigmoid(sums[f"z_{one}"]) for one in "fio"}
    g = tanh(sums["z_g"])
    c = gates["f"] * before["c"] + gates["i"] * g
    return {**sums, **gates, "g": g, "c": c, "h": gates["o"] * tanh(c)}


def coupled(w: Values, x: Tensor, before: Values) -> Values:
    sums = {f"z_{one}": layer(w, one, x, before["h"]) for one in "fog"}
    f, o, g = sigmoid(sums["z_f"]), sigmoid(sums["z_o"]), tanh(sums["z_g"])
    c = f * before["c"] + (1 - f) * g
    return {**sums, "f": f, "o": o, "g": g, "c": c, "h": o * tanh(c)}


def peephole(w: Values, x: Tensor, before: Values) -> Values:
    sums = {f"z_{one}": layer(w, one, x, before["h"]) for one in "fig"}
    sums["z_f"] = sums["z_f"] + w["p_f"] * before["c"]
    sums["z_i"] = sums["z_i"] + w["p_i"] * before["c"]
    f, i, g = sigmoid(sums["z_f"]), sigmoid(sums["z_i"]), tanh(sums["z_g"])
    c = f * before["c"] + i * g
    sums["z_o"] = layer(w, "o", x, before["h"]) + w["p_o"] * c
    o = sigmoid(sums["z_o"])
    return {**sums, "f": f, "i": i, "o": o, "g": g, "c": c, "h": o * tanh(c)}


def gated(kind: str) -> Callable[[Values, Tensor, Values], Values]:
    def gru(w: Values, x: Tensor, before: Values) -> Values:
        h = before["h"]
        sums = {f"z_{one}": layer(w, one, x, h) for one in "zr"}
        z, r = sigmoid(sums["z_z"]), sigmoid(sums["z_r"])
        if kind == "after":
            sums["z_n"] = w["w_n"] * x + w["b_n"] + r * (w["u_n"] * h + w["b_{hn}"])
        else:
            sums["z_n"] = layer(w, "n", x, r * h)
        n = tanh(sums["z_n"])
        new = (1 - z) * h + z * n if kind == "replacing" else z * h + (1 - z) * n
        return {**sums, "z": z, "r": r, "n": n, "h": new}

    return gru


def of_layers(layers: str, more: str = "") -> str:
    return " ".join([f"{one}_{name}" for name in layers for one in "wub"] + more.split())


def keeps_cell(q: Values, c: Tensor) -> Tensor:
    return q["f"] * c + q["i"] * q["g"]


def keeps_share(q: Values, h: Tensor) -> Tensor:
    return q["z"] * h + (1 - q["z"]) * q["n"]


CELLS = {
    "rnn": Cell("w u b", "h", rnn, lambda q, h: q["h"]),
    "lstm": Cell(of_layers("fiog"), "ch", lstm, keeps_cell),
    "lstm-coupled": Cell(
        of_layers("fog"), "ch", coupled, lambda q, c: q["f"] * c + (1 - q["f"]) * q["g"]
    ),
    "lstm-peephole": Cell(of_layers("fiog", "p_f p_i p_o"), "ch", peephole, keeps_cell),
    "gru": Cell(of_layers("zrn"), "h", gated("before"), keeps_share),
    "gru-replacing": Cell(
        of_layers("zrn"), "h", gated("replacing"), lambda q, h: (1 - q["z"]) * h + q["z"] * q["n"]
    ),
    "gru-reset-after": Cell(of_layers("zrn", "b_{hn}"), "h", gated("after"), keeps_share),
}


def slopes(of: Tensor, by: list[Tensor]) -> list[Tensor]:
    """One derivative per instance: the instances of a batch do not touch one another."""
    found = torch.autograd.grad(of.sum(), by, retain_graph=True, allow_unused=True)
    return [
        torch.zeros_like(one) if got is None else got for one, got in zip(by, found, strict=True)
    ]


def drawn(source: torch.Generator, scale: float) -> Tensor:
    """Numbers with four decimals, so that the table says exactly what was put in."""
    numbers = torch.randn(INSTANCES, generator=source, dtype=torch.float64) * scale
    return torch.round(numbers, decimals=4)


def along_the_state(cell: Cell, steps: list[Values], lag: int) -> Tensor:
    """The carried state differentiated by itself, with the gates of all steps held fixed."""
    carried = steps[lag][cell.states[0]].detach().requires_grad_()
    state = carried
    for values in reversed(steps[:lag]):
        state = cell.carry({name: one.detach() for name, one in values.items()}, state)
    return slopes(state, [carried])[0] if state.requires_grad else torch.zeros_like(carried)


def batch(name: str, cell: Cell) -> dict[str, Any]:
    """Everything that is stored of a cell, each entry for all instances."""
    source = torch.Generator().manual_seed(sum(map(ord, name)))
    w = {one: drawn(source, 1.0).requires_grad_() for one in cell.weights.split()}
    start = {one: drawn(source, 0.7) for one in cell.states}
    x, a, q = ([drawn(source, 1.0) for _ in range(STEPS)] for _ in range(3))
    steps, before = [], start
    for at in reversed(range(STEPS)):
        before = cell.step(w, x[at], before)
        steps.insert(0, before)
    loss = sum(a[at] * steps[at]["h"] + q[at] * steps[at]["h"] ** 2 / 2 for at in range(STEPS))
    compared(name, w, x[0], steps)
    return {
        "weights": w,
        "start": start,
        "x": x,
        "a": a,
        "q": q,
        "errors": {one: slopes(loss, [values[one] for values in steps]) for one in asked(steps[0])},
        "loss_by_weights": dict(zip(w, slopes(loss, list(w.values())), strict=True)),
        "output_by_weights": dict(zip(w, slopes(steps[0]["h"], list(w.values())), strict=True)),
        "states": {
            f"{of} {by}": slopes(steps[0][of], [values[by] for values in steps[1:]])
            for of in cell.states
            for by in cell.states
        },
        "along": [along_the_state(cell, steps, lag) for lag in range(1, STEPS)],
    }


def asked(values: Values) -> list[str]:
    """The states, and the sums inside the layers: what stands under a squashing function."""
    sums = "z" if "z_z" not in values else ""  # in a GRU, z is a gate
    return [name for name in values if name in f"ch{sums}" or name.startswith("z_")]


def compared(name: str, w: Values, x: Tensor, steps: list[Values]) -> None:
    """Hold the last step against PyTorch's own cell, where it has one."""
    kinds: Mapping[str, tuple[type, str]] = {
        "rnn": (torch.nn.RNNCell, ""),
        "lstm": (torch.nn.LSTMCell, "ifgo"),
        "gru-reset-after": (torch.nn.GRUCell, "rzn"),
    }
    if name not in kinds:
        return
    kind, layers = kinds[name]
    for at in range(10):
        own = kind(1, 1, dtype=torch.float64)
        with torch.no_grad():
            for parameter, letter in (
                (own.weight_ih, "w"),
                (own.weight_hh, "u"),
                (own.bias_ih, "b"),
            ):
                rows = [w[f"{letter}_{one}"][at] for one in layers] or [w[letter][at]]
                parameter.copy_(torch.stack(rows).reshape(parameter.shape))
            own.bias_hh.zero_()
            if name == "gru-reset-after":
                own.bias_hh[2] = w["b_{hn}"][at]
            before = [steps[1][one][at].reshape(1, 1) for one in ("hc" if name == "lstm" else "h")]
            after = own(x[at].reshape(1, 1), tuple(before) if name == "lstm" else before[0])
            found = after[0] if name == "lstm" else after
        torch.testing.assert_close(found.squeeze(), steps[0]["h"][at].detach(), rtol=1e-12, atol=0)


def instance(stored: Any, at: int) -> Any:
    """One instance out of a batch, as plain numbers."""
    match stored:
        case dict():
            return {key: instance(one, at) for key, one in stored.items()}
        case list():
            return [instance(one, at) for one in stored]
        case _:
            return float(f"{stored[at].item():.{FIGURES}g}")


def rows() -> Iterator[str]:
    for name, cell in CELLS.items():
        stored = batch(name, cell)
        for at in range(INSTANCES):
            row = {"cell": name, **instance(stored, at)}
            yield json.dumps(row, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    TABLE.write_text("[\n" + ",\n".join(rows()) + "\n]\n", encoding="utf-8")
