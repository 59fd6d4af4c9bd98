"""Writes tests/support/golden/linear-svm.json: weights of scikit-learn's LinearSVC (1.9.1) on standardised seeded points.

Run: python tests/support/write-linear-svm-golden.py"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

rng = np.random.default_rng(20261124)
labels = np.arange(300) % 10
x = np.round(rng.normal(size=(300, 5)) * [1, 2, 0.5, 1, 3] + rng.normal(size=(10, 5))[labels] * 2, 3)
scaler = StandardScaler().fit(x)
out = {"by": f"scikit-learn {sklearn.__version__}", "columns": 5, "x": x.ravel().tolist(), "labels": labels.tolist(), "cases": []}
for C in (0.01, 1):
    # A large intercept_scaling leaves the bias all but free of the penalty, as ours is.
    fitted = LinearSVC(C=C, dual=False, tol=1e-10, max_iter=100000, intercept_scaling=1e3).fit(scaler.transform(x), labels)
    out["cases"].append({"C": C, "scores": np.round(fitted.decision_function(scaler.transform(x[:40])), 6).ravel().tolist()})
(Path(__file__).parent / "golden" / "linear-svm.json").write_text(json.dumps(out) + "\n")
