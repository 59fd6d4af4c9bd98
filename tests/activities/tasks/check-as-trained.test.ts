import assert from 'node:assert/strict';
import { checkAsTrained } from '../../../activities/tasks/check-as-trained.js';
import type { AsTrained } from '../../../activities/tasks/check-as-trained.js';
import type { CompressedWeights } from '../../../ml/compression/compressed-weights.js';
import { decodeNpy } from '../../../ml/data/npy.js';
import { decodeProbabilities } from '../../../ml/data/decode-probabilities.js';
import type { Matrix } from '../../../ml/matrix.js';
import { InvalidModelError } from '../../../shared/errors.js';
import type { GivenNetwork } from '../../support/given-network.js';
import { givenNetwork, TRAIN, VALIDATION } from '../../support/given-network.js';
import { nativePaths } from '../../support/native-paths.js';

const FLOAT: CompressedWeights = { kernels: [], outputs: [] };
const ON_GRIDS: CompressedWeights = { kernels: [], outputs: [{ layer: 'relu1', bits: 8, scale: 0.1, zeroPoint: 0 }] };

describe('What a variant\'s file says beside the network that was trained', () => {
  let given: GivenNetwork;
  let answers: Matrix<Float32Array>;
  before(async () => {
    given = await givenNetwork('cnn');
    answers = decodeProbabilities('the network', given.inputs['validationProba']?.[0]);
  });

  const checked = (weights: CompressedWeights, file: Float32Array, validationAccuracy = 1): Promise<AsTrained> => {
    const [bytes, images] = [given.inputs['model']?.[0] ?? assert.fail(), decodeNpy(given.inputs['images']?.[0] ?? assert.fail()).data as Uint8Array];
    const columns = images.length / (TRAIN + VALIDATION);
    const x = { rows: VALIDATION, columns, data: images.subarray(TRAIN * columns) };
    const details = { prune: { validationAccuracy: 0 }, quantize: { validationAccuracy } };
    return checkAsTrained('small', { bytes, weights, details }, { ...answers, data: file }, { validation: { x, labels: given.labels }, native: nativePaths() }, new AbortController().signal, () => undefined);
  };
  /** Other labels in the first rows: the probabilities are turned round. */
  const wrongIn = (rows: number): Float32Array => answers.data.map((value, i) => (i < rows * 10 ? answers.data[10 * Math.floor(i / 10) + 9 - (i % 10)] ?? NaN : value));

  it('is the same in float32, and how far it is is told', async () => {
    const { largestDifference, labelsChanged } = await checked(FLOAT, answers.data);
    assert.ok(largestDifference < 1e-5 && labelsChanged === 0);
    const near = await checked(FLOAT, answers.data.map((value, i) => (i === 33 ? value + 5e-5 : value)));
    assert.ok(near.largestDifference > 4e-5 && near.largestDifference < 6e-5);
  });

  it('is refused in float32 where a single probability is further off, whatever that does to labels', async () => {
    await assert.rejects(checked(FLOAT, answers.data.map((value, i) => (i === 33 ? value + 2e-4 : value))), (error) => error instanceof InvalidModelError
      && /The ONNX file of small disagrees with the network that was trained: it is right for 100\.00 % of the 40 validation rows, the network for 100\.00 %; a probability is 0\.00020 apart \(expected at most 0\.0001\), and 0 labels changed/.test(error.message));
  });

  it('may be off where activations are on grids, as long as the accuracy is that of the layers or of their training', async () => {
    assert.ok((await checked(ON_GRIDS, wrongIn(2))).labelsChanged > 0, 'two rows of forty may be chance');
    await assert.rejects(checked(ON_GRIDS, wrongIn(20)), (error) => error instanceof InvalidModelError && /right for 5\d\.\d\d % .*, the network for 100\.00 % \(100\.00 % with its activations on grids\); .*/.test(error.message));
    await checked(ON_GRIDS, wrongIn(20), 0.5);
  });
});
