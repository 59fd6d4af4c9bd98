/** By what columns are ranked before doubles are passed over: one criterion, or the mean rank of both. */
export type SelectionRanking = 'mutualInformation' | 'importance' | 'combined';

/** Which columns of the features were chosen, and why: measured on the training rows before the validation rows. */
export interface FeatureSelection {
  readonly kind: 'feature-selection';
  readonly rows: number;
  readonly ranking: SelectionRanking;
  /** What `importance` means here: `anova-f`, or the name under which it was given. */
  readonly importanceOf: string;
  readonly bins: number;
  readonly maxCorrelation: number;
  /** Rows, evenly spaced, behind the correlations. */
  readonly correlationRows: number;
  /** The families, in the order of the columns. */
  readonly families: readonly FamilyShare[];
  /** All columns, the best first. */
  readonly ranked: readonly RankedColumn[];
  /** Names of the columns taken, the best first. */
  readonly chosen: readonly string[];
  /** Their places in the families joined side by side, in the order of `chosen`. */
  readonly chosenColumns: readonly number[];
  readonly constantColumns: readonly string[];
  /** A column passed over, the chosen one that stands for it, and their correlation; the strongest 100 of `passedOverTotal`. */
  readonly passedOver: readonly (readonly [string, string, number])[];
  readonly passedOverTotal: number;
  /** Pairs correlated above 0.95 in size: the strongest 50 of `pairsTotal`. */
  readonly pairs: readonly (readonly [string, string, number])[];
  readonly pairsTotal: number;
  /** Correlations of the best columns with each other. */
  readonly correlations: { readonly columns: readonly string[]; readonly matrix: readonly (readonly number[])[] };
}

/** A column and its criteria. */
export interface RankedColumn {
  readonly column: string;
  /** Mutual information with the class, in nats. */
  readonly mutualInformation: number;
  readonly importance: number;
  /** What the ranking goes by; larger is better. */
  readonly score: number;
}

/** A family's part in the selection. */
export interface FamilyShare {
  readonly family: string;
  readonly columns: number;
  readonly chosen: number;
  readonly meanMutualInformation: number;
}
