import { NativeLibraryError } from '../../shared/errors.js';
import { cacheFolder } from './cache-folder.js';
import { neededParts } from './needs.js';
import { createProgress } from './progress.js';
import { provision } from './provision.js';

/*
 * node dist/infra/provision/main.js [--gpu] [--python] [--python-tensorflow] [--only part,part] [--json]
 * Brings what npm cannot. Exit code 0: everything is there; 1: a part could not be had, the reason is on standard error.
 */
const args = process.argv.slice(2);
const progress = createProgress();
try {
  const native = await provision(neededParts(args, process.env), cacheFolder(), progress);
  progress.stop();
  if (args.includes('--json')) console.log(JSON.stringify(native, null, 2));
} catch (error) {
  progress.stop();
  if (!(error instanceof NativeLibraryError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
