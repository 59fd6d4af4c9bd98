"""Reference values of SIFT and Canny for tests/ml/features: python write-keypoints-golden.py <t10k-images-idx3-ubyte.gz> <keypoints.npz>

Written with numpy and opencv-python-headless; their versions are in the file. OpenCV leaves out what is within five samples of
a plane's border, hence 28 more pixels of ground on each side for SIFT; its places are given back in the digit's own pixels."""
import gzip
import sys

import cv2
import numpy as np

MARGIN = 28
digits = np.frombuffer(gzip.open(sys.argv[1]).read(), np.uint8)[16:].reshape(-1, 28, 28)[:64]
noise = np.random.default_rng(7).integers(0, 256, (8, 28, 28), dtype=np.uint8)  # edges up to the border


def edges(image):
    return cv2.Canny(cv2.GaussianBlur(image, (5, 5), 1), 100, 200, L2gradient=True)


sift = cv2.SIFT_create(enable_precise_upscale=True)
keypoints, descriptors, offsets = [], [], [0]
for digit in digits:
    found, described = sift.detectAndCompute(np.pad(digit, MARGIN), None)
    for i, one in enumerate(found):
        keypoints.append([one.pt[0] - MARGIN, one.pt[1] - MARGIN, one.size / 2, np.deg2rad(one.angle), one.response])
        descriptors.append(described[i])
    offsets.append(len(keypoints))

np.savez_compressed(
    sys.argv[2],
    noise=noise,
    edges=np.stack([edges(image) for image in (*digits, *noise)]),
    keypoints=np.array(keypoints, np.float32),
    descriptors=np.array(descriptors, np.uint8),
    offsets=np.array(offsets, np.int32),
    versions=np.frombuffer(f"numpy {np.__version__}, OpenCV {cv2.__version__}".encode(), np.uint8),
)
