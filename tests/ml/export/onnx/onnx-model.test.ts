import assert from 'node:assert/strict';
import { OnnxModel } from '../../../../ml/export/onnx/onnx-model.js';
import { ONNX_MODEL } from '../../../../ml/export/onnx/onnx-schema.js';
import { openOnnxSession } from '../../../../native/onnxruntime.js';
import { InternalError } from '../../../../shared/errors.js';

const open = (): OnnxModel => new OnnxModel({ name: 'tiny', doc: 'a test', metadata: { labels: '0 1' } });

describe('a model of ONNX', () => {
  it('is run by ONNX Runtime', async () => {
    const model = open();
    model.input('x', 'float', ['batch', 2]);
    model.constant('w', { dims: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
    model.constant('b', { dims: [3], data: Float32Array.of(0.5, -100, 0) });
    model.node('Gemm', { inputs: ['x', 'w', 'b'], outputs: ['product'], attributes: { alpha: { f: 2 }, transB: { i: 0 } } });
    model.node('LeakyRelu', { inputs: ['product'], outputs: ['y'], attributes: { alpha: { f: 0.25 } } });
    model.output('y', 'float', ['batch', 3]);
    const session = await openOnnxSession(model.encode());
    // 2 x [1, 10] w + b = [82.5, 4, 126], and of [0, 1]: [8.5, -90, 12]
    assert.deepEqual([...(await session.run(Float32Array.of(1, 10, 0, 1)))], [82.5, 4, 126, 8.5, -22.5, 12]);
    await session.dispose();
  });

  it('has operators of ai.onnx.ml, with lists and texts as attributes', async () => {
    const model = open();
    model.input('x', 'float', ['batch', 2]);
    model.node('Scaler', { inputs: ['x'], outputs: ['scaled'], domain: 'ai.onnx.ml', attributes: { offset: { floats: [1, 2] }, scale: { floats: Float32Array.of(10, 100) } } });
    model.node('Normalizer', { inputs: ['scaled'], outputs: ['y'], domain: 'ai.onnx.ml', attributes: { norm: { s: 'L1' } } });
    model.output('y', 'float', ['batch', 2]);
    const session = await openOnnxSession(model.encode());
    assert.deepEqual([...(await session.run(Float32Array.of(2, 2.3)))].map((value) => value.toFixed(3)), ['0.250', '0.750']);
    await session.dispose();
  });

  it('keeps whole numbers, texts and what it says of itself', () => {
    const model = open();
    model.input('x', 'float', ['batch', 4]);
    model.constant('shape', { dims: [2], data: BigInt64Array.of(-1n, 2n) });
    model.node('Reshape', { inputs: ['x', 'shape'], outputs: ['y'] });
    model.output('y', 'float', ['batch', 2]);
    const read = ONNX_MODEL.toObject(ONNX_MODEL.decode(model.encode()), { longs: Number }) as {
      irVersion: number; docString: string; opsetImport: object[]; metadataProps: object[]; graph: { name: string; initializer: { rawData: Uint8Array }[]; input: object[] };
    };
    assert.deepEqual([read.irVersion, read.docString, read.graph.name], [9, 'a test', 'tiny']);
    assert.deepEqual([read.opsetImport, read.metadataProps], [[{ domain: '', version: 20 }], [{ key: 'labels', value: '0 1' }]]);
    assert.deepEqual(read.graph.input, [{ name: 'x', type: { tensorType: { elemType: 1, shape: { dim: [{ dimParam: 'batch' }, { dimValue: 4 }] } } } }]);
    assert.equal(Buffer.from(read.graph.initializer[0]?.rawData ?? []).readBigInt64LE(0), -1n);
  });

  const WRONG: readonly (readonly [string, RegExp, (model: OnnxModel) => unknown])[] = [
    ['a value that nothing gives', /Relu y takes "z"/, (model) => model.node('Relu', { inputs: ['z'], outputs: ['y'] })],
    ['a name given twice', /two values "x"/, (model) => model.node('Relu', { inputs: ['x'], outputs: ['x'] })],
    ['an operator without outputs', /Relu gives no value/, (model) => model.node('Relu', { inputs: ['x'], outputs: [] })],
    ['a constant of another size', /3 elements \(Int8Array\) for the sides \[2, 2\]; expected 4/, (model) => model.constant('c', { dims: [2, 2], data: new Int8Array(3) })],
    ['an output that nothing gives', /an output takes "y"/, (model) => model.output('y', 'float', ['batch'])],
    ['an input that nothing takes', /takes x\./, (model) => model.encode()],
    ['a model without outputs', /has no output/, (model) => { model.node('Relu', { inputs: ['x'], outputs: ['y'] }); model.encode(); }],
  ];
  for (const [what, message, build] of WRONG) {
    it(`refuses ${what}`, () => {
      const model = open();
      model.input('x', 'float', ['batch', 2]);
      assert.throws(() => build(model), (error) => error instanceof InternalError && message.test(error.message));
    });
  }
});
