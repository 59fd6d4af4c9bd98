import type { WordSource } from './word-source.js';

/*
 * The ziggurat of Marsaglia and Tsang (Journal of Statistical Software 5(8), 2000) with 128 layers. As Doornik advises
 * (An Improved Ziggurat Method, 2005), the layer and the place in it come from different bits of the word.
 */
const LAYERS = 128;
const RIGHTMOST = 3.442619855899; // where the tail begins
const AREA = 9.91256303526217e-3; // of every layer
const PLACES = 2 ** 24; // the upper 25 bits of a word are the place, with its sign

const density = (x: number): number => Math.exp(-0.5 * x * x);

/** EDGES[i]: the right end of layer i; the lowest layer is cut where a rectangle of its area ends. */
const EDGES = new Float64Array(LAYERS + 1);
EDGES[0] = AREA / density(RIGHTMOST);
EDGES[1] = RIGHTMOST;
for (let i = 2; i < LAYERS; i++) EDGES[i] = Math.sqrt(-2 * Math.log(AREA / EDGES[i - 1] + density(EDGES[i - 1])));

const WIDTHS = EDGES.slice(0, LAYERS).map((edge) => edge / PLACES);
/** A place nearer to the middle than this lies under the curve for certain. */
const INSIDE = Int32Array.from({ length: LAYERS }, (_, i) => Math.floor((EDGES[i + 1] / EDGES[i]) * PLACES));

/**
 * A filler for arrays of `length` normal numbers of mean 0 and the standard deviation given; it takes `length` words, and
 * more for the 2 % that the fast way does not settle. Numbers are multiples of 2e-7 standard deviations.
 */
export function createNormals(length: number): (random: WordSource, deviation: number, out: Float64Array) => void {
  const words = new Int32Array(length);
  return (random, deviation, out) => {
    random.fill(words);
    for (let i = 0; i < length; i++) {
      const word = words[i];
      const layer = word & (LAYERS - 1);
      const place = word >> 7;
      const settled = Math.abs(place) < INSIDE[layer];
      out[i] = (settled ? place * WIDTHS[layer] : unsettled(random, layer, place)) * deviation;
    }
  };
}

function unsettled(random: WordSource, firstLayer: number, firstPlace: number): number {
  let layer = firstLayer;
  let place = firstPlace;
  for (;;) {
    if (Math.abs(place) < INSIDE[layer]) return place * WIDTHS[layer];
    if (layer === 0) return place < 0 ? -tail(random) : tail(random);
    const x = place * WIDTHS[layer];
    const low = density(EDGES[layer]);
    if (low + random.uniform() * (density(EDGES[layer + 1]) - low) < density(x)) return x;
    const word = random.word();
    layer = word & (LAYERS - 1);
    place = word >> 7;
  }
}

/** Marsaglia's method for a normal number beyond RIGHTMOST. */
function tail(random: WordSource): number {
  for (;;) {
    const x = -Math.log(1 - random.uniform()) / RIGHTMOST;
    const y = -Math.log(1 - random.uniform());
    if (y + y > x * x) return RIGHTMOST + x;
  }
}
