import type { MeasureName } from '../../../shared/analysis/data-description.js';

/** A measure in words. */
export interface Measure {
  readonly title: string;
  readonly unit: string;
  readonly definition: string;
}

/** What each measure of an image is. Brightness runs from 0 (ground) to 1 (ink); a pixel's own level is its uint8 value / 255. */
export const MEASURES: Readonly<Record<MeasureName, Measure>> = {
  brightness: { title: 'brightness', unit: '', definition: 'mean of all pixels, 0 to 1' },
  contrast: { title: 'contrast', unit: '', definition: 'standard deviation of all pixels (RMS contrast), 0 to 0.5' },
  minimum: { title: 'minimum', unit: '', definition: 'darkest pixel' },
  median: { title: 'median', unit: '', definition: 'median pixel, the mean of the middle two' },
  maximum: { title: 'maximum', unit: '', definition: 'brightest pixel' },
  sparsity: { title: 'sparsity', unit: '', definition: 'share of pixels that are exactly 0' },
  ink: { title: 'ink', unit: '', definition: 'share of pixels brighter than one half' },
  edges: { title: 'edge density', unit: '', definition: 'share of pixels whose slope (Sobel gradient / 8) is at least 1/8 of full brightness per pixel, as beside a step of a quarter' },
  entropy: { title: 'entropy', unit: 'bits', definition: 'Shannon entropy of the 256-bin histogram of brightness, 0 to 8' },
  skewness: { title: 'skewness', unit: '', definition: 'third standardised moment of the pixels (biased, as scipy.stats.skew); 0 for a flat image' },
  kurtosis: { title: 'excess kurtosis', unit: '', definition: 'fourth standardised moment less 3 (biased, as scipy.stats.kurtosis); 0 for a flat image' },
  strokeWidth: { title: 'stroke width', unit: 'px', definition: 'twice the ink divided by the length of its edge, where the ink is the sum of brightness above the darkest pixel and the edge’s length the sum of slopes (total variation); exact for long strokes of two pixels and more' },
  centreX: { title: 'centre x', unit: 'px', definition: 'centre of mass, to the right of the middle of the image' },
  centreY: { title: 'centre y', unit: 'px', definition: 'centre of mass, below the middle of the image' },
  spread: { title: 'spread', unit: 'px', definition: 'root mean square distance of the ink from its centre of mass' },
  boxWidth: { title: 'box width', unit: 'px', definition: 'columns from the first to the last pixel above 0' },
  boxHeight: { title: 'box height', unit: 'px', definition: 'rows from the first to the last pixel above 0' },
  inkGap: { title: 'ink to ground', unit: '', definition: 'mean brightness of the ink less that of the ground; ink is what is brighter than half-way between the darkest and the brightest pixel' },
  sharpness: { title: 'sharpness', unit: '', definition: 'mean slope, weighted by itself, divided by brightest less darkest pixel: 0.5 for a clean step, less for a blurred one' },
  largestPart: { title: 'largest part', unit: '', definition: 'share of the ink pixels in the largest 8-connected part' },
  frameInk: { title: 'ink on the frame', unit: 'px', definition: 'sum of brightness over the outermost rows and columns' },
  strayLight: { title: 'stray light', unit: '', definition: 'root of the sum of squared brightness of pixels that are no ink and touch none, divided by all pixels' },
};
