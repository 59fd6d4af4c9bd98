import { fileURLToPath } from 'node:url';

/** `.digitloom` in the project's root: the database, the objects, the logs and the state file of the local stack. */
export const DEFAULT_STATE_DIR = fileURLToPath(new URL('../../../.digitloom', import.meta.url));
