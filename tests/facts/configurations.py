"""The configurations that both frameworks are asked about."""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

Fields = dict[str, Any]
Shape = list[int | None]


class Case(NamedTuple):
    """A layer, or a stack of them, and the shape it reads."""

    layer: str
    fields: Any
    input: Shape
    refused: bool = False

    @property
    def listed(self) -> list[tuple[str, Fields]]:
        """The layers in order, by kind and fields."""
        entries = self.fields if self.layer == "stack" else [{self.layer: self.fields}]
        return [next(iter(entry.items())) for entry in entries]


class Unsupported(Exception):
    """The framework has no such layer or option."""


def both(size: Any) -> Any:
    """Height and width; nothing stays nothing."""
    if size is None:
        return None
    return tuple(size) if isinstance(size, list) else (size, size)


def recurrent_cases() -> Iterator[Case]:
    sizes = [(1, 1), (8, 100), (16, 32), (20, 128), (100, 50)]
    for (m, n), sequences, bias in product(sizes, (False, True), (True, False)):
        fields = {"units": n, "sequences": sequences, "bias": bias}
        for kind in ("simple_rnn", "lstm", "gru"):
            yield Case(kind, fields, [None, m])
        yield Case("gru", {**fields, "variant": "classic"}, [12, m])
        if n > 1:
            yield Case("lstm", {**fields, "projection": n // 2}, [12, m])


def bidirectional_cases() -> Iterator[Case]:
    sizes = [(16, 32), (3, 5), (64, 10)]
    for (m, n), sequences, merge in product(sizes, (False, True), ("concat", "sum")):
        inner = {"units": n, "sequences": sequences}
        for kind in ("simple_rnn", "lstm", "gru"):
            yield Case("bidirectional", {"layer": {kind: inner}, "merge": merge}, [9, m])
    for options in ({"variant": "classic"}, {"bias": False}):
        yield Case("bidirectional", {"layer": {"gru": {"units": 6, **options}}}, [None, 4])
    yield Case("bidirectional", {"layer": {"lstm": {"units": 6, "projection": 2}}}, [None, 4])


def dense_cases() -> Iterator[Case]:
    for (m, n), bias in product([(1, 1), (32, 256), (256, 1), (128, 10), (75, 4)], (True, False)):
        for before in ([m], [None, m], [10, m]):
            yield Case("dense", {"units": n, "bias": bias}, before)
    for vocabulary, width in ((1000, 16), (500, 8), (20000, 128), (2, 1)):
        for steps in (None, 50):
            yield Case("embedding", {"vocabulary": vocabulary, "width": width}, [steps])


def convolution_cases() -> Iterator[Case]:
    for stride, padding in product((1, 2, 3, 4, 5), ("valid", "same")):
        fields = {"filters": 64, "kernel": 3, "stride": stride, "padding": padding}
        yield Case("conv2d", fields, [13, 13, 1])
    kernels, strides, paddings = (1, 2, 5, [2, 3]), (1, 2, [3, 1]), ("valid", "same", 1, [0, 2])
    for kernel, stride, padding in product(kernels, strides, paddings):
        fields = {"filters": 6, "kernel": kernel, "stride": stride, "padding": padding}
        yield Case("conv2d", fields, [20, 13, 3])
    kernels, dilations, paddings = (2, 3, [1, 4]), (2, 3, [1, 2]), ("valid", "same", 2)
    for kernel, dilation, padding in product(kernels, dilations, paddings):
        fields = {"filters": 2, "kernel": kernel, "dilation": dilation, "padding": padding}
        yield Case("conv2d", fields, [17, 16, 2])
    for stride, dilation in product((2, 3, [1, 4]), (2, [3, 2])):
        fields = {"filters": 2, "kernel": 3, "stride": stride, "dilation": dilation, "padding": 1}
        yield Case("conv2d", fields, [18, 15, 4])
    for channels, bias in product((1, 3, 16), (True, False)):
        yield Case("conv2d", {"filters": 3, "kernel": 4, "bias": bias}, [13, 13, channels])


def pooling_cases() -> Iterator[Case]:
    for kind, size, padding in product(
        ("max_pool2d", "average_pool2d"), (2, 3, [3, 2]), ("valid", "same", 1)
    ):
        for stride in ({}, {"stride": 1}, {"stride": 2}, {"stride": [2, 3]}):
            yield Case(kind, {"size": size, **stride, "padding": padding}, [13, 10, 3])
    yield Case("max_pool2d", {"size": 2}, [10, 10, 3])


def reshaping_cases() -> Iterator[Case]:
    for before in ([5, 5, 3], [7, 9, 1], [10, 8], [12]):
        yield Case("flatten", {}, before)
        yield Case("dropout", {"rate": 0.5}, before)
    for times, m in ((7, 32), (1, 5), (20, 1)):
        yield Case("repeat_vector", {"times": times}, [m])
    for units, before in ((5, [7, 32]), (1, [None, 100]), (10, [3, 3])):
        for bias in (True, False):
            dense = {"dense": {"units": units, "bias": bias}}
            yield Case("time_distributed", {"layer": dense}, before)


def stack_cases() -> Iterator[Case]:
    for vocabulary, d, n, hidden in ((1000, 16, 32, 256), (500, 8, 16, 64), (2000, 64, 48, 128)):
        text = [
            {"embedding": {"vocabulary": vocabulary, "width": d}},
            {"lstm": {"units": n}},
            {"dense": {"units": hidden}},
            {"dense": {"units": 1}},
        ]
        yield Case("stack", text, [None])
        yield Case("stack", [text[0], {"gru": {"units": n}}, *text[2:]], [None])
        yield Case("stack", [text[0], {"bidirectional": {"layer": text[1]}}, *text[2:]], [None])
    for m in (8, 16, 100):
        yield Case("stack", [{"lstm": {"units": 100}}], [10, m])
        lower = {"lstm": {"units": 50, "sequences": True}}
        yield Case("stack", [lower, {"lstm": {"units": 50}}], [10, m])
    for steps, bias in product((5, 10), (False, True)):
        rnn = {"simple_rnn": {"units": 128, "sequences": True, "bias": bias}}
        yield Case("stack", [rnn, {"dense": {"units": 10, "bias": bias}}], [steps, 20])
    for bias in (False, True):
        conv = {"conv2d": {"filters": 3, "kernel": 4, "bias": bias}}
        head = {"dense": {"units": 4, "bias": bias}}
        yield Case("stack", [conv, {"max_pool2d": {"size": 2}}, {"flatten": {}}, head], [13, 13, 1])
    encoder, decoder = {"lstm": {"units": 32}}, {"lstm": {"units": 24, "sequences": True}}
    each = {"time_distributed": {"layer": {"dense": {"units": 11}}}}
    yield Case("stack", [encoder, {"repeat_vector": {"times": 6}}, decoder, each], [9, 11])


def course_cases() -> Iterator[Case]:
    """What the shipped questions say was reproduced, where no case above has it."""
    sentence = [
        {"embedding": {"vocabulary": 1000, "width": 16}},
        {"lstm": {"units": 32}},
        {"dense": {"units": 256}},
        {"dense": {"units": 1}},
    ]
    for layers in range(1, len(sentence) + 1):
        yield Case("stack", sentence[:layers], [20])
    yield Case("lstm", {"units": 16}, [20, 16])
    yield Case("lstm", {"units": 64, "projection": 20}, [25, 16])
    both_ways = {"bidirectional": {"layer": {"lstm": {"units": 32}}}}
    yield Case("stack", [both_ways, {"dense": {"units": 10}}], [40, 16])
    upper = {"bidirectional": {"layer": {"lstm": {"units": 32, "sequences": True}}}}
    yield Case("stack", [upper, both_ways], [40, 16])
    tagger = {"time_distributed": {"layer": {"dense": {"units": 10}}}}
    yield Case("stack", [{"lstm": {"units": 32, "sequences": True}}, tagger], [25, 16])
    encoder, decoder = {"lstm": {"units": 64}}, {"lstm": {"units": 64, "sequences": True}}
    each = {"time_distributed": {"layer": {"dense": {"units": 5}}}}
    yield Case("stack", [encoder, {"repeat_vector": {"times": 12}}, decoder, each], [30, 8])
    yield Case("conv2d", {"filters": 8, "kernel": 5, "stride": 3}, [13, 13, 1])
    dilated = {"filters": 16, "kernel": 3, "stride": 1, "padding": 2, "dilation": 3}
    yield Case("conv2d", dilated, [32, 32, 3])
    yield Case("conv2d", {**dilated, "padding": 3}, [32, 32, 3])


def refused_cases() -> Iterator[Case]:
    """What a framework refuses, we must refuse."""
    yield Case("conv2d", {"filters": 1, "kernel": 5}, [3, 3, 1], refused=True)
    yield Case("conv2d", {"filters": 1, "kernel": [1, 3], "dilation": 4}, [9, 8, 1], refused=True)
    yield Case("conv2d", {"filters": 1, "kernel": 6, "padding": 1}, [3, 9, 1], refused=True)
    yield Case("max_pool2d", {"size": 4}, [3, 8, 1], refused=True)
    yield Case("max_pool2d", {"size": 2, "padding": 2}, [8, 8, 1], refused=True)
    yield Case("stack", [{"lstm": {"units": 4}}, {"lstm": {"units": 4}}], [5, 3], refused=True)
    yield Case("stack", [{"dense": {"units": 4}}, {"lstm": {"units": 4}}], [3], refused=True)
    yield Case("lstm", {"units": 4, "projection": 4}, [5, 3], refused=True)
    yield Case("repeat_vector", {"times": 3}, [5, 4], refused=True)


def cases() -> Iterator[Case]:
    yield from recurrent_cases()
    yield from bidirectional_cases()
    yield from dense_cases()
    yield from convolution_cases()
    yield from pooling_cases()
    yield from reshaping_cases()
    yield from stack_cases()
    yield from course_cases()
    yield from refused_cases()
