import { createRandom } from '../random.js';

/** A fold (0 .. folds - 1) for each row: shuffled, and every class spread evenly over the folds. */
export function stratifiedFolds(labels: Uint8Array, folds: number, seed: number): Uint8Array {
  const order = createRandom(seed).shuffle(Uint32Array.from(labels.keys()));
  const seen = new Map<number, number>();
  const fold = new Uint8Array(labels.length);
  let total = 0;
  for (const row of order) {
    const label = labels[row];
    const start = seen.get(label) ?? total; // classes start at different folds, so that small classes do not all fill the first
    seen.set(label, start + 1);
    fold[row] = start % folds;
    total++;
  }
  return fold;
}
