import assert from 'node:assert/strict';
import shrink from '../../../activities/tasks/shrink-classical.process.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import { shrinkClassical } from '../../../ml/compression/classical/shrink-classical.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { model as decisionTree } from '../../../ml/models/decision-tree.js';
import type { ModelKind } from '../../../ml/models/model.js';
import { model as forest } from '../../../ml/models/random-forest.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { QUIET } from '../../support/fit-context.js';
import { runStep } from '../../support/run-step.js';

describe('the shrink-classical step', function () {
  this.timeout(60_000);
  const [ROWS, VALIDATION] = [400, 100];
  const { x, labels } = toyDigits({ rows: ROWS, seed: 1 });
  const test = toyDigits({ rows: 20, seed: 2 });
  const params = { kind: 'random-forest', input: 'pixels', mostLost: 0.02, validationRows: VALIDATION } as const;
  let inputs: Record<string, Uint8Array[]>;
  before(async () => {
    const fitted = await forest.fit({ x: rowsBetween(x, 0, 300), labels: labels.subarray(0, 300) }, { x: rowsBetween(x, 300, 400), labels: labels.subarray(300) }, { ...forest.defaults, trees: 16, threads: 1 }, QUIET);
    inputs = { model: [await fitted.save()], images: [encodeNpy(x.data, [ROWS, 28, 28])], labels: [encodeNpy(labels, [ROWS])], 'test:images': [encodeNpy(test.x.data, [20, 28, 28])] };
  });

  it('gives a smaller model of the same kind with its probabilities of both halves', async () => {
    const { outputs, summary } = await runStep(shrink, params, inputs);
    const bytes = outputs['model']?.bytes ?? assert.fail();
    assert.ok(bytes.length < 0.8 * (inputs['model']?.[0]?.length ?? 0));
    assert.deepEqual([summary['bytes'], summary['bytesBefore']], [bytes.length, inputs['model']?.[0]?.length]);
    assert.match(String(summary['how']), /of the trees/);
    const small = await forest.load(bytes, {});
    for (const [role, rows] of [['validationProba', rowsBetween(x, 300, 400)], ['testProba', test.x]] as const) {
      assert.deepEqual(decodeNpy(outputs[role]?.bytes ?? assert.fail()).data, (await small.predictProba(rows)).data, role);
    }
    assert.ok(Number(summary['validationAccuracy']) > 0.5 && Number(summary['judgingAccuracy']) >= Number(summary['judgingAccuracyBefore']) - 0.02);
  });

  it('prunes by the rows that the tree was fitted on, and judges by validation rows', async () => {
    const noisy = labels.map((label, row) => (row % 6 === 0 ? (label + 1) % 10 : label));
    const halves = { train: { x: rowsBetween(x, 0, 300), labels: noisy.subarray(0, 300) }, validation: { x: rowsBetween(x, 300, 400), labels: noisy.subarray(300) } };
    const tree = await (await decisionTree.fit(halves.train, halves.validation, { ...decisionTree.defaults, minLeafRows: 1 }, QUIET)).save();
    const expected = await shrinkClassical(decisionTree as ModelKind<object>, tree, halves, 0.02, { native: {}, working: () => undefined });
    assert.match(expected.how, /pruned/);
    const { outputs, summary } = await runStep(shrink, { ...params, kind: 'decision-tree' }, { ...inputs, model: [tree], labels: [encodeNpy(noisy, [ROWS])] });
    assert.deepEqual(outputs['model']?.bytes, expected.bytes);
    assert.deepEqual([summary['how'], summary['judgingAccuracyBefore'], summary['judgingAccuracy']], [expected.how, expected.accuracyBefore, expected.accuracy]);
  });

  it('refuses absent inputs, and stops when it is cancelled', async () => {
    await assert.rejects(runStep(shrink, params, { ...inputs, model: [] }), InvalidDataError);
    await assert.rejects(runStep(shrink, { ...params, validationRows: ROWS }, inputs), InvalidDataError);
    await assert.rejects(runStep(shrink, params, inputs, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});
