import assert from 'node:assert/strict';
import { modelCurves } from '../../activities/model-curves.js';
import { fitsOfRun } from '../../client/fits-of-run.js';
import { NotFoundError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { stepKey } from '../../storage/keys.js';
import { writeRunManifest, writeStepManifest } from '../../storage/manifest.js';
import { MemoryStore } from '../../storage/memory-store.js';

describe('the fits of a run', () => {
  const store = new MemoryStore();
  const CURVES = { validationLoss: [{ step: 1, value: 0.5 }, { step: 8, value: 0.25 }] };
  const commit = async (step: string, label: string, summary: JsonObject): Promise<string> => {
    const parts = { step, version: 'v', params: { label }, inputs: {}, environment: {} };
    const key = stepKey(parts);
    await writeStepManifest(store, { kind: 'step', key, label, parts, outputs: {}, summary, computedSeconds: 1, computedAt: '', attempt: 1, machine: {} });
    return key;
  };

  before(async () => {
    const keys = [
      await commit('ingest', 'ingest', {}),
      await commit('fit-xgboost', 'xgboost', { rounds: 3 }),
      await commit('fit-cnn', 'cnn.2', { epochs: 8, bestEpoch: 8, curves: CURVES }),
      await commit('predict-cnn', 'cnn.2', { curves: CURVES }),
    ];
    await commit('fit-cnn', 'of another run', { curves: CURVES });
    const gone = stepKey({ step: 'fit-svm', version: '', params: {}, inputs: {}, environment: {} });
    await writeRunManifest(store, { runId: 'run-1', preset: 'smoke', datasetDigest: 'd', seconds: 1, computedSeconds: 1, cached: false, stages: [], models: [], keys: [...keys, gone] });
  });

  it('are those of its own models, by name, as far as they are still in the store', async () => {
    assert.deepEqual(await fitsOfRun(store, 'run-1'), [
      { name: 'cnn.2', fit: { epochs: 8, bestEpoch: 8, curves: CURVES } }, { name: 'xgboost', fit: { rounds: 3 } },
    ]);
  });

  it('tell the curves of those that have some', async () => {
    assert.deepEqual(modelCurves(await fitsOfRun(store, 'run-1')), [
      { model: 'cnn.2', unit: 'epoch', best: 8, series: [{ name: 'validationLoss', points: [{ x: 1, y: 0.5 }, { x: 8, y: 0.25 }] }] },
    ]);
  });

  it('are refused for a run without a record', async () => {
    await assert.rejects(fitsOfRun(store, 'run-2'), (error) => error instanceof NotFoundError && /no record of run "run-2"/.test(error.message));
  });
});
