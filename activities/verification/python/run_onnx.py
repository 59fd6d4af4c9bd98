"""Checks every .onnx file of folders with onnx's checker and runs the same rows through it with onnxruntime.

    run_onnx.py FOLDER...

FOLDER/rows.npy: float32 [n, ...], brought to the shape of a model's only input. For each <name>.onnx it writes the output
`probabilities` as float32 <name>.default.npy. Answers JSON: the runtime. Ends with an error for a model that the checker refuses.
onnx, onnxruntime and numpy are found through PYTHONPATH.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

BATCH = 500


def run(path, rows):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (source,) = session.get_inputs()
    rows = rows.reshape([-1, *source.shape[1:]])
    batches = np.split(rows, range(BATCH, len(rows), BATCH))
    return np.concatenate([session.run(["probabilities"], {source.name: batch})[0] for batch in batches])


def main(folder):
    rows = np.load(folder / "rows.npy")
    for path in sorted(folder.glob("*.onnx")):
        np.save(folder / f"{path.stem}.default.npy", run(path, rows).astype(np.float32))


if __name__ == "__main__":
    print("\ndigitloom ready", flush=True)  # from here on it is the files
    for argument in sys.argv[1:]:
        main(pathlib.Path(argument))
    print("\ndigitloom answer", json.dumps({"runtime": f"onnxruntime {onnxruntime.__version__}, onnx {onnx.__version__}"}))
