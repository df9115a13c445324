"""Our layers built in Keras 3."""

from collections.abc import Callable
from typing import Any

import keras
import numpy
from configurations import Case, Fields, Shape, Unsupported, both
from keras import layers


def in_keras(case: Case) -> tuple[Shape, int]:
    """The output's shape and the number of parameters."""
    made = [one for kind, fields in case.listed for one in LAYERS[kind](fields)]
    whole = "int32" if case.listed[0][0] == "embedding" else "float32"
    model = keras.Sequential([keras.Input(tuple(case.input), dtype=whole), *made])
    return list(model.output_shape[1:]), model.count_params()


def inner(fields: Fields) -> Any:
    """The layer that a wrapper is around."""
    ((kind, options),) = fields["layer"].items()
    (layer,) = LAYERS[kind](options)
    return layer


def recurrent(made: Callable[..., Any], fields: Fields, **options: bool) -> list[Any]:
    if "projection" in fields:
        raise Unsupported("Keras has no projection")
    sequences, bias = fields.get("sequences", False), fields.get("bias", True)
    return [made(fields["units"], return_sequences=sequences, use_bias=bias, **options)]


def convolution(fields: Fields) -> list[Any]:
    padding = fields.get("padding", "valid")
    before = []
    if not isinstance(padding, str):
        before, padding = [layers.ZeroPadding2D(both(padding))], "valid"
    stride, dilation = both(fields.get("stride", 1)), both(fields.get("dilation", 1))
    if max(stride) > 1 and max(dilation) > 1:
        raise Unsupported("Keras does not stride and dilate at once")
    conv = layers.Conv2D(
        fields["filters"],
        both(fields["kernel"]),
        stride,
        padding,
        dilation_rate=dilation,
        use_bias=fields.get("bias", True),
    )
    return [*before, conv]


def pool(made: Callable[..., Any], fields: Fields) -> list[Any]:
    padding = fields.get("padding", "valid")
    if not isinstance(padding, str):
        raise Unsupported("Keras pools have no padding by a number")
    return [made(both(fields["size"]), both(fields.get("stride")), padding)]


LAYERS: dict[str, Callable[[Fields], list[Any]]] = {
    "embedding": lambda f: [layers.Embedding(f["vocabulary"], f["width"])],
    "simple_rnn": lambda f: recurrent(layers.SimpleRNN, f),
    "lstm": lambda f: recurrent(layers.LSTM, f),
    "gru": lambda f: recurrent(layers.GRU, f, reset_after=f.get("variant") != "classic"),
    "bidirectional": lambda f: [
        layers.Bidirectional(inner(f), merge_mode=f.get("merge", "concat"))
    ],
    "time_distributed": lambda f: [layers.TimeDistributed(inner(f))],
    "dense": lambda f: [layers.Dense(f["units"], use_bias=f.get("bias", True))],
    "conv2d": convolution,
    "max_pool2d": lambda f: pool(layers.MaxPooling2D, f),
    "average_pool2d": lambda f: pool(layers.AveragePooling2D, f),
    "flatten": lambda f: [layers.Flatten()],
    "dropout": lambda f: [layers.Dropout(f["rate"])],
    "repeat_vector": lambda f: [layers.RepeatVector(f["times"])],
}


def zeros_before(size: int, kernel: int, stride: int, dilation: int) -> int:
    """How many zeros "same" puts before the first pixel.

    The pixels are numbered from 1, and the first window is asked tap by tap which one it sees.
    """
    image = numpy.arange(1, size + 1, dtype="float32").reshape(1, size, 1, 1)
    for tap in range(kernel):
        conv = layers.Conv2D(
            1, (kernel, 1), (stride, 1), "same", dilation_rate=(dilation, 1), use_bias=False
        )
        conv.build(image.shape)
        only = numpy.zeros((kernel, 1, 1, 1), dtype="float32")
        only[tap] = 1
        conv.set_weights([only])
        seen = int(keras.ops.convert_to_numpy(conv(image))[0, 0, 0, 0])
        if seen:
            return tap * dilation - (seen - 1)
    raise AssertionError("the first window sees no pixel")
