"""A dense network with batch normalisation, in numpy, from a .safetensors file alone.

    dense_forward.py FOLDER

FOLDER/model.safetensors: hidden<i>/kernel and norm<i>/* for each hidden layer, digits/kernel and digits/bias; FOLDER/rows.npy: float32
[n, inputs]. Writes FOLDER/answers.npy, the probabilities as float32. safetensors and numpy are found through PYTHONPATH.
"""

import pathlib
import sys

import numpy as np
from safetensors.numpy import load_file

EPSILON = 1e-3  # of tf.layers


def forward(weights, x):
    layer = 1
    while f"hidden{layer}/kernel" in weights:
        x = x @ weights[f"hidden{layer}/kernel"]
        gamma, beta, mean, variance = (weights[f"norm{layer}/{name}"] for name in ("gamma", "beta", "moving_mean", "moving_variance"))
        x = np.maximum((x - mean) / np.sqrt(variance + EPSILON) * gamma + beta, 0)
        layer += 1
    logits = x @ weights["digits/kernel"] + weights["digits/bias"]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def main(folder):
    answers = forward(load_file(folder / "model.safetensors"), np.load(folder / "rows.npy"))
    np.save(folder / "answers.npy", answers.astype(np.float32))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
