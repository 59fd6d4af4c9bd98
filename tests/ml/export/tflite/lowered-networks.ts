import { lowerNetwork } from '../../../../ml/export/network/lower-network.js';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { randomImages, randomNetwork } from '../network/random-network.js';
import { SMALL_NETWORKS } from '../network/small-networks.js';

/** A small network of random weights in the form that exports start from, and images of whole pixels / 255. */
export async function loweredNetwork(name: string, images: number): Promise<{ readonly graph: NetworkGraph; readonly images: readonly Float32Array[] }> {
  const build = SMALL_NETWORKS[name];
  if (!build) throw new Error(`no network ${name}`);
  const { tf } = await loadTensorFlow();
  const model = build(tf);
  const network = randomNetwork(model, 5);
  model.dispose();
  return { graph: lowerNetwork(network.topology, network.weights), images: randomImages(network, images, 2).map(wholePixels) };
}

/** int8 files know no others. */
export function wholePixels(image: Float32Array): Float32Array {
  return image.map((pixel) => Math.round(pixel * 255) / 255);
}
