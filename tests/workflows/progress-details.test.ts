import { strict as assert } from 'node:assert';
import type { ModelProgress } from '../../shared/run.js';
import { progressDetails } from '../../workflows/progress-details.js';

const stages = [{ name: 'train', state: 'running', done: 2, total: 6, cached: 1, seconds: 12.34 }] as const;
const cnn: ModelProgress = { name: 'cnn', state: 'running', fraction: 0.5, note: 'epoch 4/8', metrics: { loss: 0.0412345 } };

describe('the details of a run', () => {
  it('are a table of stages and a table of models', () => {
    const details = progressDetails({ runId: 'run-1', stages, models: [cnn] });
    assert.match(details, /\| train \| ▶ running \| 2\/6 \| 1 \| 12\.3 \|/);
    assert.match(details, /\| cnn \| ▶ running \| 50 % \| epoch 4\/8 \| loss 0\.04123 \|/);
    const fast = progressDetails({ runId: 'run-1', stages, models: [{ ...cnn, metrics: { learningRate: 0.0021, imagesPerSecond: 5_712.4 } }] });
    assert.match(fast, /\| learning rate 0\.0021, 5,712 images\/s \|/);
  });

  it('stay a table whatever a note holds', () => {
    const details = progressDetails({ runId: 'run-1', stages, models: [{ ...cnn, note: 'a | b\nc' }] });
    assert.match(details, /\| a {3}b c \|/);
  });

  it('stay under 20 KB with 2,000 models, and say how many are not shown', () => {
    const models = Array.from({ length: 2_000 }, (_, i) => ({ ...cnn, name: `model-${i}`, note: 'é'.repeat(150) }));
    const details = progressDetails({ runId: 'run-1', stages, models });
    assert.ok(Buffer.byteLength(details) < 20 * 1_024, `${Buffer.byteLength(details)} bytes`);
    assert.match(details, /and \d+ more models$/);
  });
});
