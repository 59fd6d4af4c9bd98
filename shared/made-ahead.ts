import type { JsonObject } from './json.js';

/** A row of items, all of one size, that a step's own code can make in a thread beside the one that uses them. */
export interface AheadJob {
  /** What the maker is told. */
  readonly task: JsonObject;
  /** Arrays that the maker reads; they are copied into shared memory once. */
  readonly arrays: Readonly<Record<string, Uint8Array | Float32Array>>;
  /** Bytes of one item. */
  readonly itemBytes: number;
  /** Items of the whole row. */
  readonly count: number;
}

/** Writes item `index` (0-based) into `item`, of `itemBytes`. The same index gives the same bytes, in any thread and order. */
export type WriteItem = (index: number, item: SharedArrayBuffer) => void;

/** Prepares to write a job's items. */
export type ItemMaker = (job: Pick<AheadJob, 'task' | 'arrays'>) => WriteItem;

/** The items of a job, made ahead of their use. */
export interface AheadItems {
  /**
   * Copies item `index` into `into`. One after the other they are ready before they are asked for; after a leap the making
   * begins anew from there.
   * @throws what the maker throws, its class rebuilt; ComputeCrashedError when the thread is gone.
   */
  take(index: number, into: Uint8Array): Promise<void>;
  /** Ends the thread, whatever it is busy with. */
  close(): Promise<void>;
}

/** Has a job's items made ahead. */
export type MakeAhead = (job: AheadJob) => AheadItems;
