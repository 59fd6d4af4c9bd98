import { InvalidModelError } from '../../shared/errors.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';

/** Log-losses after each round. */
export interface BoostingHistory {
  readonly train: number[];
  readonly validation: number[];
}

/** What a segment begins with; no state before the first round. */
export interface BoostingSegment {
  readonly state?: Uint8Array;
  readonly history: BoostingHistory;
  /** The columns that the trees may use, best first; all when absent. */
  readonly chosen?: readonly number[] | undefined;
}

/** A segment's end as bytes: the booster's whole state, the losses so far, and the columns if they were chosen. */
export function writeCheckpoint({ state, history: { train, validation }, chosen }: BoostingSegment & { readonly state: Uint8Array }): Uint8Array {
  return encodeNpz({
    'booster.bin': state,
    ...(chosen && { chosen: { data: Float64Array.from(chosen), shape: [chosen.length] } }),
    train: { data: Float64Array.from(train), shape: [train.length] },
    validation: { data: Float64Array.from(validation), shape: [validation.length] },
  });
}

/** @throws InvalidModelError when the bytes hold no booster. */
export function readCheckpoint(checkpoint: Uint8Array): BoostingSegment {
  const { arrays, files } = decodeNpz(checkpoint, 'XGBoost checkpoint');
  const state = files['booster.bin'];
  if (!state) throw new InvalidModelError('This XGBoost checkpoint has no booster.bin: delete it and train afresh.');
  const numbers = (name: string): number[] => Array.from(arrays[name]?.data ?? [], Number);
  return { state, history: { train: numbers('train'), validation: numbers('validation') }, ...(arrays['chosen'] && { chosen: numbers('chosen') }) };
}
