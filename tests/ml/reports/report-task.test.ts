import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import report from '../../../activities/tasks/report.task.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { renderReport } from '../../../ml/reports/render-report.js';
import type { StepHooks, StepInput } from '../../../shared/step.js';
import { mnistSubset } from '../../support/digits.js';
import { reportFixture } from './report-fixture.js';

type Input = Parameters<typeof report>[0];

const { evaluation, result, fits, dataset } = reportFixture();
const shards = [[0, 70], [70, 200]] as const;
const INPUT: Input = {
  params: { result, fits, dataset }, seed: 1, native: {},
  inputs: {
    evaluation: [new TextEncoder().encode(JSON.stringify(evaluation))],
    images: shards.map(([from, to]) => encodeNpy(mnistSubset({ split: 'test', from, to }).x.data, [to - from, 28, 28])),
  },
};
const HOOKS: StepHooks = { progress: () => undefined, signal: new AbortController().signal };

async function pageOf(input: Input): Promise<string> {
  const { outputs } = await report(input, HOOKS);
  return new TextDecoder().decode(outputs['report']?.bytes);
}

describe('the report step', () => {
  it('finds the images across shards: the page is the one of the whole test set', async () => {
    assert.equal(await pageOf(INPUT), renderReport(reportFixture()));
  });

  it('writes the same bytes in a worker thread, where there is no browser and no main thread', async () => {
    const entry = new URL('../../../activities/tasks/report.task.js', import.meta.url).href;
    // Observable Plot shifts lines by half a pixel where mocha's global `it` is defined.
    const code = `
      globalThis.it = true;
      const { parentPort, workerData } = require('node:worker_threads');
      import(${JSON.stringify(entry)})
        .then(({ default: step }) => step(workerData, { progress() {}, signal: new AbortController().signal }))
        .then(({ outputs }) => parentPort.postMessage(outputs.report.bytes));`;
    const worker = new Worker(code, { eval: true, workerData: INPUT satisfies StepInput<object> });
    const [bytes] = (await once(worker, 'message')) as [Uint8Array];
    await worker.terminate();
    assert.equal(new TextDecoder().decode(bytes), await pageOf(INPUT));
  });

  it('refuses what is not an evaluation, and says what to do', async () => {
    const inputs = { ...INPUT.inputs, evaluation: [new TextEncoder().encode('{"kind":"dataset"}')] };
    await assert.rejects(() => pageOf({ ...INPUT, inputs }), { name: 'InvalidDataError', message: /Run evaluate first/ });
  });

  it('refuses images that are not bytes', async () => {
    const inputs = { ...INPUT.inputs, images: [encodeNpy(new Float32Array(784), [1, 28, 28])] };
    await assert.rejects(() => pageOf({ ...INPUT, inputs }), { name: 'InvalidDataError', message: /expected uint8 .* got f4 \[1, 28, 28\]/ });
  });
});
