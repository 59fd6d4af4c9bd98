"""Reference values for tests/ml/embedding: python write-embedding-golden.py <embedding-golden.npz>

60 rows of 6 columns; a map of them that is partly wrong; scikit-learn's trustworthiness of it; t-SNE's joint
probabilities for perplexity 8 on 24 neighbours; coordinates on the first three principal axes. Written with numpy and scikit-learn."""
import sys

import numpy as np
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities_nn
from sklearn.neighbors import NearestNeighbors

random = np.random.default_rng(3)
x = (random.normal(size=(60, 6)) * [5, 4, 3, 1, 1, 1]).astype(np.float32)
low = (x[:, :2] + random.normal(size=(60, 2)) * 2).astype(np.float32)
graph = NearestNeighbors(n_neighbors=24).fit(x).kneighbors_graph(mode="distance")
graph.data **= 2
np.savez_compressed(
    sys.argv[1], x=x, low=low,
    trustworthiness=np.array([trustworthiness(x, low, n_neighbors=k) for k in (1, 5, 12, 29)]),
    joint=np.asarray(_joint_probabilities_nn(graph, 8, 0).todense()).astype(np.float64),
    principal=np.ascontiguousarray(PCA(3, svd_solver="full").fit_transform(x), np.float32),
)
