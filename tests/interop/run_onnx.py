"""Checks models of ONNX and runs them: python run_onnx.py <folder with *.onnx, <name>.f32 for each (its images) and a list names.json>

Prints JSON: for each name the answers, row after row. Ends with an error for a model that onnx's checker refuses."""
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

folder = Path(sys.argv[1])
answers = {}
for name in json.loads((folder / "names.json").read_text()):
    path = folder / f"{name}.onnx"
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    shape = [-1, *session.get_inputs()[0].shape[1:]]
    images = np.fromfile(folder / f"{name}.f32", np.float32).reshape(shape)
    answers[name] = session.run(None, {"images": images})[0].astype(float).ravel().tolist()
print(json.dumps(answers))
