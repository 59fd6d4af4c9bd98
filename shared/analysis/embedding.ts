/** How a map is made. */
export type EmbeddingMethod = 'tsne' | 'umap';

/** What a map is of: the images' pixels, or what a trained network's last hidden layer makes of them. */
export type EmbeddingSource = 'pixels' | 'network';

/** The settings that a map was made with. */
export type EmbeddingParameters =
  | { readonly principalAxes: number; readonly perplexity: number; readonly iterations: number }
  | { readonly principalAxes: number; readonly neighbours: number; readonly minDistance: number; readonly epochs: number };

/** A map of images in the plane, with figures that say how far to trust it (JSON artifact of the step `embed`). */
export interface Embedding {
  readonly kind: 'embedding';
  readonly method: EmbeddingMethod;
  readonly of: EmbeddingSource;
  /** Images on the map. */
  readonly n: number;
  readonly parameters: EmbeddingParameters;
  /** Of a t-SNE map: the divergence that it minimises, in nats. */
  readonly klDivergence?: number;
  /** In [0, 1], of each image's k nearest on the map, measured on the first `rows` images. */
  readonly trustworthiness: { readonly value: number; readonly k: number; readonly rows: number };
  /** Share of the images whose digit most of their k nearest on the map show (the image itself left out). */
  readonly neighbourAccuracy: { readonly value: number; readonly k: number };
  /** Where the images lie, for a picture; at most 20,000 of them. */
  readonly points: EmbeddingPoints;
}

/** Points of a map: 0 is the left and the upper end of the square that holds it, `EMBEDDING_SCALE` the right and the lower. */
export interface EmbeddingPoints {
  readonly count: number;
  /** Base64 of [count, 2] little-endian uint16: right, down. */
  readonly positions: string;
  /** Base64 of [count] uint8: the digits. */
  readonly labels: string;
}

/** The largest coordinate of an `EmbeddingPoints`. */
export const EMBEDDING_SCALE = 65535;
