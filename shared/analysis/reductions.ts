/** What the report shows of the reductions of the pixels: PCA and LDA, fitted on the training rows before the validation rows. */
export interface Reductions {
  readonly kind: 'reductions';
  readonly rows: number;
  readonly columns: number;
  readonly constantColumns: number;
  readonly pca: {
    /** The part of the variance that was asked for. */
    readonly variance: number;
    /** Components that it took. */
    readonly components: number;
    /** Part of the variance in the first 1, 2, .. components, up to all columns. */
    readonly cumulative: readonly number[];
    /** The first components, as pictures: each scaled by its own largest loading, 0..255 with 128 for none. */
    readonly pictures: readonly ComponentPicture[];
  };
  readonly lda: {
    readonly dimensions: number;
    /** Directions within classes that have a spread. */
    readonly rank: number;
    /** Part of the variance between classes, of each dimension. */
    readonly explainedRatio: readonly number[];
    /** Of the validation rows: the digit whose mean is nearest in the reduced space. */
    readonly validationAccuracy: number;
    readonly validationRows: number;
    /** At most 1,000 evenly spaced validation rows in the first two dimensions (one: the second is 0): [x, y, label]. */
    readonly points: readonly (readonly [number, number, number])[];
  };
}

/** A principal component as an image. */
export interface ComponentPicture {
  readonly width: number;
  readonly height: number;
  /** Base64 of uint8, row by row. */
  readonly pixels: string;
  readonly ratio: number;
}
