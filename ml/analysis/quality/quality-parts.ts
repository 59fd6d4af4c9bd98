import type { QualityPart, QualityReference } from '../../../shared/analysis/data-description.js';

/** What is known of one image when its quality is judged; each is a measure of MEASURES. */
export interface JudgedImage {
  readonly brightness: number;
  readonly inkGap: number;
  readonly sharpness: number;
  readonly largestPart: number;
  /** Distance of the centre of mass from the middle of the image, in sides of the image. */
  readonly offCentre: number;
  readonly frameInk: number;
  readonly strayLight: number;
}

interface Part {
  /** For people: what makes it fall. */
  readonly definition: string;
  /** In [0, 1]. */
  score(image: JudgedImage, reference: QualityReference): number;
}

/** Centred to a pixel of 28, as MNIST's own procedure does, costs nothing; each further eighth of the side halves the score. */
const FREE_OFFSET = 1 / 28;
const HALVING_OFFSET = 1 / 8;
/** Ink of about a stroke's crossing, on the frame. */
const HALVING_FRAME_INK = 3;
/** Stray light: with Gaussian noise of one tenth of full brightness it is about 0.07. */
const HALVING_STRAY_LIGHT = 0.05;

/** The parts of quality. None looks at labels or models. */
export const PARTS: Readonly<Record<QualityPart, Part>> = {
  amount: {
    definition: '1 while the brightness is between the 5th and the 95th percentile; outside, the ratio to the nearer of them: half the least usual ink gives 0.5',
    score: ({ brightness }, { leastBrightness, mostBrightness }) => Math.min(1, ratio(brightness, leastBrightness), ratio(mostBrightness, brightness)),
  },
  contrast: {
    definition: 'ink-to-ground brightness divided by its median, at most 1; falls for pale ink and bright ground',
    score: ({ inkGap }, reference) => Math.min(1, ratio(inkGap, reference.inkGap)),
  },
  sharpness: {
    definition: 'sharpness of edges divided by its median, at most 1; falls for blur',
    score: ({ sharpness }, reference) => Math.min(1, ratio(sharpness, reference.sharpness)),
  },
  wholeness: {
    definition: 'share of the ink in its largest connected part; falls for broken strokes and specks',
    score: ({ largestPart }) => largestPart,
  },
  centring: {
    definition: '1 while the centre of mass is within a 28th of the side from the middle; halves with every further eighth of the side',
    score: ({ offCentre }) => 2 ** (-Math.max(0, offCentre - FREE_OFFSET) / HALVING_OFFSET),
  },
  framing: {
    definition: 'halves with every three pixels of full ink on the outermost rows and columns; falls where a digit is cut off',
    score: ({ frameInk }) => 2 ** (-frameInk / HALVING_FRAME_INK),
  },
  cleanness: {
    definition: 'halves with every 0.05 of stray light, the root mean square brightness away from the ink; falls for noise and smudges',
    score: ({ strayLight }) => 2 ** (-strayLight / HALVING_STRAY_LIGHT),
  },
};

/** Equal parts of nothing are whole: a set of blank images has blank images as its usual ones. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
