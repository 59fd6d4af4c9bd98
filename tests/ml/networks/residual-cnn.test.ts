import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { residualCnn } from '../../../ml/networks/residual-cnn.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { buildNetwork, testNetworkContract, testNetworkProblems } from './network.contract.js';

describe('Residual CNN', () => {
  testNetworkContract({ network: residualCnn, options: residualCnn.defaults, trained: 231_850, moving: 1_216 });
  testNetworkProblems(residualCnn, [
    [{ widths: [32, 64] }, /^widths names 2 stages and blocks 3/],
    [{ stem: [32] as unknown as [number, number] }, /^stem is \[32\]/],
    [{ blocks: [1, 0, 1] }, /^blocks is \[1,0,1\]/],
  ]);

  it('begins with blocks that give their shortcut', async () => {
    const { tf } = await loadTensorFlow();
    const model = buildNetwork(tf, residualCnn, residualCnn.defaults);
    const cut = tf.model({ inputs: model.inputs, outputs: [model.getLayer('stem2_relu').output, model.getLayer('stage1_block1_relu').output] as tfTypes.SymbolicTensor[] });
    tf.tidy(() => {
      const [before, behind] = cut.predict(tf.randomUniform([2, 28, 28, 1], 0, 1, 'float32', 1)) as tfTypes.Tensor[];
      assert.deepEqual(behind?.arraySync(), before?.arraySync());
    });
    model.dispose();
  });
});
