/** The numbers of one family for some images, image by image. */
export interface FamilyTable {
  readonly name: string;
  /** Names of its columns. */
  readonly columns: readonly string[];
  readonly data: Float32Array | Float64Array;
}

/** The numbers of some families for the same images. */
export interface FeatureTable {
  readonly rows: number;
  readonly families: readonly FamilyTable[];
}
