import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeNpz, encodeNpz } from '../../../ml/data/npz.js';
import type { NpzEntry } from '../../../ml/data/npz.js';
import { accuracy } from '../../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import { rowsBetween } from '../../../ml/matrix.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import type { Classifier, FitContext } from '../../../ml/models/model.js';
import { model } from '../../../ml/models/svm.js';
import { createRandom } from '../../../ml/random.js';
import { pairDecisions } from '../../../ml/svm/pair-decisions.js';
import { decodeSvm } from '../../../ml/svm/svm-bytes.js';
import type { SvmOptions } from '../../../ml/svm/svm-options.js';
import { InvalidConfigError, InvalidModelError } from '../../../shared/errors.js';
import type { StartTaskThreads } from '../../../shared/parallel-tasks.js';
import { coarseDigits } from '../../support/coarse-digits.js';
import { mnistSubset, toyDigits } from '../../support/digits.js';
import { testClassifierContract } from './classifier.contract.js';

testClassifierContract(model, { accuracy: 0.9 });
testClassifierContract(model, { digits: coarseDigits, accuracy: 0.9, options: { kernel: 'polynomial', coef0: 1, projection: 'pca', components: 60 } });

interface Golden {
  readonly fit: number;
  readonly judged: number;
  readonly cases: readonly {
    readonly options: Partial<SvmOptions>;
    readonly gamma: number;
    readonly supportVectors: number;
    readonly labels: readonly number[];
    readonly decisions: readonly number[];
  }[];
}

describe('support vector machine', function () {
  this.timeout(60_000);
  const golden = JSON.parse(readFileSync(new URL('../../../../tests/support/golden/svm.json', import.meta.url), 'utf8')) as Golden;
  const none: LabelledMatrix = { x: { rows: 0, columns: 784, data: new Uint8Array(0) }, labels: new Uint8Array(0) };
  const context: FitContext = { seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined };
  const fit = (train: LabelledMatrix, options: Partial<SvmOptions> = {}, validation = none, over: Partial<FitContext> = {}): Promise<Classifier> =>
    model.fit(train, { ...validation, x: { ...validation.x, columns: train.x.columns } }, { ...model.defaults, ...options }, { ...context, ...over });

  for (const { options, gamma, supportVectors, labels, decisions } of golden.cases) {
    it(`decides as scikit-learn's SVC does: ${JSON.stringify(options)}`, async () => {
      const [train, judged] = [mnistSubset({ split: 'train', from: 0, to: golden.fit }), mnistSubset({ split: 'train', from: golden.fit, to: golden.fit + golden.judged })];
      const fitted = await fit(train, { ...options, tolerance: 1e-5 });
      const { machine, projection } = decodeSvm(await fitted.save());
      if (options.kernel !== 'linear') assert.ok(Math.abs(machine.kernel.gamma / gamma - 1) < 1e-6, `gamma ${machine.kernel.gamma}, expected ${gamma}`);
      assert.ok(Math.abs(machine.vectors.rows - supportVectors) <= 3, `${machine.vectors.rows} support vectors, scikit-learn has ${supportVectors}`);
      const ours = pairDecisions(machine)(projection.apply(judged.x));
      decisions.forEach((value, i) => assert.ok(Math.abs((ours[i] ?? Number.NaN) - value) < 2e-4, `decision ${i}: ${ours[i]}, scikit-learn's is ${value}`));
      const same = [...argmaxRows(await fitted.predictProba(judged.x))].filter((label, row) => label === labels[row]).length;
      assert.ok(same >= golden.judged - 1, `${same} of ${golden.judged} labels are scikit-learn's`);
    });
  }

  it('learns MNIST: 2,000 images, 500 unseen ones', async () => {
    const [train, unseen] = [mnistSubset({ split: 'train', from: 0, to: 2000 }), mnistSubset({ split: 'train', from: 2000, to: 2500 })];
    const fitted = await fit(train, { projection: 'pca', components: 40 });
    const hits = accuracy(argmaxRows(await fitted.predictProba(unseen.x)), unseen.labels);
    assert.ok(hits > 0.93, `accuracy ${hits}`);
  });

  it('gives the same bytes however many threads there are and whichever is done first', async () => {
    const train = toyDigits({ rows: 200, seed: 4 });
    const backwards: StartTaskThreads = () => {
      const waiting: (() => void)[] = [];
      return {
        run: (task) => new Promise((resolve) => {
          waiting.unshift(() => resolve(model.taskRunner?.(task, () => undefined) ?? {}));
          if (waiting.length === 45) setImmediate(() => waiting.forEach((start) => start()));
        }),
        close: () => Promise.resolve(),
      };
    };
    const [alone, many] = [await fit(train, { threads: 1 }), await fit(train, { threads: 7 }, none, { startThreads: backwards })];
    assert.deepEqual(Buffer.from(await many.save()), Buffer.from(await alone.save()));
  });

  it('chooses on the validation rows how sure it is, and on rows left out of a second fit where there are none', async () => {
    const [train, validation, unseen] = [clouds(300, 1), clouds(400, 2), clouds(400, 3)];
    const [told, untold] = [await fit(train, { C: 1 }, validation), await fit(train, { C: 1 })];
    assert.deepEqual([told.details['calibratedOn'], untold.details['calibratedOn']], ['validation rows', 'a fifth of the training rows, by a fit on the others']);
    const [a, b] = [logLoss(await told.predictProba(unseen.x), unseen.labels), logLoss(await untold.predictProba(unseen.x), unseen.labels)];
    const even = Math.log(10);
    assert.ok(a < 0.45 * even && b < 1.1 * a, `log-loss ${a}; left out ${b}`);
  });

  it('knows one class only when it is taught one only', async () => {
    const all = toyDigits({ rows: 100, seed: 1 });
    const fitted = await fit({ x: rowsBetween(all.x, 3, 4), labels: Uint8Array.of(3) });
    const { data } = await fitted.predictProba(all.x);
    for (let row = 0; row < all.x.rows; row++) assert.ok((data[row * 10 + 3] ?? 0) > 0.999);
    const again = await model.load(await fitted.save(), {});
    assert.deepEqual((await again.predictProba(all.x)).data, data);
  });

  it('does not mind constant columns', async () => {
    const train = clouds(200, 5);
    const wide = { ...train, x: withColumn(train.x.data as Float32Array, 7) };
    const [narrow, same] = [await fit(train, { gamma: 0.5 }), await fit(wide, { gamma: 0.5 })];
    const [a, b] = [await narrow.predictProba(train.x), await same.predictProba(wide.x)];
    a.data.forEach((value, i) => assert.ok(Math.abs(value - (b.data[i] ?? 0)) < 1e-4));
    const flat = await fit({ x: { rows: 4, columns: 2, data: new Float32Array(8) }, labels: Uint8Array.of(0, 1, 0, 1) });
    assert.ok([...(await flat.predictProba({ rows: 1, columns: 2, data: new Float32Array(2) })).data].every(Number.isFinite));
  });

  it('remembers every row, and nothing between them, with a huge gamma', async () => {
    const train = clouds(60, 6);
    const fitted = await fit(train, { gamma: 1e8 });
    assert.equal(accuracy(argmaxRows(await fitted.predictProba(train.x)), train.labels), 1);
    assert.equal(fitted.details['supportVectors'], 60);
  });

  it('takes the signed square roots of what it reads, when told to', async () => {
    const [train, unseen] = [clouds(200, 7), clouds(50, 8)];
    const rooted = ({ x, labels }: LabelledMatrix): LabelledMatrix => ({ x: { ...x, data: (x.data as Float32Array).map((value) => Math.sign(value) * Math.sqrt(Math.abs(value))) }, labels });
    const [told, given] = [await fit(train, { roots: true }), await fit(rooted(train))];
    assert.deepEqual((await told.predictProba(unseen.x)).data, (await given.predictProba(rooted(unseen).x)).data);
    const again = await model.load(await told.save(), {});
    assert.deepEqual((await again.predictProba(unseen.x)).data, (await told.predictProba(unseen.x)).data);
  });

  it('keeps pixels as bytes', async () => {
    const fitted = await fit(toyDigits({ rows: 100, seed: 2 }));
    assert.equal(decodeNpz(await fitted.save()).arrays['vectors']?.dtype, 'u1');
  });

  it('refuses options that are out of range, naming them', async () => {
    const train = toyDigits({ rows: 20, seed: 2 });
    const wrong: readonly Partial<Record<keyof SvmOptions, unknown>>[] = [
      { C: 0 }, { C: -1 }, { C: Number.NaN }, { gamma: 0 }, { gamma: 'auto' }, { kernel: 'sigmoid' }, { degree: 0 }, { degree: 2.5 }, { coef0: Infinity }, { tolerance: 0 }, { threads: 0 },
    ];
    for (const options of wrong) {
      const [name] = Object.keys(options);
      await assert.rejects(fit(train, options as Partial<SvmOptions>), (error) => error instanceof InvalidConfigError && error.message.includes(`${name}`), JSON.stringify(options));
    }
  });

  it('refuses arrays that do not fit together', async () => {
    const fitted = await fit(toyDigits({ rows: 60, seed: 2 }));
    const { arrays, files } = decodeNpz(await fitted.save());
    const wrong: readonly [string, NpzEntry | undefined][] = [
      ['starts', { data: new Int32Array(11), shape: [11] }], ['biases', { data: new Float32Array(44), shape: [44] }], ['weights', undefined], ['svm.json', undefined],
      ['centre', { data: new Float32Array(783), shape: [783] }],
    ];
    for (const [name, entry] of wrong) {
      const entries = Object.fromEntries(Object.entries({ ...arrays, ...files, [name]: entry }).filter((pair): pair is [string, NpzEntry] => pair[1] !== undefined));
      await assert.rejects(model.load(encodeNpz(entries), {}), InvalidModelError, name);
    }
  });
});

/** Ten overlapping clouds around a circle. */
function clouds(rows: number, seed: number): LabelledMatrix {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: rows }, (_, i) => i % 10);
  const data = Float32Array.from({ length: 2 * rows }, (_, i) => {
    const angle = ((labels[i >> 1] ?? 0) * Math.PI) / 5;
    return 4 * (i % 2 ? Math.sin(angle) : Math.cos(angle)) + random.normal();
  });
  return { x: { rows, columns: 2, data }, labels };
}

function withColumn(data: Float32Array, value: number): LabelledMatrix['x'] {
  const rows = data.length / 2;
  return { rows, columns: 3, data: Float32Array.from({ length: rows * 3 }, (_, i) => (i % 3 < 2 ? (data[Math.floor(i / 3) * 2 + (i % 3)] ?? 0) : value)) };
}
