"""Build every configuration in Keras 3 and in PyTorch and write down what comes out.

Not part of the suite, because it needs both frameworks: `pip install keras torch`, then
`python tests/facts/regenerate.py`. It writes `frameworks.json` beside it, one row per line,
against which `tests/test_models.py` holds the formulas.

Nothing of `grader` is imported here: shapes and counts come from the frameworks alone. Shapes have
no batch; images are written (height, width, channels) for both, although PyTorch keeps the channels
first. A row whose ``output`` is null is a configuration that the framework refuses.
"""

import json
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"  # read when Keras is imported

import keras
import torch
from configurations import Case, Shape, Unsupported, cases
from in_keras import in_keras, zeros_before
from in_pytorch import in_pytorch

TABLE = Path(__file__).with_name("frameworks.json")


def row(framework: str, case: Case, output: Shape | None, count: int | None) -> dict[str, Any]:
    version = keras.__version__ if framework == "keras" else torch.__version__.split("+")[0]
    return {
        "framework": framework,
        "version": version,
        "layer": case.layer,
        "fields": case.fields,
        "input": case.input,
        "output": output,
        "parameters": count,
    }


def rows() -> Iterator[dict[str, Any]]:
    frameworks = (("keras", in_keras), ("pytorch", in_pytorch))
    for case, (framework, build) in product(cases(), frameworks):
        try:
            output, count = build(case)
        except Unsupported:
            continue
        except (ValueError, RuntimeError, IndexError) as refusal:
            if not case.refused:
                raise RuntimeError(f"{framework} refuses {case}") from refusal
            yield row(framework, case, None, None)
        else:
            yield row(framework, case, output, count)
    yield from padding_rows()


def padding_rows() -> Iterator[dict[str, Any]]:
    """Where Keras puts the zeros of "same": the output is how many come before the first pixel."""
    strided = [(stride, 1) for stride in (1, 2, 3)]
    for size, kernel, (stride, dilation) in product((7, 10, 13), (2, 3, 4, 5), [*strided, (1, 2)]):
        fields = {"kernel": kernel, "stride": stride, "dilation": dilation}
        yield row("keras", Case("same_padding", fields, [size]), [zeros_before(size, **fields)], 0)


def main() -> None:
    lines = [json.dumps(one) for one in rows()]
    TABLE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(f"{len(lines)} rows in {TABLE}")


if __name__ == "__main__":
    main()
