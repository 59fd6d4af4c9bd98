"""Reads a .safetensors file with the safetensors package and writes it again.

    read_safetensors.py MODEL.safetensors AGAIN.safetensors

Prints JSON: the metadata, and for each tensor its type, shape and numbers. AGAIN holds the same tensors, in the package's own order
and with its own padding. safetensors and numpy are found through PYTHONPATH.
"""

import json
import sys

from safetensors import safe_open
from safetensors.numpy import save_file


def main(path, again):
    with safe_open(path, framework="np") as opened:
        metadata = opened.metadata()
        tensors = {name: opened.get_tensor(name) for name in opened.keys()}
    save_file(tensors, again, metadata)
    facts = {name: [array.dtype.name, list(array.shape), [float(number) for number in array.ravel()]] for name, array in tensors.items()}
    print(json.dumps({"metadata": metadata, "tensors": facts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
