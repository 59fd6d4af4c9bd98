import assert from 'node:assert/strict';
import { exportMetadata, PIXELS_TO_UNIT } from '../../../ml/export/export-metadata.js';
import { offsetsOf } from '../../../ml/training/test-time-augmentation.js';
import { someFacts } from './some-facts.js';

describe('What an exported model says of itself', () => {
  it('is nothing but strings, from which labels and numbers come back', () => {
    const metadata = exportMetadata(someFacts);
    assert.ok(Object.values(metadata).every((value) => typeof value === 'string'));
    assert.deepEqual(JSON.parse(metadata.labels), someFacts.labels);
    assert.equal(Number(metadata.normalisation_scale), PIXELS_TO_UNIT.scale);
    assert.equal(255 * Number(metadata.normalisation_scale) + Number(metadata.normalisation_offset), 1);
    const { name, input, normalisation, training_digest, licence, made_by } = metadata;
    assert.deepEqual([name, input, normalisation, training_digest, licence, made_by], ['cnn', someFacts.input, PIXELS_TO_UNIT.words, 'sha256:0123', 'MIT', 'digitloom 1.2.3']);
  });

  it('names the places over which the trained model averages, where there are several', () => {
    assert.deepEqual(JSON.parse(exportMetadata(someFacts, offsetsOf(5)).places ?? ''), [[0, 0], [-1, 0], [1, 0], [0, -1], [0, 1]]);
    assert.deepEqual(exportMetadata(someFacts, offsetsOf(1)), exportMetadata(someFacts));
  });
});
