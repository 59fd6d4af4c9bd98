"""scikit-learn's side of trees.bench.ts: MNIST_DIR=<folder> python trees-peer.py <case> <rows to fit on> <threads>

Prints one JSON line: times to fit and to predict 10,000 images, accuracy on the last 10,000 training images, bytes of the pickle, peak memory."""
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
from sklearn.ensemble import AdaBoostClassifier, BaggingClassifier, ExtraTreesClassifier, RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

case, rows, threads, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(os.environ["MNIST_DIR"])


def read(name, skip):
    return np.frombuffer(gzip.open(folder / f"train-{name}-ubyte.gz").read(), np.uint8)[skip:]


def cpu():
    # BaggingClassifier works in processes, which count once they have ended
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def timed(work):
    wall, before = time.time(), cpu()
    result = work()
    return result, {"seconds": round(time.time() - wall, 3), "cpuSeconds": round(cpu() - before, 3)}


x, y = read("images-idx3", 16).reshape(-1, 784) / np.float32(255), read("labels-idx1", 8)
model = {
    "random-forest": lambda: RandomForestClassifier(200, n_jobs=threads, random_state=1),
    "extra-trees": lambda: ExtraTreesClassifier(200, n_jobs=threads, random_state=1),
    "decision-tree": lambda: DecisionTreeClassifier(random_state=1),
    "bagging": lambda: BaggingClassifier(DecisionTreeClassifier(), 20, n_jobs=threads, random_state=1),
    "ada-boost": lambda: AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), n_estimators=50, learning_rate=1, random_state=1),
}[case]()
_, fit = timed(lambda: model.fit(x[:rows], y[:rows]))
labels, predict = timed(lambda: model.predict(x[-10000:]))
print(json.dumps({
    "case": case, "by": f"scikit-learn {sklearn.__version__}", "fit": fit, "predict10000": predict, "accuracy": float((labels == y[-10000:]).mean()),
    "bytes": len(pickle.dumps(model, protocol=5)), "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}), flush=True)
