import { fileURLToPath } from 'node:url';

/** The bundled workflows, as the build places them beside the built layers. */
export const WORKFLOW_BUNDLE = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
