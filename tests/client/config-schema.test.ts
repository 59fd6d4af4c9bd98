import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { model as cnn } from '../../ml/models/cnn.js';
import { model as logisticRegression } from '../../ml/models/logistic-regression.js';
import { model as xgboost } from '../../ml/models/xgboost.js';
import { configSchema } from '../../shared/config-schema.js';
import { ENSEMBLES } from '../../ml/ensembles/registry.js';
import { ENSEMBLE_SCHEMAS } from '../../shared/ensemble-schemas.js';
import { PARAMS_SCHEMAS } from '../../shared/params-schemas.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import { SEARCH_SCHEMA } from '../../shared/search-schema.js';

const FILE = 'docs/pipeline_config.schema.json';

describe('the published schema of pipeline_config.json', () => {
  it('is the one that the code checks with', async () => {
    assert.deepEqual(JSON.parse(await readFile(FILE, 'utf8')), configSchema('file'), `rewrite ${FILE}: node dist/tests/support/write-schemas.js`);
  });

  it('of a search is the one that the code checks with', async () => {
    const file = 'docs/search.schema.json';
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), SEARCH_SCHEMA, `rewrite ${file}: node dist/tests/support/write-schemas.js`);
  });

  it('accepts the checked-in file and every preset, and refuses an unknown key', async () => {
    const validate = new Ajv2020({ strict: false }).compile(configSchema('file'));
    for (const config of [JSON.parse(await readFile('pipeline_config.json', 'utf8')) as unknown, ...Object.values(PRESET_CONFIGS)]) {
      assert.ok(validate(config), JSON.stringify(validate.errors));
    }
    assert.ok(!validate({ presets: 'smoke' }));
  });

  for (const kind of Object.values(ENSEMBLES)) {
    it(`names every option of ${kind.name} and accepts its defaults`, () => {
      const schema = ENSEMBLE_SCHEMAS[kind.name];
      assert.deepEqual(Object.keys(schema['properties'] as object).sort(), Object.keys(kind.defaults).sort());
      const validate = new Ajv2020().compile(schema);
      assert.ok(validate(kind.defaults), JSON.stringify(validate.errors));
    });
  }

  for (const kind of [cnn, logisticRegression, xgboost]) {
    it(`names every hyper-parameter of ${kind.name} and accepts its defaults`, () => {
      const schema = PARAMS_SCHEMAS[kind.name as keyof typeof PARAMS_SCHEMAS];
      assert.deepEqual(Object.keys(schema['properties'] as object).sort(), Object.keys(kind.defaults).sort());
      const validate = new Ajv2020().compile(schema);
      assert.ok(validate(kind.defaults), JSON.stringify(validate.errors));
    });
  }
});
