import assert from 'node:assert/strict';
import { evaluateNetwork } from '../../../../ml/export/network/evaluate-network.js';
import type { NetworkGraph, NetworkOperation, NetworkValue, ValueId } from '../../../../ml/export/network/network-graph.js';
import { writeNetwork } from '../../../../ml/export/onnx/write-network.js';
import { createRandom } from '../../../../ml/random.js';
import { answersOf } from './run-model.js';

type Operation = NetworkOperation;

/** Writes a graph by hand; every method gives the number of a value. */
class Hand {
  readonly values: NetworkValue[] = [];
  readonly operators: NetworkGraph['operators'][number][] = [];
  readonly #random = createRandom(3);

  value(shape: readonly number[]): ValueId {
    return this.values.push({ name: `v${this.values.length}`, shape }) - 1;
  }

  constant(...shape: readonly number[]): ValueId {
    const data = Float32Array.from({ length: shape.reduce((size, side) => size * side, 1) }, () => this.#random.normal());
    return this.values.push({ name: `c${this.values.length}`, shape, data }) - 1;
  }

  then(operation: Operation, shape: readonly number[]): ValueId {
    const output = this.value(shape);
    this.operators.push({ ...operation, layer: `l${output}`, output });
    return output;
  }

  /** Flattens, multiplies and takes the softmax; then compares ONNX Runtime with the plain evaluation. */
  async check(input: ValueId, last: ValueId): Promise<void> {
    const size = this.values[last]?.shape.reduce((product, side) => product * side, 1) ?? 0;
    const flat = this.then({ type: 'reshape', input: last }, [size]);
    const logits = this.then({ type: 'dense', input: flat, kernel: this.constant(size, 4), activation: 'linear' }, [4]);
    const output = this.then({ type: 'softmax', input: logits }, [4]);
    const graph = { values: this.values, operators: this.operators, input, output };
    const images = [0, 1].map(() => Float32Array.from({ length: this.values[input]?.shape.reduce((product, side) => product * side, 1) ?? 0 }, () => this.#random.uniform()));
    const answers = await answersOf(writeNetwork(graph, { name: 'hand', doc: '', metadata: {} }), images);
    images.forEach((image, at) => evaluateNetwork(graph, image).forEach((expected, i) => assert.ok(Math.abs(expected - (answers[at]?.[i] ?? Number.NaN)) < 1e-5, `${answers[at]?.join(', ')}, class ${i}: ${expected}`)));
  }
}

describe('A graph as a model of ONNX gives what the plain evaluation gives', () => {
  it('where arrays are reshaped and transposed in any way, behind a convolution too', async () => {
    for (const [convolved, order] of [[true, [2, 0, 1]], [true, [1, 2, 0]], [false, [2, 1, 0]], [false, [0, 2, 1]]] as const) {
      const hand = new Hand();
      const input = hand.value([3, 4, 2]);
      const maps = convolved ? hand.then({ type: 'conv2d', input, kernel: hand.constant(1, 1, 2, 2), activation: 'linear', strides: [1, 1], padding: 'valid' }, [3, 4, 2]) : input;
      const turned = hand.then({ type: 'transpose', input: maps, order }, order.map((axis) => [3, 4, 2][axis] ?? 0));
      const other = hand.then({ type: 'reshape', input: turned }, [2, 6, 2]);
      const again = hand.then({ type: 'transpose', input: other, order: [1, 0, 2] }, [6, 2, 2]);
      const places = hand.then({ type: 'maxPool2d', input: again, size: [2, 1], strides: [2, 1], padding: 'valid' }, [3, 2, 2]);
      await hand.check(input, hand.then({ type: 'add', a: places, b: hand.constant(2, 2) }, [3, 2, 2]));
    }
  });

  it('where the smaller of two arrays comes first', async () => {
    const hand = new Hand();
    const input = hand.value([3, 3, 1]);
    const maps = hand.then({ type: 'conv2d', input, kernel: hand.constant(2, 2, 1, 5), activation: 'relu6', strides: [1, 1], padding: 'same' }, [3, 3, 5]);
    const mean = hand.then({ type: 'reduce', how: 'mean', input: maps, axes: [0, 1], keepDims: false }, [5]);
    const row = hand.then({ type: 'reshape', input: mean }, [1, 1, 5]);
    await hand.check(input, hand.then({ type: 'multiply', a: row, b: maps }, [3, 3, 5]));
  });

  it('where a standardised array is read more than once, or gamma and beta are of another axis', async () => {
    const hand = new Hand();
    const input = hand.value([1, 3, 3]);
    const tokens = hand.then({ type: 'reshape', input }, [3, 3]);
    const standard = hand.then({ type: 'standardise', input: tokens, axes: [1], epsilon: 1e-3 }, [3, 3]);
    const scaled = hand.then({ type: 'multiply', a: standard, b: hand.constant(3) }, [3, 3]);
    const sum = hand.then({ type: 'add', a: scaled, b: standard }, [3, 3]);
    const second = hand.then({ type: 'standardise', input: sum, axes: [1], epsilon: 1e-3 }, [3, 3]);
    await hand.check(input, hand.then({ type: 'multiply', a: second, b: hand.constant(3, 1) }, [3, 3]));
  });

  it('where sums and the largest are taken over some axes', async () => {
    for (const [how, axes, keepDims] of [['sum', [0], false], ['max', [1, 2], false], ['mean', [0, 2], true], ['max', [0], false]] as const) {
      const hand = new Hand();
      const input = hand.value([3, 4, 1]);
      const maps = hand.then({ type: 'depthwiseConv2d', input: hand.then({ type: 'dense', input, kernel: hand.constant(1, 5), activation: 'relu' }, [3, 4, 5]), kernel: hand.constant(3, 3, 5, 1), bias: hand.constant(5), activation: 'linear', strides: [1, 1], padding: 'same' }, [3, 4, 5]);
      const shape = [3, 4, 5].flatMap((side, axis) => (!(axes as readonly number[]).includes(axis) ? [side] : keepDims ? [1] : []));
      await hand.check(input, hand.then({ type: 'reduce', how, input: maps, axes, keepDims }, shape));
    }
  });
});
