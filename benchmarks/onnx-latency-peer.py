"""The official runtimes' side of onnx-latency.bench.ts: python onnx-latency-peer.py <folder> <singles> <warm-up> <batch rows>

Prints a JSON line for each model of the folder, <name>.<form>.onnx by onnxruntime and <name>.<form>.tflite by LiteRT with XNNPACK: milliseconds of
one row on one thread, rows a second of batches on two, accuracy. Rows are <name>.f32, or the bytes of <name>.u8, whose conversion counts."""
import importlib.metadata
import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime as ort
from ai_edge_litert.interpreter import Interpreter

folder, singles, warm_up, batch_rows = Path(sys.argv[1]), *map(int, sys.argv[2:])
labels = np.fromfile(folder / "labels.u8", np.uint8)


def floats(rows):
    return np.divide(rows, np.float32(255), dtype=np.float32) if rows.dtype == np.uint8 else rows


def quantized(rows, scale, zero_point):
    if rows.dtype == np.uint8 and zero_point == -128 and abs(scale * 255 - 1) < 1e-6:
        return (rows ^ np.uint8(128)).view(np.int8)
    return np.clip(np.rint(floats(rows) / scale) + zero_point, -128, 127).astype(np.int8)


def onnx(path, threads):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    source = session.get_inputs()[0]
    return source.shape[1:], lambda rows: session.run(["probabilities"], {source.name: floats(rows)})[0]


def litert(path, threads):
    interpreter = Interpreter(model_path=str(path), num_threads=threads)
    source = interpreter.get_input_details()[0]
    scale, zero_point = source["quantization"]
    held = [0]

    def run(rows):
        if held[0] != len(rows):
            interpreter.resize_tensor_input(source["index"], rows.shape, strict=True)
            interpreter.allocate_tensors()
            held[0] = len(rows)
        interpreter.set_tensor(source["index"], quantized(rows, scale, zero_point) if source["dtype"] == np.int8 else floats(rows))
        interpreter.invoke()
        return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])

    return source["shape"][1:], run


for path in sorted([*folder.glob("*.onnx"), *folder.glob("*.tflite")]):
    name, form, kind = path.name.split(".")
    by, opened = (f"onnxruntime {ort.__version__} (Python)", onnx) if kind == "onnx" else (f"LiteRT {importlib.metadata.version('ai-edge-litert')}, XNNPACK (Python)", litert)
    sides, one = opened(path, 1)
    bytes_of = folder / f"{name}.u8"
    rows = np.fromfile(bytes_of, np.uint8) if bytes_of.exists() else np.fromfile(folder / f"{name}.f32", np.float32)
    rows = rows.reshape(len(labels), *map(int, sides))
    times = []
    for at in range(singles + warm_up):
        row = np.ascontiguousarray(rows[at % len(rows)][None])
        start = time.perf_counter()
        one(row)
        if at >= warm_up:
            times.append((time.perf_counter() - start) * 1000)
    _, both = opened(path, 2)
    both(rows[:batch_rows])
    start = time.perf_counter()
    found = [both(rows[at : at + batch_rows]).argmax(1) for at in range(0, len(rows), batch_rows)]
    seconds = time.perf_counter() - start
    times.sort()
    print(json.dumps({
        "model": name, "form": form, "by": by, "p50Ms": round(times[singles // 2], 4), "p99Ms": round(times[int(singles * 0.99)], 4),
        "rowsPerSecond": round(len(rows) / seconds), "accuracy": float((np.concatenate(found) == labels).mean()), "bytes": path.stat().st_size,
    }), flush=True)
