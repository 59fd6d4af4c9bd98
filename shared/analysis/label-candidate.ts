/** One image whose given label looks wrong. */
export interface LabelCandidate {
  /** 0-based, in the set that was looked at. */
  readonly row: number;
  readonly given: number;
  /** The most probable other digit. */
  readonly suggested: number;
  /** Probability of the given digit. */
  readonly selfConfidence: number;
  /** Probability of the suggested digit. */
  readonly confidence: number;
  /** (selfConfidence - confidence + 1) / 2, in [0, 1]; the smaller, the likelier an error. */
  readonly margin: number;
  /** Whether the confident joint counts it as the suggested digit: its probability reaches that digit's threshold. */
  readonly confident: boolean;
  readonly width: number;
  readonly height: number;
  /** Base64 of the uint8 pixels, row by row; 0 is ground, 255 is ink. */
  readonly pixels: string;
}

/** What confident learning says of a set of labels. */
export interface ConfidentFigures {
  /** Per class: the mean probability of the class over the rows that are labelled so; null for a class without rows. */
  readonly thresholds: readonly (number | null)[];
  /** counts[given][true]: rows counted with confidence, before calibration. */
  readonly counts: readonly (readonly number[])[];
  /** joint[given][true]: the counts calibrated so that each row sums to the number of images labelled so. */
  readonly joint: readonly (readonly number[])[];
  /** Estimated share of wrong labels, in [0, 1]: the off-diagonal part of the joint. */
  readonly noise: number;
  /** Pairs of the joint off its diagonal, most images first; `rate` is their share of the images labelled `given`. */
  readonly pairs: readonly { readonly given: number; readonly suggested: number; readonly count: number; readonly rate: number }[];
}
