import assert from 'node:assert/strict';
import gateStep from '../../../activities/tasks/gate-variants.task.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import type { CompressionGate } from '../../../shared/compression.js';
import { runStep } from '../../support/run-step.js';

describe('the gate-variants step', () => {
  const labels = Uint8Array.from({ length: 30 }, (_, row) => (row < 10 ? 3 : row % 10));
  /** Probabilities of the last 20 rows, wrong on the first few of them. */
  const proba = (wrong: number): Uint8Array => {
    const data = new Float32Array(200);
    for (let row = 0; row < 20; row++) data[10 * row + (((labels[10 + row] ?? 0) + (row < wrong ? 1 : 0)) % 10)] = 1;
    return encodeNpy(data, [20, 10]);
  };

  it('judges every variant beside its own model on the validation rows alone', async () => {
    const variants = [{ name: 'good', of: 'a', bytes: 10, bytesBefore: 30, milliseconds: 0.2 }, { name: 'bad', of: 'b', bytes: 20, bytesBefore: 30 }];
    const { outputs, summary } = await runStep(gateStep, { gate: { alpha: 0.05, mostLost: 0.1 }, validationRows: 20, variants }, { labels: [encodeNpy(labels, [30])], variantProba: [proba(6), proba(4)], modelProba: [proba(5), proba(1)] });
    const { kind, variants: judged } = JSON.parse(new TextDecoder().decode(outputs['gate']?.bytes)) as CompressionGate;
    assert.equal(kind, 'compression-gate');
    assert.deepEqual(judged.map(({ name, passed, chosen, validationAccuracy, validationAccuracyBefore, milliseconds }) => [name, passed, chosen, validationAccuracy, validationAccuracyBefore, milliseconds]), [
      ['good', true, true, 0.7, 0.75, 0.2], ['bad', false, false, 0.8, 0.95, undefined],
    ]);
    assert.deepEqual(summary, { passed: 1, variants: 2 });
  });
});
