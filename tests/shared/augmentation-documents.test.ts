import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parsePipelineDocument } from '../../ml/augment/pipeline-document.js';
import { AUGMENTATIONS } from '../../ml/augment/registry.js';
import { SHOWN_AUGMENTATION, TRAINING_AUGMENTATION } from '../../shared/augmentation-documents.js';
import { AUGMENTATION_SCHEMA } from '../../shared/augmentation-schema.js';
import { PARAMS_SCHEMAS } from '../../shared/params-schemas.js';

const validate = new Ajv2020().compile(AUGMENTATION_SCHEMA);

describe('the augmentation pipelines that ship', () => {
  for (const [name, document] of Object.entries({ TRAINING_AUGMENTATION, SHOWN_AUGMENTATION })) {
    it(`${name} keeps labels, and its schema accepts it`, () => {
      assert.equal(parsePipelineDocument(document).beyondSafeLimits, false);
      assert.ok(validate(document), JSON.stringify(validate.errors));
    });
  }

  it('show every kind', () => {
    assert.deepEqual(parsePipelineDocument(SHOWN_AUGMENTATION).steps.map(({ kind }) => kind), [...AUGMENTATIONS.keys()]);
  });
});

describe('the schema of a pipeline', () => {
  it('knows every kind that is registered, and no other', () => {
    for (const kind of AUGMENTATIONS.keys()) assert.ok(validate({ version: 1, steps: [{ kind }] }), kind);
    assert.ok(!validate({ version: 1, steps: [{ kind: 'swirl' }] }));
    assert.ok(!validate({ version: 2, steps: [] }));
    assert.ok(!validate({ version: 1, steps: [{ kind: 'noise', strength: 1 }] }));
  });

  it('is part of the CNN\'s: a word or a pipeline', () => {
    const cnn = new Ajv2020().compile(PARAMS_SCHEMAS.cnn);
    for (const augment of ['none', 'shift', TRAINING_AUGMENTATION]) assert.ok(cnn({ augment }), JSON.stringify(cnn.errors));
    for (const augment of ['shifts', 3, null, {}, { version: 1, steps: [{ kind: 'swirl' }] }]) assert.ok(!cnn({ augment }), JSON.stringify(augment));
  });
});
