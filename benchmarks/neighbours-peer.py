"""scikit-learn's side of neighbours.bench.ts: MNIST_DIR=<folder> python neighbours-peer.py <case> <rows> validation|test

Prints one JSON line: times to fit and to predict 10,000 images, accuracy, bytes of the pickle."""
import gzip
import json
import os
import pickle
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.naive_bayes import BernoulliNB, GaussianNB
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.pipeline import make_pipeline

case, rows, judged, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(os.environ["MNIST_DIR"])
warnings.filterwarnings("ignore", category=UserWarning)  # constant pixels, collinear pixels: expected


def read(name, skip):
    return np.frombuffer(gzip.open(folder / f"{name}-ubyte.gz").read(), np.uint8)[skip:]


def images(part):
    return read(f"{part}-images-idx3", 16).reshape(-1, 784) / np.float32(255), read(f"{part}-labels-idx1", 8)


def timed(work):
    wall, cpu = time.time(), time.process_time()
    result = work()
    return result, {"seconds": round(time.time() - wall, 3), "cpuSeconds": round(time.process_time() - cpu, 3)}


def pca():
    return PCA(50, svd_solver="covariance_eigh")


x, y = images("train")
xt, yt = (x[50000:], y[50000:]) if judged == "validation" else images("t10k")
model = {
    "knn-pixels": lambda: KNeighborsClassifier(3, algorithm="brute"),
    "knn-pca50": lambda: make_pipeline(pca(), KNeighborsClassifier(3, algorithm="brute")),
    "gaussian-nb": lambda: GaussianNB(),
    "bernoulli-nb": lambda: BernoulliNB(binarize=0.5),
    "lda": lambda: LinearDiscriminantAnalysis(),
    "qda": lambda: make_pipeline(pca(), QuadraticDiscriminantAnalysis()),
    "nearest-centroid": lambda: NearestCentroid(),
}[case]()
_, fit = timed(lambda: model.fit(x[:rows], y[:rows]))
labels, predict = timed(lambda: model.predict(xt))
print(json.dumps({
    "case": case, "by": f"scikit-learn {sklearn.__version__}", "fit": fit, "predict10000": predict,
    "accuracy": round(float((labels == yt).mean()), 4), "bytes": len(pickle.dumps(model, protocol=5)),
}))
