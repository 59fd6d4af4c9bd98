/** A digit shown in the report, with its pixels. */
export interface PicturedDigit {
  readonly split: 'train' | 'test';
  /** Row in its split. */
  readonly row: number;
  /** Training rows only: test labels are not read. */
  readonly label?: number;
  /** Base64 of the uint8 pixels, row by row. */
  readonly pixels: string;
}

/** Two digits and how alike they are. */
export interface DigitPair {
  readonly first: PicturedDigit;
  readonly second: PicturedDigit;
  /** Pearson correlation of the pixels at the best shift of at most one pixel. */
  readonly correlation: number;
  /** Distance over that to the first one's k-th neighbour, both by correlation: sqrt((1 - c) / (1 - c_k)). */
  readonly relative: number;
}

/** Pairs found and the closest of them. */
export interface NearPairs {
  /** Pairs that count as near-duplicates. */
  readonly count: number;
  /** The closest pairs by `relative`, near-duplicates or not, at most 40. */
  readonly closest: readonly DigitPair[];
}

/** Leave-one-out classification of the training rows by their nearest neighbours. */
export interface NeighbourConfusion {
  readonly voters: number;
  readonly accuracy: number;
  /** [actual][voted]. */
  readonly matrix: readonly (readonly number[])[];
}

/** Two classes, and how often either is taken for the other. */
export interface ConfusablePair {
  readonly classes: readonly [number, number];
  /** Rows of the first taken for the second, and the reverse. */
  readonly counts: readonly [number, number];
  /** Both counts over the rows of both classes. */
  readonly rate: number;
}

/** A step of average linkage: the groups joined, and the mean rate between them. */
export interface GroupMerge {
  readonly groups: readonly [readonly number[], readonly number[]];
  readonly rate: number;
}

/** What the neighbour graph says of duplicates and of classes that touch. */
export interface NeighbourAnalysis {
  readonly kind: 'neighbour-analysis';
  readonly rows: { readonly train: number; readonly test: number };
  readonly width: number;
  readonly height: number;
  /** k of the graph. */
  readonly neighbours: number;
  /** How the graph was found, and what share of the true nearest (first, all k) it holds, on sampled rows. */
  readonly search: {
    readonly components: number;
    readonly explained: number;
    readonly candidates: number;
    readonly sampled: number;
    readonly recallFirst: number;
    readonly recallAll: number;
  };
  /** Groups of equal images, as rows: in train, in test, and in both (training rows, test rows). At most 40 are listed. */
  readonly exact: {
    readonly train: { readonly groups: number; readonly listed: readonly (readonly number[])[] };
    readonly test: { readonly groups: number; readonly listed: readonly (readonly number[])[] };
    readonly between: { readonly groups: number; readonly listed: readonly { readonly train: readonly number[]; readonly test: readonly number[] }[] };
  };
  readonly near: {
    /** A pair counts from this correlation on, whatever its surroundings. */
    readonly certain: number;
    /** Or from this correlation on, when `relative` is at most `isolated`. */
    readonly alike: number;
    readonly isolated: number;
    readonly trainTest: NearPairs;
    readonly train: NearPairs;
  };
  readonly confusion: readonly NeighbourConfusion[];
  /** All pairs of classes by falling rate, of the last vote. */
  readonly pairs: readonly ConfusablePair[];
  readonly merges: readonly GroupMerge[];
  /** Groups that stand when merging stops at `groupRate`; classes alone are left out. */
  readonly groups: readonly (readonly number[])[];
  readonly groupRate: number;
  /** Mutual nearest neighbours of different classes: how many, and the closest of the most confusable pairs. */
  readonly borders: { readonly count: number; readonly pairs: readonly { readonly classes: readonly [number, number]; readonly count: number; readonly examples: readonly DigitPair[] }[] };
}
