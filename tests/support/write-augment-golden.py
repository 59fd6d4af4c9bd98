"""Reference values of CLAHE for tests/ml/augment: python write-augment-golden.py <t10k-images-idx3-ubyte.gz> <augment.npz>

Written with numpy and opencv-python-headless; their versions are in the file."""
import gzip
import sys

import cv2
import numpy as np

pixels = np.frombuffer(gzip.open(sys.argv[1]).read(), np.uint8)[16:].reshape(-1, 28, 28)[:16]


def clahe(clip, grid, images=pixels):
    return np.stack([cv2.createCLAHE(clip, (grid, grid)).apply(np.ascontiguousarray(image)) for image in images])


np.savez_compressed(
    sys.argv[2],
    clahe_2_4=clahe(2.0, 4),
    clahe_20_4=clahe(20.0, 4),
    clahe_8_3=clahe(8.0, 3),  # 28 is no multiple of 3: the image is padded
    clahe_40_1=clahe(40.0, 1),
    versions=np.frombuffer(f"numpy {np.__version__}, OpenCV {cv2.__version__}".encode(), np.uint8),
)
