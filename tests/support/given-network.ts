import assert from 'node:assert/strict';
import { encodeNpy } from '../../ml/data/npy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { readTopology } from '../../ml/graph/topology.js';
import { encodeLayersModel } from '../../ml/models/cnn-bytes.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { createRandom } from '../../ml/random.js';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { compiledAnswers } from '../ml/export/network/compiled-answers.js';
import { SMALL_NETWORKS } from '../ml/export/network/small-networks.js';

/** Rows of what steps are given; training rows come before those for validation. */
export const [TRAIN, VALIDATION, TEST] = [60, 40, 50];

/** Inputs of a step by their roles. */
export interface GivenNetwork {
  readonly inputs: Record<string, Uint8Array[]>;
  /** What the network says of the validation rows, which are labelled so. */
  readonly labels: Uint8Array;
}

/** A network of SMALL_NETWORKS as it is saved, images, and what it says of them. */
export async function givenNetwork(name: string): Promise<GivenNetwork> {
  const { tf } = await loadTensorFlow();
  const network = SMALL_NETWORKS[name]?.(tf);
  assert.ok(network);
  const model = encodeLayersModel(network, {});
  network.dispose();
  const { topology, weights } = readLayersModel(model);
  const read = readTopology(topology);
  const [side = 0] = read.inputShape;
  const pixels = side ** 2;
  const random = createRandom(5);
  const images = (rows: number): Uint8Array => Uint8Array.from({ length: rows * pixels }, () => (random.integer(4) > 0 ? 0 : random.integer(256)));
  const probaOf = async (of: Uint8Array): Promise<Float32Array> => {
    const floats = Array.from({ length: of.length / pixels }, (_, row) => Float32Array.from(of.subarray(row * pixels, (row + 1) * pixels), (pixel) => pixel / 255));
    return Float32Array.from((await compiledAnswers({ topology: read, weights }, floats)).flatMap((row) => [...row]));
  };
  const [train, test] = [images(TRAIN + VALIDATION), images(TEST)];
  const validation = await probaOf(train.subarray(TRAIN * pixels));
  const labels = argmaxRows({ rows: VALIDATION, columns: 10, data: validation });
  return {
    labels,
    inputs: {
      model: [model], testImages: [encodeNpy(test.slice(0, 30 * pixels), [30, side, side]), encodeNpy(test.slice(30 * pixels), [20, side, side])],
      testProba: [encodeNpy(await probaOf(test), [TEST, 10])], validationProba: [encodeNpy(validation, [VALIDATION, 10])],
      images: [encodeNpy(train, [TRAIN + VALIDATION, side, side])], labels: [encodeNpy(Uint8Array.of(...new Uint8Array(TRAIN), ...labels), [TRAIN + VALIDATION])],
    },
  };
}
