import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { exportMetadata } from '../../../../ml/export/export-metadata.js';
import { TF_LAYERS } from '../../../../ml/export/web/tf-layers.js';
import { loadWebModel } from '../../../../ml/export/web/load-web-model.js';
import { writeWebModel } from '../../../../ml/export/web/write-web-model.js';
import { weightsOfModel } from '../../../../ml/graph/weight-layout.js';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../../shared/errors.js';
import type { JsonObject } from '../../../../shared/json.js';
import { assertSameAnswers, compiledAnswers } from '../network/compiled-answers.js';
import { randomImages, randomNetwork } from '../network/random-network.js';
import type { ExportedNetwork } from '../network/random-network.js';
import { SMALL_NETWORKS } from '../network/small-networks.js';
import { someFacts } from '../some-facts.js';

const METADATA = exportMetadata(someFacts);

function small(tf: TensorFlow, name: string): { json: JsonObject; network: ExportedNetwork } {
  const model = SMALL_NETWORKS[name]?.(tf);
  assert.ok(model, name);
  const made = { json: model.toJSON(null, false) as JsonObject, network: randomNetwork(model, 5) };
  model.dispose();
  return made;
}

describe('A web model', function () {
  this.timeout(60_000);

  for (const name of ['cnn', 'dense-network', 'residual-cnn', 'mobilenet-v2', 'tiny-cnn 1k', 'tiny-cnn with swish']) {
    it(`gives the trained network's probabilities in TensorFlow.js: ${name}`, async () => {
      const { tf } = await loadTensorFlow();
      const { json, network } = small(tf, name);
      const model = await loadWebModel(tf, writeWebModel({ topology: json, weights: network.weights }, METADATA));
      const images = randomImages(network, 3, 2);
      const answers = images.map((image) => tf.tidy(() => (model.predict(tf.tensor(image, [1, ...network.topology.inputShape])) as tfTypes.Tensor).dataSync()));
      assertSameAnswers(answers, await compiledAnswers(network, images), 1e-5);
      model.dispose();
    });
  }

  it('is loaded from shards of the size that was asked for, with its metadata', async () => {
    const { tf } = await loadTensorFlow();
    const { json, network } = small(tf, 'cnn');
    const files = writeWebModel({ topology: json, weights: network.weights }, METADATA, 1001);
    const size = network.weights.reduce((sum, { data }) => sum + data.byteLength, 0);
    const count = Math.ceil(size / 1001);
    const names = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
    assert.deepEqual(Object.keys(files), ['model.json', ...names]);
    assert.ok(count > 3 && names.every((name, i) => files[name]?.length === (i + 1 < count ? 1001 : size - 1001 * (count - 1))));
    const asked: string[] = [];
    const model = await loadWebModel(tf, files, (file) => asked.push(file));
    assert.deepEqual(asked.toSorted(), Object.keys(files).toSorted());
    assert.deepEqual(model.getUserDefinedMetadata(), METADATA);
    assert.deepEqual(weightsOfModel(model), network.weights);
    model.dispose();
  });

  it('is refused with every layer that TensorFlow.js does not have, by name, and what to do', async () => {
    const { tf } = await loadTensorFlow();
    const { json, network } = small(tf, 'se-cnn');
    assert.throws(() => writeWebModel({ topology: json, weights: network.weights }, METADATA), (error) =>
      error instanceof InvalidModelError && error.message.startsWith('Layers that TensorFlow.js does not have: SqueezeExcite se1, SqueezeExcite se2. Export this network to ONNX'));
  });

  it('may hold every layer of TensorFlow.js and no other', async () => {
    const { tf } = await loadTensorFlow();
    const own = new Set(['SqueezeExcite', 'ConvBlockAttention', 'MultiHeadSelfAttention', 'GroupNormalization', 'PositionEmbedding', 'SequencePooling']);
    registerLayers(tf);
    const classes = Object.entries(tf.serialization.SerializationMap.getMap().classNameMap).filter(([, [made]]) => made.prototype instanceof tf.layers.Layer).map(([name]) => name);
    assert.deepEqual(classes.filter((name) => own.has(name)).length, own.size);
    assert.deepEqual(classes.filter((name) => !own.has(name) && !['Model', 'Functional', 'Sequential'].includes(name)).toSorted(), [...TF_LAYERS].toSorted());
  });
});
