import type { AheadJob } from '../../shared/made-ahead.js';

/** What a thread that makes items is given; all arrays and buffers are shared. */
export interface AheadThreadData {
  /** URL of the step's module, whose `itemMaker` makes the items. */
  readonly entry: string;
  readonly job: AheadJob;
  /** Memory of one item each: item i goes to slot i modulo their number. */
  readonly slots: readonly SharedArrayBuffer[];
  /** Int32: see {@link COUNTERS}. */
  readonly counters: SharedArrayBuffer;
  /** The first item to make. */
  readonly from: number;
}

/** Places of the counters. `wanted`: the item that is used next, all before it are done with; `made`: items made. */
export const COUNTERS = { wanted: 0, made: 1, length: 2 } as const;

/** What the thread says: the item that is waited for is made, or why none will be. */
export type AheadMessage =
  | { readonly type: 'made' }
  | { readonly type: 'error'; readonly name: string; readonly message: string; readonly stack: string };
