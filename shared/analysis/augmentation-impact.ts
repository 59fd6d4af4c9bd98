import type { PairedTTest, Spread } from '../metrics.js';

/** One way to train the same network: types, since interfaces are no JsonObject. */
export type ImpactWay = {
  /** `none`, a kind of augmentation, `section` (the whole pipeline), `expanded`, or one of the first and the third with `-longer`. */
  readonly name: string;
  /** The kinds of augmentation in it, in their order. */
  readonly kinds: readonly string[];
  /** Augmented copies of each image, made before the training; 0 where each epoch makes its own. */
  readonly copies: number;
  /** Epochs as a multiple of the other ways': 1, or as many as see the images of expanded rows. */
  readonly longer: number;
};

/** What it came to, with one seed after the other. */
export type ImpactFigures = ImpactWay & {
  /** On the validation rows, by seed: the same seeds for every way. */
  readonly accuracies: readonly number[];
  /** What each fit took when it was computed. */
  readonly seconds: readonly number[];
  /** Training images that each fit has seen, those of all epochs. */
  readonly images: readonly number[];
};

/** Figures of one way, beside those without augmentation that has seen as many images. */
export interface WayImpact extends ImpactFigures {
  readonly accuracy: Spread;
  readonly meanSeconds: number;
  readonly meanImages: number;
  /** Accuracies minus those without augmentation, by seed; absent for `none`. */
  readonly gain?: PairedTTest;
  /** Seconds as a multiple of those without augmentation. */
  readonly cost: number;
}

/** What to make of the ways that see equally many images. */
export interface ImpactAdvice {
  /** Images seen, as a multiple of the shortest trainings'. */
  readonly budget: number;
  /** The way with the highest mean accuracy. */
  readonly best: string;
  /** The way to take: the cheapest of those that are better than none and not shown to be worse than the best; absent where nothing is better. */
  readonly take?: string;
  /** Ways that are worse than none. */
  readonly harmful: readonly string[];
}

/** The `impact` artifact (JSON): what augmentation does to the accuracy on validation rows, and what it costs. */
export interface AugmentationImpact {
  readonly kind: 'augmentation-impact';
  /** The kind of model that was trained. */
  readonly model: string;
  readonly trainRows: number;
  readonly validationRows: number;
  readonly seeds: number;
  /** In the order of the settings; of those with one budget the one without augmentation first. */
  readonly ways: readonly WayImpact[];
  /** One for each budget, the smallest first. */
  readonly advice: readonly ImpactAdvice[];
}

/** Images that a way sees in its training, as a multiple of those that the shortest ways see. */
export function budgetOf({ copies, longer }: Pick<ImpactWay, 'copies' | 'longer'>): number {
  return (1 + copies) * longer;
}
