"""scikit-learn's side of svm.bench.ts: MNIST_DIR=<folder> python svm-peer.py pca50|pixels|linear <rows>

Prints one JSON line: times to fit and to predict, accuracy on the test images, bytes of the pickle, peak memory."""
import gzip
import json
import os
import pickle
import resource
import sys
import time
from pathlib import Path

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC, SVC

case, rows, folder = sys.argv[1], int(sys.argv[2]), Path(os.environ["MNIST_DIR"])


def read(name, skip):
    return np.frombuffer(gzip.open(folder / f"{name}-ubyte.gz").read(), np.uint8)[skip:]


def timed(work):
    wall, cpu = time.time(), time.process_time()
    result = work()
    return result, {"seconds": round(time.time() - wall, 2), "cpuSeconds": round(time.process_time() - cpu, 2)}


x, xt = (read(f"{part}-images-idx3", 16).reshape(-1, 784) / np.float32(255) for part in ("train", "t10k"))
y, yt = (read(f"{part}-labels-idx1", 8) for part in ("train", "t10k"))
model = {
    "pca50": lambda: make_pipeline(PCA(50, svd_solver="covariance_eigh"), SVC(C=5, gamma="scale", cache_size=4000)),
    "pixels": lambda: SVC(C=5, gamma="scale", cache_size=4000),
    "linear": lambda: make_pipeline(StandardScaler(), LinearSVC(C=0.01, dual=False)),
}[case]()
_, fit = timed(lambda: model.fit(x[:rows], y[:rows]))
labels, predict = timed(lambda: model.predict(xt))
print(json.dumps({
    "by": f"scikit-learn {sklearn.__version__}", "fit": fit, "predict10000": predict, "accuracy": float((labels == yt).mean()),
    "bytes": len(pickle.dumps(model, protocol=5)), "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}))
