/** The limits that data must keep for a run to go on (`analyse.gate`). Defaults and reasons are in {@link GATE_SETTINGS}. */
export interface GateThresholds {
  readonly minTrainRows: number;
  readonly minTestRows: number;
  readonly side: number;
  readonly maxBlankShare: number;
  readonly minClassShare: number;
  readonly maxImbalance: number;
  readonly minMeanInk: number;
  readonly maxMeanInk: number;
  readonly maxTrainTestDrift: number;
  readonly maxExactDuplicatesShare: number;
  readonly minDistinctValues: number;
}

/** One limit, as the settings' schema describes it. */
export interface GateSetting {
  readonly type: 'integer' | 'number';
  /** What it limits, in which unit, and why the default is what it is. */
  readonly description: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

const MOST_ROWS = 1e9;

/** Every limit of the gate with its unit, reason, range and default. */
export const GATE_SETTINGS: Readonly<Record<keyof GateThresholds, GateSetting>> = {
  minTrainRows: {
    type: 'integer', minimum: 1, maximum: MOST_ROWS, default: 600,
    description: 'Least training images. With fewer than some 50 a digit to fit on (600, less the validation sixth) models learn single hands.',
  },
  minTestRows: {
    type: 'integer', minimum: 1, maximum: MOST_ROWS, default: 100,
    description: 'Least test images. With 100, the 95 % interval of an accuracy of 98 % is already five to seven points wide.',
  },
  side: {
    type: 'integer', minimum: 0, maximum: 4096, default: 28,
    description: 'Width and height that all images must have, in pixels; 0 asks only that train and test agree. The features and networks are defined on 28 x 28.',
  },
  maxBlankShare: {
    type: 'number', minimum: 0, maximum: 1, default: 0.001,
    description: 'Largest share of blank images (brightest less darkest pixel under 24 of 255) in either split. A blank image has no right answer; MNIST has none.',
  },
  minClassShare: {
    type: 'number', minimum: 0, maximum: 0.1, default: 0.02,
    description: 'Least share of the training images for each of the ten digits: a fifth of an even share. MNIST\'s rarest digit has 0.090. A digit that is missing has 0.',
  },
  maxImbalance: {
    type: 'number', minimum: 1, maximum: MOST_ROWS, default: 5,
    description: 'Largest count of a digit divided by the smallest, in the training images. MNIST has 1.24, street-view numbers about 3; beyond 5 accuracy hides the rare digits.',
  },
  minMeanInk: {
    type: 'number', minimum: 0, maximum: 1, default: 0.02,
    description: 'Least mean brightness of a split, where 1 is full ink everywhere. Handwriting in MNIST\'s form has 0.13; a hairline digit 0.04; less is nearly empty.',
  },
  maxMeanInk: {
    type: 'number', minimum: 0, maximum: 1, default: 0.5,
    description: 'Largest mean brightness of a split. Ink is the lesser part of a picture of a digit: above one half, dark ink stands on a bright ground and the images are inverted.',
  },
  maxTrainTestDrift: {
    type: 'number', minimum: 0, maximum: 100, default: 0.3,
    description: 'Largest standardised difference (Cohen\'s d less twice its standard error, so that small sets do not fail by chance) between train and test images in mean brightness, contrast or share of ink. 0.2 is called small, 0.5 medium; MNIST has under 0.05.',
  },
  maxExactDuplicatesShare: {
    type: 'number', minimum: 0, maximum: 1, default: 0.05,
    description: 'Largest share of training images that repeat an earlier one pixel by pixel. Copies on both sides of the validation split make validation figures too good.',
  },
  minDistinctValues: {
    type: 'integer', minimum: 1, maximum: 256, default: 2,
    description: 'Least number of different brightnesses in a split. Two admit black-and-white images; ask for more where grey is expected.',
  },
};

/** The limits that hold unless the settings say otherwise. */
export const GATE_DEFAULTS: GateThresholds = {
  minTrainRows: GATE_SETTINGS.minTrainRows.default,
  minTestRows: GATE_SETTINGS.minTestRows.default,
  side: GATE_SETTINGS.side.default,
  maxBlankShare: GATE_SETTINGS.maxBlankShare.default,
  minClassShare: GATE_SETTINGS.minClassShare.default,
  maxImbalance: GATE_SETTINGS.maxImbalance.default,
  minMeanInk: GATE_SETTINGS.minMeanInk.default,
  maxMeanInk: GATE_SETTINGS.maxMeanInk.default,
  maxTrainTestDrift: GATE_SETTINGS.maxTrainTestDrift.default,
  maxExactDuplicatesShare: GATE_SETTINGS.maxExactDuplicatesShare.default,
  minDistinctValues: GATE_SETTINGS.minDistinctValues.default,
};
