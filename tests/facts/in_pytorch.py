"""Our layers built in PyTorch."""

from collections.abc import Callable
from typing import Any

import torch
from configurations import Case, Fields, Shape, Unsupported, both
from torch import nn

STEPS = 7  # where a sequence may have any length, PyTorch is shown one of this length


def in_pytorch(case: Case) -> tuple[Shape, int]:
    """The output's shape and the number of parameters, found by running a batch of one."""
    x = torch.zeros(1, *(STEPS if length is None else length for length in case.input))
    x = x.permute(0, 3, 1, 2) if x.dim() == 4 else x
    x = x.long() if case.listed[0][0] == "embedding" else x
    count = 0
    for kind, fields in case.listed:
        if kind not in MODULES:
            raise Unsupported(kind)
        module = MODULES[kind](fields, x.shape[1] if x.dim() == 4 else x.shape[-1])
        x = module(x)
        count += sum(weights.numel() for weights in module.parameters())
    x = x.permute(0, 2, 3, 1) if x.dim() == 4 else x
    shape: Shape = list(x.shape[1:])
    if case.input[0] is None and len(shape) == 2:
        shape[0] = None
    return shape, count


class States(nn.Module):
    """The states of a recurrent module: at every step, or only the last."""

    def __init__(self, inner: nn.Module, sequences: bool) -> None:
        super().__init__()
        self.inner = inner
        self.sequences = sequences

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.dim() != 3:
            raise Unsupported("PyTorch takes the batch of a vector for the steps of a sequence")
        states, _ = self.inner(x)
        return states if self.sequences else states[:, -1]


def recurrent(kind: str, fields: Fields, features: int, both_ways: bool = False) -> nn.Module:
    if fields.get("variant") == "classic":
        raise Unsupported("PyTorch has the reset-after GRU only")
    options = {"proj_size": fields["projection"]} if "projection" in fields else {}
    made = {"simple_rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind]
    inner = made(
        features,
        fields["units"],
        bias=fields.get("bias", True),
        batch_first=True,
        bidirectional=both_ways,
        **options,
    )
    return States(inner, fields.get("sequences", False))


def bidirectional(fields: Fields, features: int) -> nn.Module:
    if fields.get("merge", "concat") != "concat":
        raise Unsupported("PyTorch always concatenates")
    ((kind, options),) = fields["layer"].items()
    return recurrent(kind, options, features, both_ways=True)


def convolution(fields: Fields, channels: int) -> nn.Module:
    padding = fields.get("padding", "valid")
    if padding == "same" and max(both(fields.get("stride", 1))) > 1:
        raise Unsupported("PyTorch pads to the same size only at stride 1")
    return nn.Conv2d(
        channels,
        fields["filters"],
        both(fields["kernel"]),
        both(fields.get("stride", 1)),
        padding if isinstance(padding, str) else both(padding),
        both(fields.get("dilation", 1)),
        bias=fields.get("bias", True),
    )


def pool(made: Callable[..., nn.Module], fields: Fields) -> nn.Module:
    padding = fields.get("padding", "valid")
    if padding == "same":
        raise Unsupported("PyTorch pools have no padding to the same size")
    zeros = (0, 0) if padding == "valid" else both(padding)
    return made(both(fields["size"]), both(fields.get("stride")), zeros)


MODULES: dict[str, Callable[[Fields, Any], nn.Module]] = {
    "embedding": lambda f, m: nn.Embedding(f["vocabulary"], f["width"]),
    "simple_rnn": lambda f, m: recurrent("simple_rnn", f, m),
    "lstm": lambda f, m: recurrent("lstm", f, m),
    "gru": lambda f, m: recurrent("gru", f, m),
    "bidirectional": bidirectional,
    "dense": lambda f, m: nn.Linear(m, f["units"], bias=f.get("bias", True)),
    "conv2d": convolution,
    "max_pool2d": lambda f, m: pool(nn.MaxPool2d, f),
    "average_pool2d": lambda f, m: pool(nn.AvgPool2d, f),
    "flatten": lambda f, m: nn.Flatten(),
    "dropout": lambda f, m: nn.Dropout(f["rate"]),
}
"""Each reads its fields and the number of features or channels of its input."""
