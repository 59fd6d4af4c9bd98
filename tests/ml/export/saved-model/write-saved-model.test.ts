import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { exportMetadata } from '../../../../ml/export/export-metadata.js';
import { lowerNetwork } from '../../../../ml/export/network/lower-network.js';
import { savedModelAnswers } from '../../../../ml/export/saved-model/saved-model-answers.js';
import { writeSavedModel } from '../../../../ml/export/saved-model/write-saved-model.js';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../../shared/errors.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { layerCases, layerNetwork } from '../../graph/layer-cases.js';
import { assertSameAnswers, compiledAnswers } from '../network/compiled-answers.js';
import { randomImages, randomNetwork } from '../network/random-network.js';
import type { ExportedNetwork } from '../network/random-network.js';
import { smallNetwork } from '../network/small-network.js';
import { SMALL_NETWORKS } from '../network/small-networks.js';
import { someFacts } from '../some-facts.js';

const FACTS = exportMetadata(someFacts);
const written = ({ topology, weights }: ExportedNetwork): Uint8Array => writeSavedModel(lowerNetwork(topology, weights), FACTS);

describe('A network as a SavedModel', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  /** The folder of a model. */
  function saved(bytes: Uint8Array): string {
    mkdirSync(join(folder(), 'model'));
    writeFileSync(join(folder(), 'model', 'saved_model.pb'), bytes);
    return join(folder(), 'model');
  }

  async function assertSame(network: ExportedNetwork): Promise<void> {
    const images = randomImages(network, 3, 2);
    const all = Float32Array.from(images.flatMap((image) => [...image]));
    const { probabilities } = await savedModelAnswers(saved(written(network)), all, [images.length, ...network.topology.inputShape]);
    const classes = probabilities.length / images.length;
    assertSameAnswers(images.map((_, row) => probabilities.subarray(row * classes, (row + 1) * classes)), await compiledAnswers(network, images), 1e-5);
  }

  for (const name of Object.keys(SMALL_NETWORKS)) {
    it(`gives in TensorFlow what the trained network gives: ${name}`, async () => assertSame(await smallNetwork(name)));
  }

  for (const [covers, what, middle] of layerCases()) {
    it(`gives in TensorFlow what the trained network gives: ${covers}, ${what}`, async () => {
      const { tf } = await loadTensorFlow();
      const model = layerNetwork(tf, registerLayers(tf), middle);
      const network = randomNetwork(model, 7);
      model.dispose();
      await assertSame(network);
    });
  }

  it('says what it takes and gives, and the facts when it is asked', async () => {
    const { tf } = await loadTensorFlow();
    const network = await smallNetwork('tiny-cnn 1k');
    const path = saved(written(network));
    const [{ tags, signatureDefs }, ...others] = (await tf.node.getMetaGraphsFromSavedModel(path)) as [tfTypes.MetaGraph, ...tfTypes.MetaGraph[]];
    assert.deepEqual([tags, others], [['serve'], []]);
    const { inputs, outputs } = signatureDefs['serving_default'] as tfTypes.SignatureDefEntry;
    const described = [inputs, outputs].map((ports) => Object.entries(ports).map(([port, { dtype, shape }]) => [port, dtype, shape?.length]));
    assert.deepEqual(described, [[['images', 'float32', 4]], [['probabilities', 'float32', 2]]]);
    const model = await tf.node.loadSavedModel(path, ['serve'], 'facts');
    const facts = model.predict({}) as tfTypes.NamedTensorMap;
    assert.deepEqual(Object.fromEntries(Object.entries(facts).map(([name, tensor]) => [name, tensor.dataSync()[0]])), FACTS);
    tf.dispose(facts);
    model.dispose();
  });

  it('is the same bytes whenever it is written', async () => {
    const network = await smallNetwork('vision-transformer');
    assert.deepEqual(written(network), written(network));
  });

  it('is refused where it is damaged, by name', async () => {
    const bytes = written(await smallNetwork('tiny-cnn 1k'));
    await assert.rejects(savedModelAnswers(saved(bytes.slice(0, 2000)), new Float32Array(784), [1, 28, 28, 1]), InvalidModelError);
  });
});
