import { writeFile } from 'node:fs/promises';
import { configSchema } from '../../shared/config-schema.js';
import { SEARCH_SCHEMA } from '../../shared/search-schema.js';
import { resultsSchema } from '../../client/results-schema.js';

/* Writes the published schemas anew; run from the root after a build: node dist/tests/support/write-schemas.js */
await writeFile('docs/pipeline_config.schema.json', `${JSON.stringify(configSchema('file'), null, 2)}\n`);
await writeFile('docs/results.schema.json', `${JSON.stringify(resultsSchema, null, 2)}\n`);
await writeFile('docs/search.schema.json', `${JSON.stringify(SEARCH_SCHEMA, null, 2)}\n`);
