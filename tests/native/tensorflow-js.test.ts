import assert from 'node:assert/strict';
import util from 'node:util';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { tensorFlowOps } from '../../native/tensorflow-js-ops.js';
import { NativeLibraryError } from '../../shared/errors.js';

describe('native/tensorflow', () => {
  it('loads TensorFlow once and names both versions', async () => {
    const first = await loadTensorFlow('cpu');
    assert.match(first.runtime, /^tfjs-node \d+\.\d+\.\d+ \/ TensorFlow \d+\.\d+\.\d+$/);
    assert.equal(first.tf.getBackend(), 'tensorflow');
    assert.equal(await loadTensorFlow(), first);
    assert.equal(await loadTensorFlow('cpu'), first);
  });

  it('refuses a second variant in the same process', async () => {
    await loadTensorFlow('cpu');
    await assert.rejects(loadTensorFlow('gpu'), (error) => {
      assert.ok(error instanceof NativeLibraryError);
      assert.match(error.message, /another process/);
      return true;
    });
  });

  it('gives tfjs-node the util.isNullOrUndefined that Node 23 removed', async () => {
    await loadTensorFlow();
    const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
    assert.deepEqual([null, undefined, 0, ''].map((value) => legacy.isNullOrUndefined?.(value)), [true, true, false, false]);
  });

  it('runs kernels by name', async () => {
    const { tf } = await loadTensorFlow();
    const ops = tensorFlowOps(tf);
    tf.tidy(() => {
      const x = tf.tensor2d([1, -2, 3, -4], [2, 2]);
      assert.deepEqual([...ops.biasAdd(x, tf.tensor1d([10, 20])).dataSync()], [11, 18, 13, 16]);
      assert.deepEqual([...ops.biasAddGrad(x).dataSync()], [4, -6]);
      assert.deepEqual([...ops.reluGrad(tf.onesLike(x), ops.relu(x)).dataSync()], [1, 0, 1, 0]);
      assert.deepEqual([...ops.select(tf.greater(x, 0), x, tf.scalar(0)).dataSync()], [1, 0, 3, 0]);
    });
  });
});
