import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import augment from '../../../activities/tasks/augment.task.js';
import { augmentRows } from '../../../ml/augment/augment-rows.js';
import { contactSheet } from '../../../ml/augment/contact-sheet.js';
import { parsePipelineDocument, serialisePipelineDocument } from '../../../ml/augment/pipeline-document.js';
import { AUGMENTATIONS } from '../../../ml/augment/registry.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { mnistSubset } from '../../support/digits.js';
import { runStep } from '../../support/run-step.js';

const EVERYTHING = { version: 1, steps: [...AUGMENTATIONS.keys()].map((kind) => ({ kind, probability: 0.7 })) };
const { x } = mnistSubset({ split: 'test', from: 0, to: 12 });

describe('a pipeline document', () => {
  it('is completed with the defaults', () => {
    assert.deepEqual(parsePipelineDocument({ version: 1, steps: [{ kind: 'elastic', parameters: { alpha: 20 } }] }), {
      version: 1, beyondSafeLimits: false, steps: [{ kind: 'elastic', probability: 1, parameters: { alpha: 20, sigma: 4 } }],
    });
  });

  it('keeps its text through parsing, whatever the order of its keys', () => {
    const text = serialisePipelineDocument(parsePipelineDocument(EVERYTHING));
    assert.equal(serialisePipelineDocument(parsePipelineDocument(JSON.parse(text))), text);
    const [one, other] = [{ alpha: 20, sigma: 5 }, { sigma: 5, alpha: 20 }].map((parameters) => (
      serialisePipelineDocument(parsePipelineDocument({ steps: [{ parameters, kind: 'elastic' }], version: 1 }))
    ));
    assert.equal(one, other);
  });

  it('is refused with all its problems at once, each with its path', () => {
    const bad = {
      version: 2,
      step: [],
      steps: [
        { kind: 'noise', probability: 1.5, parameters: { deviation: 'much' } },
        { kind: 'rotation', parameters: { degrees: 30, angle: 3 } },
        { kind: 'cutout', parameters: { size: 2.5 } },
        { kind: 'swirl' },
        'cutout',
      ],
    };
    assert.throws(() => parsePipelineDocument(bad), (error: Error) => {
      assert.equal(error.name, 'InvalidConfigError');
      const problems = error.message.split('\n').slice(1);
      const expected = [
        /^- step: unknown/, /^- version: got 2, expected 1/, /^- steps\[0\]\.probability: got 1\.5/, /^- steps\[0\]\.parameters\.deviation: got "much", expected a number from 0 to 0\.25/,
        /^- steps\[1\]\.parameters\.angle: unknown, expected one of degrees/, /^- steps\[1\]\.parameters\.degrees: got 30, expected a number from 0 to 20: .*a 7.*beyondSafeLimits/,
        /^- steps\[2\]\.parameters\.size: got 2\.5, expected a whole number/, /^- steps\[3\]\.kind: got "swirl", expected one of rotation/,
        /^- steps\[4\]: got "cutout", expected an object/, /^- steps\[4\]\.kind: got nothing/, /^- steps\[1\]\.kind: rotation comes after noise/,
      ];
      assert.equal(problems.length, expected.length, error.message);
      expected.forEach((problem, i) => assert.match(problems[i] ?? '', problem));
      return true;
    });
    for (const nothing of [null, [], 'pipeline', undefined]) assert.throws(() => parsePipelineDocument(nothing), { name: 'InvalidConfigError' });
  });

  it('goes beyond the safe limits only where it says so, and beyond the possible ones never', () => {
    const turned = (degrees: number, beyondSafeLimits: boolean): unknown => ({ version: 1, beyondSafeLimits, steps: [{ kind: 'rotation', parameters: { degrees } }] });
    assert.throws(() => parsePipelineDocument(turned(30, false)), { name: 'InvalidConfigError' });
    assert.equal(parsePipelineDocument(turned(30, true)).steps[0]?.parameters['degrees'], 30);
    assert.throws(() => parsePipelineDocument(turned(190, true)), { name: 'InvalidConfigError', message: /from 0 to 180/ });
  });
});

describe('augmenting rows', () => {
  const document = parsePipelineDocument(EVERYTHING);
  const whole = augmentRows(x, document, 5, { copies: 3 });

  it('gives the copies of each image in turn', () => {
    assert.deepEqual([whole.rows, whole.columns], [36, 784]);
    const still = augmentRows(x, parsePipelineDocument({ version: 1, steps: [] }), 5, { copies: 3 });
    for (let row = 0; row < 36; row++) {
      assert.deepEqual(rowsBetween(still, row, row + 1).data, rowsBetween(x, Math.floor(row / 3), Math.floor(row / 3) + 1).data);
    }
  });

  it('gives the same images whatever the shards', () => {
    const shards = [[0, 5], [5, 6], [6, 12]].map(([from = 0, to = 0]) => augmentRows(rowsBetween(x, from, to), document, 5, { firstRow: from, copies: 3 }).data);
    assert.deepEqual(Uint8Array.from(shards.flatMap((data) => [...data])), whole.data);
  });

  it('leaves the part of the images alone that the probability says', () => {
    const { x: many } = mnistSubset({ split: 'test', from: 0, to: 400 });
    const some = augmentRows(many, parsePipelineDocument({ version: 1, steps: [{ kind: 'noise', probability: 0.25 }] }), 1);
    let changed = 0;
    for (let row = 0; row < 400; row++) changed += rowsBetween(some, row, row + 1).data.some((value, i) => value !== many.data[row * 784 + i]) ? 1 : 0;
    assert.ok(changed > 65 && changed < 135, `${changed} of 400`);
  });

  it('draws the same for a step, whatever the others draw', () => {
    const withCutout = (other: object): Uint8Array => augmentRows(x, parsePipelineDocument({ version: 1, steps: [other, { kind: 'cutout' }] }), 9).data;
    assert.deepEqual(withCutout({ kind: 'noise', probability: 0 }), withCutout({ kind: 'elastic', parameters: { alpha: 0 } }));
  });

  it('draws anew for a second step of the same kind', () => {
    const second = parsePipelineDocument({ version: 1, steps: [{ kind: 'noise', probability: 0 }, { kind: 'noise' }] });
    const first = parsePipelineDocument({ version: 1, steps: [{ kind: 'noise' }, { kind: 'noise', probability: 0 }] });
    assert.notDeepEqual(augmentRows(x, second, 9).data, augmentRows(x, first, 9).data);
  });

  it('leaves nothing of one image\'s displacements to the next', () => {
    const some = parsePipelineDocument({ version: 1, steps: [{ kind: 'elastic', probability: 0.5 }] });
    const together = augmentRows(x, some, 2).data;
    for (let row = 0; row < x.rows; row++) {
      assert.deepEqual(augmentRows(rowsBetween(x, row, row + 1), some, 2, { firstRow: row }).data, together.slice(row * 784, (row + 1) * 784));
    }
  });

  it('refuses images that are not square', () => {
    assert.throws(() => augmentRows({ rows: 1, columns: 783, data: new Uint8Array(783) }, document, 1), { name: 'InvalidDataError' });
  });
});

describe('the step augment', () => {
  const params = { document: EVERYTHING, copies: 2, firstRow: 100, rows: 12, seed: 3 };

  it('gives the copies as one array of images', async () => {
    const { outputs, summary, progress } = await runStep(augment, params, { images: [encodeNpy(x.data, [12, 28, 28])] });
    const expected = augmentRows(x, parsePipelineDocument(EVERYTHING), 3, { firstRow: 100, copies: 2 });
    assert.deepEqual(decodeNpy(outputs['images']?.bytes as Uint8Array), { dtype: 'u1', shape: [24, 28, 28], data: expected.data });
    assert.deepEqual(summary, { rows: 24 });
    assert.equal(progress.at(-1)?.fraction, 1);
  });

  it('gives shard by shard what it gives at once, whatever seeds the shards\' own parameters give them', async () => {
    const at = (from: number, to: number, seed: number): Promise<Uint8Array[]> =>
      runStep(augment, { ...params, firstRow: from, rows: to - from }, { images: [encodeNpy(rowsBetween(x, from, to).data, [to - from, 28, 28])] }, { seed })
        .then(({ outputs }) => [decodeNpy(outputs['images']?.bytes as Uint8Array).data as Uint8Array]);
    const shards = [...await at(0, 5, 1), ...await at(5, 12, 2)];
    assert.deepEqual([Buffer.concat(shards)], (await at(0, 12, 3)).map((data) => Buffer.from(data)));
  });

  it('leaves the rows behind the last one alone', async () => {
    const { outputs } = await runStep(augment, { ...params, rows: 5 }, { images: [encodeNpy(x.data, [12, 28, 28])] });
    const expected = augmentRows(rowsBetween(x, 0, 5), parsePipelineDocument(EVERYTHING), 3, { firstRow: 100, copies: 2 });
    assert.deepEqual(decodeNpy(outputs['images']?.bytes as Uint8Array).data, expected.data);
  });

  it('refuses bad parameters and what is no shard of images', async () => {
    const images = [encodeNpy(x.data, [12, 28, 28])];
    await assert.rejects(async () => runStep(augment, { ...params, rows: 13 }, { images }), { name: 'InvalidConfigError', message: /rows: got 13, but the shard has 12/ });
    await assert.rejects(async () => runStep(augment, { ...params, copies: 0 }, { images }), { name: 'InvalidConfigError', message: /copies: got 0/ });
    await assert.rejects(async () => runStep(augment, { ...params, firstRow: -1 }, { images }), { name: 'InvalidConfigError', message: /firstRow: got -1/ });
    await assert.rejects(async () => runStep(augment, { ...params, seed: 0.5 }, { images }), { name: 'InvalidConfigError', message: /seed: got 0.5/ });
    await assert.rejects(async () => runStep(augment, { ...params, document: {} }, { images }), { name: 'InvalidConfigError', message: /steps: got nothing/ });
    await assert.rejects(async () => runStep(augment, params, { images: [encodeNpy(new Uint8Array(6), [1, 2, 3])] }), { name: 'InvalidDataError', message: /got u1 \[1, 2, 3\]/ });
    await assert.rejects(async () => runStep(augment, params, {}), { name: 'InvalidDataError', message: /got nothing/ });
  });

  it('stops when the run is cancelled', async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(async () => runStep(augment, params, { images: [encodeNpy(x.data, [12, 28, 28])] }, { signal }), { name: 'AbortError' });
  });
});

describe('a contact sheet', () => {
  it('shows each original with its copies beside it, dark on white', () => {
    const originals = { rows: 2, columns: 4, data: Uint8Array.from([255, 0, 0, 0, 0, 255, 0, 0]) };
    const copies = { rows: 4, columns: 4, data: Uint8Array.from([0, 0, 55, 0, 0, 0, 0, 155, 255, 255, 255, 255, 0, 0, 0, 0]) };
    const { width, height, data } = PNG.sync.read(Buffer.from(contactSheet(originals, copies, 2)));
    assert.deepEqual([width, height], [2 * (2 + 6 + 2 + 2 + 2), 2 * (2 + 2 + 2)]);
    const grey = (column: number, row: number): number => data[4 * (2 * row * width + 2 * column)] ?? NaN;
    assert.deepEqual([grey(0, 0), grey(1, 0), grey(3, 0), grey(8, 1), grey(13, 1), grey(1, 4), grey(8, 4), grey(12, 4)], [0, 255, 255, 200, 100, 0, 0, 255]);
    assert.equal(data[4 * (width + 1)], 0, 'every pixel is drawn zoom x zoom times');
    assert.throws(() => contactSheet(originals, { ...copies, rows: 3 }), { name: 'InvalidDataError' });
  });
});
