import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import contactSheetStep from '../../../activities/tasks/contact-sheet.task.js';
import { augmentRows } from '../../../ml/augment/augment-rows.js';
import { chooseDigits } from '../../../ml/augment/choose-digits.js';
import { contactSheet } from '../../../ml/augment/contact-sheet.js';
import { parsePipelineDocument } from '../../../ml/augment/pipeline-document.js';
import { AUGMENTATIONS } from '../../../ml/augment/registry.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { augmentationSection } from '../../../ml/reports/augmentation-section.js';
import type { AugmentationAnalysis } from '../../../shared/analysis/augmentation.js';
import { SHOWN_AUGMENTATION } from '../../../shared/augmentation-documents.js';
import type { StepOutput } from '../../../shared/step.js';
import { mnistSubset } from '../../support/digits.js';
import { runStep } from '../../support/run-step.js';

describe('the step contact-sheet', () => {
  const { x, labels } = mnistSubset({ split: 'train', from: 0, to: 200 });
  const inputs = { images: [encodeNpy(x.data, [200, 28, 28])], labels: [encodeNpy(labels, [200])] };
  const params = { document: SHOWN_AUGMENTATION, seed: 11, rows: 10 };
  let output: StepOutput;
  let augmentation: AugmentationAnalysis;
  before(async () => {
    output = await runStep(contactSheetStep, params, inputs);
    augmentation = JSON.parse(new TextDecoder().decode(output.outputs['augmentation']?.bytes)) as AugmentationAnalysis;
  });

  it('shows the digits from 0 to 9, each with its copies', () => {
    const digits = chooseDigits(x, 10, labels);
    const first = (digit: number): number => labels.indexOf(digit);
    for (let digit = 0; digit < 10; digit++) {
      assert.deepEqual(digits.data.subarray(digit * 784, (digit + 1) * 784), x.data.subarray(first(digit) * 784, (first(digit) + 1) * 784));
    }
    const expected = contactSheet(digits, augmentRows(digits, parsePipelineDocument(SHOWN_AUGMENTATION), 11, { copies: 9 }));
    assert.deepEqual(output.outputs['sheet'], { bytes: expected, mediaType: 'image/png' });
    assert.deepEqual(output.summary, { digits: 10, copies: 9 });
  });

  it('takes the first images where it has no labels, and as many as there are', async () => {
    assert.deepEqual(chooseDigits(x, 3).data, x.data.slice(0, 3 * 784));
    const few = await runStep(contactSheetStep, { ...params, rows: 300 }, { images: [encodeNpy(x.data.slice(0, 2 * 784), [2, 28, 28])] });
    assert.equal(few.summary['digits'], 2);
  });

  it('gives the same bytes for the same seed and others for another', async () => {
    assert.deepEqual((await runStep(contactSheetStep, params, inputs)).outputs, output.outputs);
    assert.notDeepEqual((await runStep(contactSheetStep, { ...params, seed: 12 }, inputs)).outputs['sheet'], output.outputs['sheet']);
  });

  it('explains every kind: its limits, why they are there, and digits at and beyond them', () => {
    assert.deepEqual(augmentation.kinds.map(({ kind }) => kind), [...AUGMENTATIONS.keys()]);
    for (const { kind, parameters, shown, atLimit, beyond, strip } of augmentation.kinds) {
      const rule = AUGMENTATIONS.get(kind)?.parameters[shown];
      assert.equal(atLimit, rule?.safe[1]);
      assert.ok(beyond > atLimit && beyond <= (rule?.possible[1] ?? 0), `${kind}: ${beyond}`);
      assert.deepEqual(parameters.map(({ name }) => name), Object.keys(AUGMENTATIONS.get(kind)?.parameters ?? {}));
      const { width, height, data } = PNG.sync.read(Buffer.from(strip.png, 'base64'));
      assert.deepEqual([width, height], [298, 88]);
      assert.deepEqual([strip.width, strip.height], [298, 88]);
      const rowOf = (row: number): Buffer => data.subarray(row * 30 * width * 4, (row * 30 + 28) * width * 4);
      assert.notDeepEqual(rowOf(1), rowOf(0), `${kind} at its limit`);
      assert.notDeepEqual(rowOf(2), rowOf(1), `${kind} beyond its limit`);
    }
  });

  it('turns digits upside down in the strip of rotation', () => {
    const strip = augmentation.kinds.find(({ kind }) => kind === 'rotation')?.strip.png ?? '';
    const { data, width } = PNG.sync.read(Buffer.from(strip, 'base64'));
    const at = (row: number, column: number): number => data[4 * (row * width + column)] ?? Number.NaN;
    for (const digit of [6, 9]) {
      for (let y = 0; y < 28; y++) for (let x = 0; x < 28; x++) {
        assert.ok(Math.abs(at(60 + 27 - y, digit * 30 + 27 - x) - at(y, digit * 30 + x)) <= 1, `${digit}: row ${y}, column ${x}`);
      }
    }
  });

  it('stays small enough for the report', () => {
    assert.ok((output.outputs['augmentation']?.bytes.length ?? Infinity) < 150_000, `${output.outputs['augmentation']?.bytes.length}`);
  });

  it('becomes a section of the report with all its pictures, reasons and the document, escaped', () => {
    const { markup } = augmentationSection(augmentation);
    assert.equal(markup.match(/<img /g)?.length, 1 + AUGMENTATIONS.size);
    for (const { parameters } of augmentation.kinds) for (const { because } of parameters) assert.ok(markup.includes(because), because);
    assert.ok(markup.includes('&quot;kind&quot;: &quot;elastic&quot;'));
  });

  it('refuses what it cannot show', async () => {
    const attempt = (changed: object, files: Record<string, Uint8Array[]> = inputs) => async () => runStep(contactSheetStep, { ...params, ...changed }, files);
    await assert.rejects(attempt({ rows: 0 }), { name: 'InvalidConfigError', message: /rows: got 0/ });
    await assert.rejects(attempt({ seed: -1 }), { name: 'InvalidConfigError', message: /seed: got -1/ });
    await assert.rejects(attempt({ document: {} }), { name: 'InvalidConfigError' });
    await assert.rejects(attempt({}, {}), { name: 'InvalidDataError', message: /got nothing/ });
    await assert.rejects(attempt({}, { ...inputs, labels: [encodeNpy(labels.slice(0, 9), [9])] }), { name: 'InvalidDataError', message: /got 9/ });
  });
});
