"""Reference values of calibration for tests/ml/calibration: python write-calibration-golden.py <calibration.json>

Written with scikit-learn's CalibratedClassifierCV around a frozen classifier that answers with the given numbers; versions are in the file.
The probabilities are float32 values of a model that is too sure of itself, so that both sides start from the same numbers. The first half of
the rows is fitted on, all are predicted. Platt scaling gets log-odds and temperature scaling log-probabilities, both clipped at 1e-6, and
isotonic regression probabilities."""
import json
import sys

import numpy as np
import sklearn
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.frozen import FrozenEstimator


class Answers(ClassifierMixin, BaseEstimator):
    """A classifier whose rows are its decision values already."""

    def fit(self, x, y):
        self.classes_ = np.unique(y)
        return self

    def decision_function(self, x):
        return x

    def predict(self, x):
        return self.classes_[np.argmax(x, axis=1)]


random = np.random.default_rng(5)
ROWS, CLASSES, SMALLEST = 240, 10, 1e-6
labels = random.integers(0, CLASSES, ROWS)
logits = random.normal(size=(ROWS, CLASSES)) + 1.5 * np.eye(CLASSES)[labels]
logits *= 2.5
proba = (np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)).astype(np.float32)
exact = proba.astype(np.float64)
others = np.stack([np.delete(exact, k, axis=1).sum(axis=1) for k in range(CLASSES)], axis=1)
odds = np.log(np.maximum(SMALLEST, exact)) - np.log(np.maximum(SMALLEST, others))
logs = np.log(np.maximum(SMALLEST, exact))
fit = slice(0, ROWS // 2)


def calibrated(scores, method):
    frozen = FrozenEstimator(Answers().fit(scores, labels))
    model = CalibratedClassifierCV(frozen, method=method).fit(scores[fit], labels[fit])
    return model.calibrated_classifiers_[0].calibrators, [round(p, 9) for p in model.predict_proba(scores).ravel().tolist()]


sigmoids, platt = calibrated(odds, "sigmoid")
_, isotonic = calibrated(exact, "isotonic")
temperatures, temperature = calibrated(logs, "temperature")
json.dump(
    {
        "versions": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "fitted": ROWS // 2,
        "labels": labels.tolist(),
        "proba": [float(f"{p:.9g}") for p in proba.ravel()],
        "slopes": [-s.a_ for s in sigmoids],
        "offsets": [-s.b_ for s in sigmoids],
        "platt": platt,
        "isotonic": isotonic,
        "inverseTemperature": float(temperatures[0].beta_),
        "temperature": temperature,
    },
    open(sys.argv[1], "w"),
)
