/**
 * Numbers in [0, 1) by a seed and a stream (SplitMix32): the same pair gives the same numbers, on every machine and in every version of the
 * SDK. `Math.random` is deterministic in a workflow, but its seed is the workflow's id: two searches could not be compared.
 */
export function seededUniform(seed: number, stream: number): () => number {
  let state = (mixed(seed) ^ Math.imul(stream + 1, 0x9e3779b1)) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mixed(state) / 0x100000000;
  };
}

function mixed(value: number): number {
  let z = value >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
