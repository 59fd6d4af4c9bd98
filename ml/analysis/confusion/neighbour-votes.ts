import { CLASSES } from '../../models/model.js';

/**
 * Each row's class by a vote of its `voters` nearest neighbours; of equal votes the class of the nearest one wins.
 * @param indices [rows, k], nearest first; k >= voters.
 */
export function neighbourVotes(indices: Int32Array, k: number, voters: number, labels: Uint8Array): Uint8Array {
  const rows = indices.length / k;
  const voted = new Uint8Array(rows);
  const votes = new Uint16Array(CLASSES);
  for (let row = 0; row < rows; row++) {
    votes.fill(0);
    let most = 0;
    for (let i = 0; i < voters; i++) most = Math.max(most, ++votes[labels[indices[row * k + i]]]);
    let i = row * k;
    while (votes[labels[indices[i]]] < most) i++;
    voted[row] = labels[indices[i]];
  }
  return voted;
}
