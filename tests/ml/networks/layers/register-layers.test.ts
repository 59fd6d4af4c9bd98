import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { decodeLayersModel, encodeLayersModel } from '../../../../ml/models/cnn-bytes.js';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';

describe('Own layers', () => {
  it('are registered once for a TensorFlow', async () => {
    const { tf } = await loadTensorFlow();
    assert.equal(registerLayers(tf), registerLayers(tf));
  });

  it('are known to whoever only loads a model', async () => {
    const { tf } = await loadTensorFlow();
    const inputs = tf.input({ shape: [4, 4, 4] });
    const model = tf.model({ inputs, outputs: registerLayers(tf).squeezeExcite({}).apply(inputs) as tfTypes.SymbolicTensor });
    const bytes = encodeLayersModel(model, {});
    delete tf.serialization.SerializationMap.getMap().classNameMap['SqueezeExcite'];
    const { model: loaded } = await decodeLayersModel({ ...tf }, bytes); // to Digitloom another TensorFlow
    assert.equal(loaded.layers.at(-1)?.getClassName(), 'SqueezeExcite');
  });
});
