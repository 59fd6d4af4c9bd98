import { strict as assert } from 'node:assert';
import { modelLine, modelLines, secondsLeft, stageLine } from '../../cli/progress/progress-lines.js';
import { showPlain } from '../../cli/progress/show-plain.js';
import type { RunSnapshot } from '../../client/watch-run.js';
import type { ModelProgress, StageProgress, StageState } from '../../shared/run.js';

const stage = (name: StageProgress['name'], state: StageState, done = 0, total = 4): StageProgress => ({ name, state, done, total, cached: 0, seconds: 3 });
const cnn: ModelProgress = { name: 'cnn', state: 'running', fraction: 0.25, note: 'epoch 2/8', metrics: { loss: 0.0412345 } };

describe('the progress of a run', () => {
  it('says in a line how far a stage and a model are', () => {
    assert.equal(stageLine({ ...stage('features', 'running', 3, 8), cached: 2 }), 'features 3/8 (2 cached)');
    assert.equal(stageLine({ ...stage('features', 'done', 8, 8), cached: 8 }), 'features 8/8 (all cached) 3.0s');
    assert.equal(modelLine(cnn), 'cnn 25 %, epoch 2/8, loss 0.04123');
    assert.equal(modelLine({ ...cnn, metrics: { ...cnn.metrics, learningRate: 0.0021, imagesPerSecond: 5_712.4 } }), 'cnn 25 %, epoch 2/8, loss 0.04123, learning rate 0.0021, 5,712 images/s');
  });

  it('names models that wait and models that are done in a line each, however many there are', () => {
    const many = Array.from({ length: 14 }, (_, i): ModelProgress => ({ ...cnn, name: `m${i}`, state: i < 10 ? 'waiting' : 'done', fraction: 0 }));
    assert.deepEqual(modelLines([cnn, ...many]), [modelLine(cnn), '10 waiting: m0, m1, m2, m3, m4, m5, m6, m7, m8, m9', '4 done: m10, m11, m12, m13']);
    assert.deepEqual(modelLines([{ ...cnn, state: 'failed', note: '', metrics: {} }]), ['cnn failed']);
  });

  it('tells the time left from all models where some wait for their turn', () => {
    const models: ModelProgress[] = [{ ...cnn, fraction: 0.5 }, { ...cnn, state: 'done', fraction: 1 }, { ...cnn, state: 'waiting', fraction: 0 }];
    assert.equal(secondsLeft(stage('train', 'running'), models, 10), 10);
  });

  it('tells the time left from the slowest model, and nothing while too little is done', () => {
    const train = stage('train', 'running', 2, 6);
    assert.equal(secondsLeft(train, [cnn, { ...cnn, name: 'xgboost', fraction: 0.9 }], 10), 30);
    assert.equal(secondsLeft(train, [{ ...cnn, fraction: 0.01 }], 10), undefined);
    assert.equal(secondsLeft(train, [cnn], 0.5), undefined);
    assert.equal(secondsLeft(stage('analyse', 'running', 1, 4), [cnn], 10), 30);
  });

  it('without a terminal is a line per change, per repeated step, and a sign of life every ten seconds', async () => {
    let clock = 0;
    const snapshot = (stages: readonly StageProgress[], retries: RunSnapshot['retries'] = []): RunSnapshot =>
      ({ runId: 'r', state: 'running', retries, progress: { runId: 'r', stages, models: [cnn, { ...cnn, name: 'xgboost', state: 'waiting' }] } });
    const retry = { activity: 'fitModel', attempt: 2, lastFailure: 'activity Heartbeat timeout' };
    async function* looks(): AsyncGenerator<RunSnapshot> {
      yield snapshot([stage('ingest', 'running', 0, 1), stage('train', 'waiting')]);
      clock += 1_000;
      yield snapshot([stage('ingest', 'done', 1, 1), stage('train', 'running', 1)]);
      clock += 2_000;
      yield snapshot([stage('ingest', 'done', 1, 1), stage('train', 'running', 1)], [retry]);
      yield snapshot([stage('ingest', 'done', 1, 1), stage('train', 'running', 1)], [retry]);
      clock += 11_000;
      yield snapshot([stage('ingest', 'done', 1, 1), stage('train', 'running', 2)], [retry]);
      clock += 12_000;
      yield snapshot([stage('analyse', 'running', 2, 17), stage('train', 'running', 2), stage('ensemble', 'running', 0, 9)], [retry]);
      clock += 10_000;
      yield snapshot([stage('analyse', 'running', 2, 17), stage('train', 'running', 2), stage('ensemble', 'running', 0, 9)], [retry]);
    }
    const lines: string[] = [];
    await showPlain(looks(), (line) => lines.push(line), () => clock);
    assert.deepEqual(lines, [
      '[0ms] ingest running',
      '[1.0s] ingest 3.0s done',
      '[1.0s] train 1/4 running',
      '[3.0s] fitModel: attempt 2 after activity Heartbeat timeout',
      '[14.0s] train 2/4; cnn 25 %, epoch 2/8, loss 0.04123; 1 waiting',
      '[26.0s] analyse 2/17 running',
      '[26.0s] ensemble 0/9 running',
      '[36.0s] analyse 2/17; train 2/4; cnn 25 %, epoch 2/8, loss 0.04123; 1 waiting; ensemble 0/9',
    ]);
  });
});
