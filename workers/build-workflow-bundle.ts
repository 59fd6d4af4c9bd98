import { rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { WORKFLOW_BUNDLE } from './workflow-bundle.js';

/* Bundles the workflows once, at build, so that a worker starts in seconds: node dist/workers/build-workflow-bundle.js */
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../workflows/index.js', import.meta.url)),
  logger: new DefaultLogger('WARN'),
});
await writeFile(`${WORKFLOW_BUNDLE}.tmp`, code);
await rename(`${WORKFLOW_BUNDLE}.tmp`, WORKFLOW_BUNDLE);
