"""onnxruntime's side of onnx-latency.bench.ts: python onnx-latency-peer.py <folder> <singles> <warm-up> <batch rows>

Prints a JSON line for each model of the folder: milliseconds of one image on one thread, images a second of batches on two, accuracy."""
import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime as ort

folder, singles, warm_up, batch_rows = Path(sys.argv[1]), *map(int, sys.argv[2:])
images = np.fromfile(folder / "images.f32", np.float32).reshape(-1, 28, 28, 1)
labels = np.fromfile(folder / "labels.u8", np.uint8)


def session(path, threads):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


for path in sorted(folder.glob("*.onnx")):
    one, times = session(path, 1), []
    for at in range(singles + warm_up):
        image = np.ascontiguousarray(images[at : at + 1])
        start = time.perf_counter()
        one.run(None, {"images": image})
        if at >= warm_up:
            times.append((time.perf_counter() - start) * 1000)
    both = session(path, 2)
    both.run(None, {"images": images[:batch_rows]})
    start = time.perf_counter()
    rows = [both.run(None, {"images": images[at : at + batch_rows]})[0] for at in range(0, len(images), batch_rows)]
    seconds = time.perf_counter() - start
    times.sort()
    print(json.dumps({
        "by": f"onnxruntime {ort.__version__} (Python)", "what": path.stem, "p50Ms": round(times[singles // 2], 4), "p99Ms": round(times[int(singles * 0.99)], 4),
        "imagesPerSecond": round(len(images) / seconds), "accuracy": float((np.concatenate(rows).argmax(1) == labels).mean()), "bytes": path.stat().st_size,
    }))
