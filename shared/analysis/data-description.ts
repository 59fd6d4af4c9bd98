/** What is measured on each image; defined in ml/analysis/describe/measures.ts. */
export const MEASURE_NAMES = [
  'brightness', 'contrast', 'minimum', 'median', 'maximum', 'sparsity', 'ink', 'edges', 'entropy', 'skewness', 'kurtosis', 'strokeWidth',
  'centreX', 'centreY', 'spread', 'boxWidth', 'boxHeight', 'inkGap', 'sharpness', 'largestPart', 'frameInk', 'strayLight',
] as const;
export type MeasureName = (typeof MEASURE_NAMES)[number];

/** The parts of an image's quality; defined in ml/analysis/quality/quality-parts.ts. */
export const QUALITY_PARTS = ['amount', 'contrast', 'sharpness', 'wholeness', 'centring', 'framing', 'cleanness'] as const;
export type QualityPart = (typeof QUALITY_PARTS)[number];

/** How a number is spread over images: population standard deviation, and quantiles with linear interpolation. */
export interface Spread {
  readonly mean: number;
  readonly sd: number;
  readonly min: number;
  readonly p5: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** Statistics of all pixels of a group of images taken together; brightness in [0, 1], moments as scipy.stats (biased, excess kurtosis), entropy in bits. */
export interface IntensityStatistics {
  readonly mean: number;
  readonly sd: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly skewness: number;
  readonly kurtosis: number;
  readonly entropy: number;
}

/** A group of images: a split, or the training images of a digit. */
export interface GroupDescription {
  readonly count: number;
  /** Of its split, in [0, 1]. */
  readonly share: number;
  readonly intensity: IntensityStatistics;
  readonly measures: Readonly<Record<MeasureName, Spread>>;
  /** Mean of each pixel: base64 of width x height uint8. */
  readonly meanPixels: string;
  /** Variance of each pixel, 255 for the largest there can be (0.25): base64 of width x height uint8. */
  readonly variancePixels: string;
}

/** A training image that the report shows. */
export interface ExampleImage {
  readonly row: number;
  /** Quality in [0, 1], or how many times as far from its digit as the median image of that digit. */
  readonly score: number;
  /** The weakest part of its quality (only of low quality). */
  readonly weakest?: QualityPart;
  /** base64 of width x height uint8. */
  readonly pixels: string;
}

/** The training images of a digit. */
export interface DigitDescription extends GroupDescription {
  readonly digit: number;
  readonly quality: Spread;
  /** Best first. */
  readonly best: readonly ExampleImage[];
  /** Worst first. */
  readonly worst: readonly ExampleImage[];
  /** Furthest first. */
  readonly outliers: readonly ExampleImage[];
}

/** What is usual among the training rows before the validation split; quality is measured against it. */
export interface QualityReference {
  /** 5th and 95th percentile of brightness. */
  readonly leastBrightness: number;
  readonly mostBrightness: number;
  /** Medians. */
  readonly inkGap: number;
  readonly sharpness: number;
}

/** What the step describe-data found (JSON artifact). */
export interface DataDescription {
  readonly kind: 'data-description';
  readonly width: number;
  readonly height: number;
  readonly train: GroupDescription;
  readonly test: GroupDescription;
  /** Digits that have training images, in order. */
  readonly digits: readonly DigitDescription[];
  readonly quality: {
    readonly reference: QualityReference;
    /** Of the training images. */
    readonly score: Spread;
    readonly parts: Readonly<Record<QualityPart, Spread>>;
    /** Training images in equal bins of quality from 0 to 1. */
    readonly histogram: readonly number[];
  };
}
