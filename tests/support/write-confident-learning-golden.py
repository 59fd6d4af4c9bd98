"""Reference values of confident learning for tests/ml/analysis/labels: python write-confident-learning-golden.py <confident-learning.json>

Written with cleanlab and numpy; their versions are in the file. The probabilities are float32 values, so that both sides start from the
same numbers; three labels in twenty are wrong, and class 7 is rare. Where cleanlab rounds equal values, numpy's default sort decides by the
processor's vector width; here a stable sort does."""
import functools
import json
import sys

import cleanlab
import numpy as np
from cleanlab.count import compute_confident_joint, estimate_joint, get_confident_thresholds
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores

np.argsort = functools.partial(np.argsort, kind="stable")
random = np.random.default_rng(4)
ROWS, CLASSES = 400, 10
truth = random.choice(CLASSES, ROWS, p=np.array([1, 1, 1, 1, 1, 1, 1, 0.2, 1, 1]) / 9.2)
labels = np.where(random.random(ROWS) < 0.15, random.integers(0, CLASSES, ROWS), truth)
labels[:CLASSES] = np.arange(CLASSES)
logits = random.normal(size=(ROWS, CLASSES)) + 3.0 * np.eye(CLASSES)[truth] * random.uniform(0.2, 2, (ROWS, 1))
proba = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
proba = proba.astype(np.float32)
exact = proba.astype(np.float64)

json.dump(
    {
        "versions": f"cleanlab {cleanlab.__version__}, numpy {np.__version__}",
        "labels": labels.tolist(),
        "proba": [float(p) for p in proba.ravel()],
        "thresholds": get_confident_thresholds(labels, exact).tolist(),
        "counts": compute_confident_joint(labels, exact, calibrate=False).tolist(),
        "joint": compute_confident_joint(labels, exact, calibrate=True).tolist(),
        "estimatedJoint": estimate_joint(labels, exact).tolist(),
        "selfConfidence": get_label_quality_scores(labels, exact, method="self_confidence", adjust_pred_probs=False).tolist(),
        "margin": get_label_quality_scores(labels, exact, method="normalized_margin", adjust_pred_probs=False).tolist(),
        "issues": find_label_issues(
            labels, exact, filter_by="confident_learning", return_indices_ranked_by="normalized_margin", rank_by_kwargs={"adjust_pred_probs": False}
        ).tolist(),
    },
    open(sys.argv[1], "w"),
)
