"""Writes golden.npz beside this file: what scikit-learn makes of small seeded matrices. Float64 throughout.

python3 tests/ml/reductions/write-golden.py    (made with scikit-learn 1.9.1 and numpy 2)
"""
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.feature_selection import f_classif
from sklearn.metrics import mutual_info_score

ROWS, COLUMNS, BINS = 300, 24, 8
random = np.random.default_rng(7)
labels = np.arange(ROWS, dtype=np.uint8) % 10
centres = random.normal(0, 40, (10, COLUMNS))
mixing = random.normal(0, 1, (COLUMNS, COLUMNS))
values = 100 + centres[labels] + random.normal(0, 20, (ROWS, COLUMNS)) @ mixing
pixels = np.clip(values, 0, 255).astype(np.uint8)
pixels[:, 3] = 0                    # constant
pixels[:, 7] = pixels[:, 5]         # a double
pixels[:, 11] = 0
pixels[17, 11] = 3                  # ink in a single row
pixels[:, 12] = 0
pixels[17, 12] = 200                # the same row: collinear with the one before
floats = (values / 100 + 1000 * (np.arange(COLUMNS) == 2)).astype(np.float32)  # column 2: mean far above its deviation
floats[:, 9] = 0.1                  # constant, and no binary fraction

golden = {"pixels": pixels, "floats": floats, "labels": labels}
for name, x in (("pixels", pixels / 255), ("floats", floats.astype(np.float64))):
    for part, target in (("95", 0.95), ("5", 5)):
        pca = PCA(target, svd_solver="full").fit(x)
        golden |= {
            f"{name}_pca{part}_mean": pca.mean_, f"{name}_pca{part}_components": pca.components_,
            f"{name}_pca{part}_variance": pca.explained_variance_, f"{name}_pca{part}_ratio": pca.explained_variance_ratio_,
            f"{name}_pca{part}_singular": pca.singular_values_, f"{name}_pca{part}_transformed": pca.transform(x),
        }
    # scikit-learn keeps a constant column whose mean rounds, as a direction of noise: it is left out here, and must not matter to us
    varying = x.max(axis=0) > x.min(axis=0)
    lda = LinearDiscriminantAnalysis(n_components=9).fit(x[:, varying], labels)
    golden |= {f"{name}_lda_transformed": lda.transform(x[:, varying]), f"{name}_lda_ratio": lda.explained_variance_ratio_}

    binned = np.empty(x.shape, int)
    for column in range(COLUMNS):
        ordered = np.sort(x[:, column])
        edges = np.unique([ordered[k * ROWS // BINS] for k in range(1, BINS)])
        binned[:, column] = np.searchsorted(edges[edges > ordered[0]], x[:, column], side="right")
    golden[f"{name}_information"] = np.array([mutual_info_score(binned[:, column], labels) for column in range(COLUMNS)])
    with np.errstate(all="ignore"):
        golden[f"{name}_f"] = np.nan_to_num(np.where(varying, f_classif(x, labels)[0], 0))
        golden[f"{name}_correlations"] = np.nan_to_num(np.corrcoef(x * varying, rowvar=False))
np.savez_compressed(Path(__file__).with_name("golden.npz"), **{name: np.ascontiguousarray(array) for name, array in golden.items()})
