import type { LabelledMatrix } from '../../ml/matrix.js';
import type { FitContext } from '../../ml/models/model.js';

/** A context that hears nothing, for fits in tests. */
export const QUIET: FitContext = { seed: 11, native: {}, signal: new AbortController().signal, progress: () => undefined };

/** Rows written out, with their labels. */
export function labelled(rows: readonly (readonly number[])[], labels: readonly number[]): LabelledMatrix {
  return { x: { rows: rows.length, columns: rows[0]?.length ?? 0, data: Float32Array.from(rows.flat()) }, labels: Uint8Array.from(labels) };
}

/** No rows, of a width. */
export function noRows(columns: number): LabelledMatrix {
  return { x: { rows: 0, columns, data: new Float32Array(0) }, labels: new Uint8Array(0) };
}
