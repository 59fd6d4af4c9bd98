"""Reference values of brightness statistics for tests/ml/analysis/describe: python write-describe-golden.py <t10k-images-idx3-ubyte.gz> <describe.npz>

Written with numpy and scipy; their versions are in the file. Brightness is the pixel / 255; moments are biased, kurtosis is excess
(scipy.stats' defaults); entropy is in bits, of the 256-bin histogram."""
import gzip
import sys

import numpy as np
import scipy
from scipy import ndimage, stats

pixels = np.frombuffer(gzip.open(sys.argv[1]).read(), np.uint8)[16:].reshape(-1, 28, 28)[:64]
unit = pixels.reshape(64, -1) / 255


def entropy(values):
    return stats.entropy(np.bincount(values.ravel(), minlength=256), base=2)


def slopes(image):
    across, down = (ndimage.sobel(image.astype(float), axis, mode="nearest") / 8 / 255 for axis in (1, 0))
    return np.hypot(across, down)


def largest_part(image):
    labels, _ = ndimage.label(image > (int(image.min()) + int(image.max())) / 2, np.ones((3, 3)))
    return np.bincount(labels.ravel())[1:].max() / (labels > 0).sum()


centres = np.array([ndimage.center_of_mass(image.astype(float)) for image in pixels]) - 13.5
gradients = [slopes(image) for image in pixels]
np.savez_compressed(
    sys.argv[2],
    brightness=unit.mean(1),
    contrast=unit.std(1),
    median=np.median(unit, 1),
    sparsity=(unit == 0).mean(1),
    ink=(unit > 0.5).mean(1),
    edges=np.array([(slope >= 1 / 8).mean() for slope in gradients]),
    entropy=np.array([entropy(image) for image in pixels]),
    skewness=stats.skew(unit, 1),
    kurtosis=stats.kurtosis(unit, 1),
    strokeWidth=np.array([2 * image.sum() / slope.sum() for image, slope in zip(unit, gradients)]),
    sharpness=np.array([(slope**2).sum() / slope.sum() / (image.max() - image.min()) for image, slope in zip(unit, gradients)]),
    centreX=centres[:, 1],
    centreY=centres[:, 0],
    largestPart=np.array([largest_part(image) for image in pixels]),
    pooled=np.array([unit.mean(), unit.std(), stats.skew(unit, None), stats.kurtosis(unit, None), entropy(pixels)]),
    mean_image=unit.mean(0).reshape(28, 28),
    variance_image=unit.var(0).reshape(28, 28),
    versions=np.frombuffer(f"numpy {np.__version__}, scipy {scipy.__version__}".encode(), np.uint8),
)
