import assert from 'node:assert/strict';
import extractFeatures from '../../../activities/tasks/extract-features.task.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import { extractRows } from '../../../ml/features/extract-rows.js';
import { familyNamed } from '../../../ml/features/registry.js';
import { toyDigits } from '../../support/digits.js';
import { runStep } from '../../support/run-step.js';

describe('the step extract-features', () => {
  const { x } = toyDigits({ rows: 30, seed: 1 });
  const images = [encodeNpy(x.data, [30, 28, 28])];

  it('gives one float32 matrix a family, under its name', async () => {
    const { outputs, summary, progress } = await runStep(extractFeatures, { families: ['zoning', 'hog'] }, { images });
    assert.deepEqual(Object.keys(outputs), ['zoning', 'hog']);
    const [zoning, hog] = extractRows(x, { width: 28, height: 28 }, [familyNamed('zoning'), familyNamed('hog')]);
    assert.deepEqual(decodeNpy(outputs['hog']?.bytes as Uint8Array), { dtype: 'f4', shape: [30, 81], data: hog?.data });
    assert.deepEqual(decodeNpy(outputs['zoning']?.bytes as Uint8Array), { dtype: 'f4', shape: [30, 65], data: zoning?.data });
    assert.deepEqual(summary, { rows: 30 });
    assert.equal(progress.at(-1)?.fraction, 1);
  });

  it('refuses an unknown family and an input that is no shard of images', async () => {
    await assert.rejects(async () => runStep(extractFeatures, { families: ['hogg'] }, { images }), { name: 'InvalidConfigError' });
    await assert.rejects(async () => runStep(extractFeatures, { families: ['hog'] }, { images: [encodeNpy(new Float32Array(4), [2, 2])] }), {
      name: 'InvalidDataError', message: /expected one uint8 array.*got f4 \[2, 2\]/,
    });
    await assert.rejects(async () => runStep(extractFeatures, { families: ['hog'] }, {}), { name: 'InvalidDataError', message: /got nothing/ });
  });
});
