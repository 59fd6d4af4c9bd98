"""Writes tests/support/golden/svm.json: decisions of scikit-learn's SVC (1.9.1) on MNIST's first training images.

Run: python tests/support/write-svm-golden.py <train-images-idx3-ubyte.gz> <train-labels-idx1-ubyte.gz>"""
import gzip
import json
import sys
from pathlib import Path

import numpy as np
import sklearn
from sklearn.svm import SVC

FIT, JUDGED = 1000, 30
pixels = np.frombuffer(gzip.open(sys.argv[1]).read(), np.uint8)[16:].reshape(-1, 784)[:FIT + JUDGED] / 255
labels = np.frombuffer(gzip.open(sys.argv[2]).read(), np.uint8)[8:][:FIT + JUDGED]
cases = []
for options in ({"kernel": "rbf", "C": 5}, {"kernel": "rbf", "C": 0.5, "gamma": 0.02}, {"kernel": "poly", "C": 1, "degree": 4, "coef0": 1, "gamma": 0.01}, {"kernel": "linear", "C": 0.1}):
    fitted = SVC(**options, tol=1e-5, decision_function_shape="ovo").fit(pixels[:FIT], labels[:FIT])
    decisions = fitted.decision_function(pixels[FIT:])
    cases.append({
        "options": {**options, "kernel": {"poly": "polynomial"}.get(options["kernel"], options["kernel"])},
        "gamma": float(fitted._gamma), "supportVectors": int(len(fitted.support_)),
        "labels": fitted.predict(pixels[FIT:]).tolist(), "decisions": np.round(decisions, 6).ravel().tolist(),
    })
out = Path(__file__).parent / "golden" / "svm.json"
out.write_text(json.dumps({"by": f"scikit-learn {sklearn.__version__}", "fit": FIT, "judged": JUDGED, "cases": cases}) + "\n")
