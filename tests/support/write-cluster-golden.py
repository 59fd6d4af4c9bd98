"""Writes tests/support/golden/cluster-scores.json: scores of clusterings by scikit-learn (1.9.1), from seeded integers.

Run: python tests/support/write-cluster-golden.py"""
import json
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score, silhouette_score
from sklearn.metrics.cluster import contingency_matrix

CASES = [(200, 10, 10, 0.3), (57, 3, 10, 0.9), (500, 50, 10, 0.1), (40, 2, 2, 0.0), (64, 10, 4, 1.0)]
rng = np.random.default_rng(20261123)
out = []
for rows, clusters, classes, noise in CASES:
    labels = rng.integers(0, classes, rows)
    assignment = np.where(rng.random(rows) < noise, rng.integers(0, clusters, rows), labels % clusters)
    x = np.round(rng.normal(size=(rows, 4)) + 2 * assignment[:, None] % 7, 3)
    counts = np.zeros((clusters, classes), int)
    np.add.at(counts, (assignment, labels), 1)
    r, c = linear_sum_assignment(-counts)
    out.append({
        "clusters": clusters, "classes": classes, "labels": labels.tolist(), "assignment": assignment.tolist(), "x": x.ravel().tolist(),
        "purity": float(contingency_matrix(labels, assignment).max(axis=0).sum() / rows),
        "nmi": float(normalized_mutual_info_score(labels, assignment)), "ari": float(adjusted_rand_score(labels, assignment)),
        "hungarianAccuracy": float(counts[r, c].sum() / rows), "silhouette": float(silhouette_score(x, assignment)),
    })
points = np.round(rng.normal(size=(300, 6)) @ rng.normal(size=(6, 6)) + 3 * rng.integers(-1, 2, (300, 1)), 3)
pca = PCA(3).fit(points)
start = points[:4]
k = KMeans(4, init=start, n_init=1, tol=0).fit(points)
golden = {"scores": out, "points": {"columns": 6, "x": points.ravel().tolist(),
          "explained": float(pca.explained_variance_ratio_.sum()), "scores": np.abs(pca.transform(points)).ravel().tolist()},
          "kmeans": {"start": KMeans(4, init=start, n_init=1, max_iter=1, tol=0).fit(points).labels_.tolist(), "labels": k.labels_.tolist(), "inertia": float(k.inertia_)}}
path = Path(__file__).parent / "golden" / "cluster-scores.json"
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
