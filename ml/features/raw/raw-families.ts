import type { GrayImage } from '../family.js';
import { magnitudes } from '../fourier/magnitudes.js';
import { textureProperties } from '../glcm/texture-properties.js';
import { cellHistograms, ORIENTATIONS } from '../hog/cell-histograms.js';
import { huMoments } from '../hu.js';
import { codeHistogram, CODES } from '../lbp/code-histogram.js';
import { decompose, decompositionLength } from '../wavelet/decompose.js';
import { DB2, HAAR } from '../wavelet/filters.js';
import { zernikeMoments } from '../zernike/zernike-moments.js';
import type { RawFamily } from './raw-family.js';

const CELL = 8; // pixels a side

/** The families whose values a public library defines, under the names of the reference values (scikit-image, OpenCV, mahotas, PyWavelets, NumPy). */
export const RAW_FAMILIES: readonly RawFamily[] = [
  {
    name: 'hog',
    length: (width, height) => Math.floor(width / CELL) * Math.floor(height / CELL) * ORIENTATIONS,
    extract(image: GrayImage, out: Float64Array, offset: number): void {
      const cells = { rows: Math.floor(image.height / CELL), columns: Math.floor(image.width / CELL), height: CELL, width: CELL };
      cellHistograms(image, cells, out, offset);
    },
  },
  { name: 'lbp', length: () => CODES, extract: codeHistogram },
  { name: 'hu', length: () => 7, extract: huMoments },
  { name: 'zernike', length: () => 25, extract: zernikeMoments },
  { name: 'glcm', length: () => 64, extract: textureProperties },
  ...[HAAR, DB2].map((wavelet): RawFamily => ({
    name: `wavelet_${wavelet.name}`,
    length: (width, height) => decompositionLength(width, height, wavelet),
    extract: (image, out, offset) => decompose(image, wavelet, out, offset),
  })),
  { name: 'fft_magnitude', length: (width, height) => width * height, extract: magnitudes },
];
