import assert from 'node:assert/strict';
import { parsePipelineDocument } from '../../ml/augment/pipeline-document.js';
import { TRAINING_AUGMENTATION } from '../../shared/augmentation-documents.js';
import { AUGMENTATION_KINDS } from '../../shared/augmentation-schema.js';
import { augmentationWays } from '../../shared/augmentation-ways.js';
import type { AugmentationImpactConfig } from '../../shared/config.js';

const IMPACT: AugmentationImpactConfig = { enabled: true, model: { kind: 'cnn', params: { epochs: 2 }, device: 'cpu' }, kinds: ['rotation', 'elastic'], copies: 5, seeds: 2 };

describe('the ways to augment that are compared', () => {
  it('are none, each kind alone and the section\'s pipeline; and on as many images as are made beforehand, none and the pipeline again', () => {
    const ways = augmentationWays({ document: TRAINING_AUGMENTATION }, IMPACT);
    assert.deepEqual(ways.map(({ name, kinds, copies, longer, model }) => [name, kinds.length, copies, longer, model.rows]), [
      ['none', 0, 0, 1, 'original'], ['rotation', 1, 0, 1, 'original'], ['elastic', 1, 0, 1, 'original'], ['section', 4, 0, 1, 'original'],
      ['none-longer', 0, 0, 6, 'original'], ['section-longer', 4, 0, 6, 'original'], ['expanded', 4, 5, 1, 'expanded'],
    ]);
    assert.deepEqual(ways.map(({ model: { params: { epochs, augment } } }) => [epochs, augment]), [
      [2, 'none'],
      [2, { version: 1, steps: [{ kind: 'rotation', parameters: { degrees: 10 } }] }], // as the section has it
      [2, { version: 1, steps: [{ kind: 'elastic' }] }],
      [2, TRAINING_AUGMENTATION],
      [12, 'none'],
      [12, TRAINING_AUGMENTATION],
      [2, 'none'],
    ]);
    assert.deepEqual(augmentationWays({ document: TRAINING_AUGMENTATION }, { ...IMPACT, copies: 0 }).map(({ name }) => name), ['none', 'rotation', 'elastic', 'section']);
  });

  it('take what a document says about limits with every kind, all steps of it, and can be read', () => {
    const document = { version: 1, beyondSafeLimits: true, steps: [{ kind: 'rotation', parameters: { degrees: 40 } }, { kind: 'rotation', probability: 0.5 }, { kind: 'noise' }] };
    const [, rotation, , section] = augmentationWays({ document }, IMPACT);
    assert.deepEqual(rotation?.model.params['augment'], { ...document, steps: document.steps.slice(0, 2) });
    assert.deepEqual(section?.kinds, ['rotation', 'noise']);
    for (const { model: { params } } of augmentationWays({ document: TRAINING_AUGMENTATION }, { ...IMPACT, kinds: AUGMENTATION_KINDS })) {
      if (params['augment'] !== 'none') assert.doesNotThrow(() => parsePipelineDocument(params['augment'] ?? null));
    }
  });
});
