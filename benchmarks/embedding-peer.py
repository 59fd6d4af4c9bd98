"""scikit-learn's t-SNE on the rows that embedding.bench.ts wrote: python embedding-peer.py <x.npy> <our map.npy> <rows for trustworthiness>

Prints one JSON line: its time, and the trustworthiness of both maps as scikit-learn computes it."""
import json
import sys
import time

import numpy as np
import sklearn
from sklearn.manifold import TSNE, trustworthiness

x, ours, rows = np.load(sys.argv[1]), np.load(sys.argv[2]), int(sys.argv[3])
wall, cpu = time.time(), time.process_time()
model = TSNE(2, perplexity=30, init="pca", max_iter=750, n_jobs=2, random_state=0)
theirs = model.fit_transform(x)
wall, cpu = time.time() - wall, time.process_time() - cpu
print(json.dumps({
    "name": f"tsne, scikit-learn {sklearn.__version__}", "n": len(x), "seconds": round(wall, 2), "cpuSeconds": round(cpu, 2),
    "klDivergence": float(model.kl_divergence_), "trustworthiness": float(trustworthiness(x[:rows], theirs[:rows], n_neighbors=12)),
    "trustworthinessOfOurs": float(trustworthiness(x[:rows], ours[:rows], n_neighbors=12)),
}))
