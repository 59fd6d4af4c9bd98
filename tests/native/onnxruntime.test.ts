import assert from 'node:assert/strict';
import { OnnxModel } from '../../ml/export/onnx/onnx-model.js';
import { openOnnxSession } from '../../native/onnxruntime.js';
import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';

function model(inputType: 'float' | 'int32', build: (model: OnnxModel) => void): Uint8Array {
  const made = new OnnxModel({ name: 'tiny', doc: '', metadata: {} });
  made.input('x', inputType, ['batch', 2, 2]);
  build(made);
  return made.encode();
}
const square = (): Uint8Array => model('float', (made) => {
  made.node('Mul', { inputs: ['x', 'x'], outputs: ['squared'] });
  made.node('Neg', { inputs: ['squared'], outputs: ['negated'] });
  made.output('squared', 'float', ['batch', 2, 2]);
  made.output('negated', 'float', ['batch', 2, 2]);
});

describe('ONNX Runtime', () => {
  it('gives the same rows in batches, the last one shorter', async () => {
    const session = await openOnnxSession(square(), { batchRows: 3, threads: 2 });
    assert.equal(session.inputSize, 4);
    assert.match(session.runtime, /^onnxruntime-node 1\.\d+/);
    const rows = Float32Array.from({ length: 8 * 4 }, (_, i) => i);
    assert.deepEqual(await session.run(rows), rows.map((value) => value * value));
    assert.deepEqual(await session.run(rows.subarray(4, 8), 'negated'), Float32Array.of(-16, -25, -36, -49));
    await session.dispose();
  });

  it('runs what stands in its buffers, again and again, and answers where the last answer stood', async () => {
    const session = await openOnnxSession(square());
    const two = session.buffers(2);
    const { input, output } = two;
    assert.deepEqual([two.rows, input.length, output.length], [2, 8, 8]);
    for (const step of [1, 3]) {
      input.forEach((_, i) => (input[i] = step * i));
      await two.run();
      assert.deepEqual(output, input.map((value) => value * value));
    }
    assert.strictEqual(two.output, output);
    await session.dispose();
  });

  it('gives no buffers where the model does not say how long an answer is', async () => {
    const session = await openOnnxSession(model('float', (made) => made.output(made.node('Flatten', { inputs: ['x'], outputs: ['y'], attributes: { axis: { i: 0 } } }), 'float', [1, 'batch'])));
    assert.throws(() => session.buffers(1), (error) => error instanceof InvalidModelError && /y is: its shape is \[1, batch\]/.test(error.message));
    await session.dispose();
  });

  it('refuses bytes that are no model', () =>
    assert.rejects(openOnnxSession(Uint8Array.of(1, 2, 3)), (error) => error instanceof InvalidModelError && /3 bytes: .*protobuf/i.test(error.message)));

  it('refuses an operator that it does not know, by name', () =>
    assert.rejects(openOnnxSession(model('float', (made) => made.output(made.node('Frobnicate', { inputs: ['x'], outputs: ['y'] }), 'float', ['batch']))),
      (error) => error instanceof InvalidModelError && /Frobnicate/.test(error.message)));

  it('refuses an input of another type, and says which', () =>
    assert.rejects(openOnnxSession(model('int32', (made) => made.output(made.node('Neg', { inputs: ['x'], outputs: ['y'] }), 'int32', ['batch', 2, 2]))),
      (error) => error instanceof InvalidModelError && /x \(int32\); expected one input of float32/.test(error.message)));

  it('refuses a part of a row and an output that is not there', async () => {
    const session = await openOnnxSession(square());
    await assert.rejects(session.run(new Float32Array(6)), (error) => error instanceof InvalidDataError && /6 numbers; expected a whole number of rows of 4/.test(error.message));
    await assert.rejects(session.run(new Float32Array(0)), InvalidDataError);
    await assert.rejects(session.run(new Float32Array(4), 'cubed'), (error) => error instanceof InvalidModelError && /squared \(float32\), negated \(float32\); cubed/.test(error.message));
    await session.dispose();
  });
});
