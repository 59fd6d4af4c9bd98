import { InvalidDataError } from '../../shared/errors.js';

/**
 * How much of each place has come into an answer through layers of self-attention with shortcuts: Abnar and Zuidema, "Quantifying Attention
 * Flow in Transformers" (2020). Each layer's shares, averaged over its heads, count half, and the shortcut around it counts the other half.
 * @param layers the shares of one image, first layer first: each float [tokens (asking), tokens (asked)], rows of which sum to 1.
 * @param asked what the answer takes of each token after the last layer, summing to 1.
 * @returns the part of each token, summing to 1.
 * @throws InvalidDataError when a layer's shares are not of so many tokens.
 */
export function attentionRollout(layers: readonly Float32Array[], asked: Float32Array): Float32Array {
  const tokens = asked.length;
  // From the answer back to the image, so that a vector is handed on and never a matrix.
  return layers.reduceRight((parts, shares) => {
    if (shares.length !== tokens * tokens) throw new InvalidDataError(`The shares of a layer are ${shares.length} numbers: expected ${tokens} x ${tokens}.`);
    const before = parts.map((part) => part / 2);
    for (let asking = 0; asking < tokens; asking++) {
      for (let token = 0; token < tokens; token++) before[token] += (parts[asking] * shares[asking * tokens + token]) / 2;
    }
    return before;
  }, asked);
}
