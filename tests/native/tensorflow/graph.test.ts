import assert from 'node:assert/strict';
import { createGraph } from '../../../native/tensorflow/graph.js';
import type { Graph, Output } from '../../../native/tensorflow/graph.js';
import { loadTensorFlowLibrary } from '../../../native/tensorflow/library.js';
import { openSession } from '../../../native/tensorflow/session.js';
import type { Session } from '../../../native/tensorflow/session.js';
import { InternalError, NativeLibraryError } from '../../../shared/errors.js';
import { nativePaths } from '../../support/native-paths.js';

const library = loadTensorFlowLibrary(nativePaths().tensorflow);
const FLOAT = { type: 'float32' } as const;

describe("TensorFlow's C API", () => {
  let graph: Graph;
  let session: Session;
  let x: Output;
  let y: Output;
  beforeEach(() => {
    graph = createGraph(library);
    x = graph.output('Placeholder', { attributes: { dtype: FLOAT, shape: { shape: [-1, 2] } } });
    const kernel = graph.output('Const', { attributes: { dtype: FLOAT, value: { tensor: { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) } } } });
    y = graph.output('MatMul', { inputs: [x, kernel] });
    session = openSession(graph, { intraOpThreads: 1 });
  });
  afterEach(() => {
    session.close();
    graph.dispose();
  });

  it('names its version', () => assert.match(library.version, /^2\.\d+\.\d+/));

  it('infers shapes and types', () => {
    assert.deepEqual(graph.shapeOf(y), [-1, 3]);
    assert.equal(graph.typeOf(y), 'float32');
  });

  it('computes, for one row and for more, in the same run', async () => {
    const run = session.prepare({ feeds: [x], fetches: [y] });
    assert.deepEqual(await run.run([{ shape: [1, 2], data: Float32Array.of(1, 1) }]), [Float32Array.of(5, 7, 9)]);
    assert.deepEqual(await run.run([{ shape: [2, 2], data: Float32Array.of(1, 0, 0, 1) }]), [Float32Array.of(1, 2, 3, 4, 5, 6)]);
  });

  it('differentiates', async () => {
    const [dx] = graph.gradients([y], [x]);
    assert.ok(dx);
    const run = session.prepare({ feeds: [x], fetches: [dx] });
    assert.deepEqual(await run.run([{ shape: [1, 2], data: Float32Array.of(7, 8) }]), [Float32Array.of(6, 15)]);
  });

  it('keeps variables from run to run', async () => {
    const handle = graph.output('VarHandleOp', { attributes: { dtype: FLOAT, shape: { shape: [1] } } });
    const value = graph.output('Placeholder', { attributes: { dtype: FLOAT, shape: { shape: [1] } } });
    const [assign, add] = ['AssignVariableOp', 'AssignAddVariableOp'].map((type) => graph.add(type, { inputs: [handle, value], attributes: { dtype: FLOAT } }));
    assert.ok(assign !== undefined && add !== undefined);
    const one = [{ shape: [1], data: Float32Array.of(1.5) }];
    await session.prepare({ feeds: [value], targets: [assign] }).run(one);
    const adding = session.prepare({ feeds: [value], targets: [add] });
    await adding.run(one);
    await adding.run(one);
    assert.deepEqual(await session.evaluate(graph.output('ReadVariableOp', { inputs: [handle], attributes: { dtype: FLOAT } })), Float32Array.of(4.5));
  });

  it('gives text, lists of numbers and types to attributes', async () => {
    const image = graph.output('Const', { attributes: { dtype: FLOAT, value: { tensor: { shape: [1, 2, 2, 1], data: Float32Array.of(1, 4, 2, 3) } } } });
    const pooled = graph.output('MaxPool', { inputs: [image], attributes: { ksize: { ints: [1, 2, 2, 1] }, strides: { ints: [1, 2, 2, 1] }, padding: { text: 'VALID' } } });
    const whole = graph.output('Cast', { inputs: [pooled], attributes: { DstT: { type: 'int32' } } });
    assert.deepEqual(await session.evaluate(whole), Int32Array.of(4));
  });

  it('tells its devices', () => assert.deepEqual(session.devices().map(({ type }) => type), ['CPU']));

  it("fails in TensorFlow's words: an attribute that is missing, shapes that do not fit", async () => {
    assert.throws(() => graph.add('Conv2D', { inputs: [x, x] }), (error) => error instanceof NativeLibraryError && /Conv2D.*missing attrs 'padding', 'strides'/.test(error.message));
    await assert.rejects(session.prepare({ feeds: [x], fetches: [y] }).run([{ shape: [1, 3], data: new Float32Array(3) }]), (error) => error instanceof NativeLibraryError && /\[1,3\]/.test(error.message));
    assert.throws(() => graph.gradients([x], [y]), NativeLibraryError);
  });

  it('refuses a second run while one is under way, and too few values', async () => {
    const run = session.prepare({ feeds: [x], fetches: [y] });
    const values = [{ shape: [1, 2], data: Float32Array.of(1, 1) }];
    const first = run.run(values);
    await assert.rejects(run.run(values), InternalError);
    assert.equal((await first).length, 1);
    await assert.rejects(run.run([]), InternalError);
  });

  it('copies what it is fed before the call returns', async () => {
    const run = session.prepare({ feeds: [x], fetches: [y] });
    const data = Float32Array.of(1, 1);
    const under = run.run([{ shape: [1, 2], data }]);
    data.fill(0);
    assert.deepEqual(await under, [Float32Array.of(5, 7, 9)]);
  });

  it('says what to do when its folder is missing or holds no library', () => {
    assert.throws(() => loadTensorFlowLibrary(undefined), /digitloom doctor/);
    assert.throws(() => loadTensorFlowLibrary('/nowhere'), (error) => error instanceof NativeLibraryError && /nowhere.*is not there.*digitloom doctor/.test(error.message));
  });
});
