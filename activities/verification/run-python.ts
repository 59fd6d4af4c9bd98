import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { InvalidModelError } from '../../shared/errors.js';
import { RuntimeMissingError } from './runtime-missing-error.js';
import { RuntimeStoppedError } from './runtime-stopped-error.js';

/** The scripts beside this file's source, each around one official runtime; their first lines say what they read and write. */
export type PythonScript = 'read_safetensors' | 'run_onnx' | 'run_saved_model' | 'run_tflite' | 'run_xgboost';

const SCRIPTS = fileURLToPath(new URL('../../../activities/verification/python', import.meta.url));

/** What scripts print once their packages are loaded, and before their answer: libraries print lines of their own. */
const READY = /^digitloom ready$/m;
const ANSWER = /^digitloom answer (.+)$/m;

const PROVISION = '`node dist/infra/provision/main.js --python`';

/**
 * Runs a script with `python3` and gives the JSON that it answers.
 * @param packages folders of packages, before the user's own
 * @throws RuntimeMissingError when there is no Python, or its packages do not load; RuntimeStoppedError when a signal or want of memory ends
 * the script afterwards; InvalidModelError with the script's last words when it fails otherwise.
 */
export async function runPython<T extends { readonly runtime: string }>(script: PythonScript, args: readonly string[], packages: readonly string[] = []): Promise<T> {
  const path = [...packages, process.env['PYTHONPATH']].filter(Boolean).join(delimiter);
  const { failed, code, signal, stdout, stderr, shortMessage } = await execa('python3', [join(SCRIPTS, `${script}.py`), ...args], {
    reject: false, stdin: 'ignore', ...(path && { env: { PYTHONPATH: path } }),
  });
  const answer = ANSWER.exec(stdout)?.[1];
  if (!failed && answer !== undefined) return JSON.parse(answer) as T;
  if (code === 'ENOENT') throw new RuntimeMissingError('There is no python3 on PATH. Install Python 3.9 or newer.');
  const last = lastError(stderr) ?? lastLine(stderr);
  const words = [signal && `ended by ${signal}`, last].filter(Boolean).join(', ') || shortMessage || 'it gave no answer';
  const lacking = /ModuleNotFoundError: No module named '([^']+)'/.exec(last ?? '')?.[1];
  if (lacking !== undefined) throw new RuntimeMissingError(`Python has no package ${lacking}. ${PROVISION} brings it.`);
  // Some packages load parts of themselves once they are needed.
  if (!READY.test(stdout) || last?.startsWith('ImportError')) throw new RuntimeMissingError(`${script}.py cannot load its packages: ${words}. ${PROVISION} brings them anew once ${path || 'what there is'} is out of the way.`);
  if (signal !== undefined || /^[\w.]*MemoryError/.test(last ?? '')) throw new RuntimeStoppedError(`${script}.py stopped while it had the files: ${words}. It may have lacked memory: end other programs, and verify again.`);
  throw new InvalidModelError(`${script}.py: ${words}`);
}

/** The last line that names an exception: some libraries print a stack of their own below it. */
function lastError(text: string): string | undefined {
  return text.split('\n').findLast((line) => /^[\w.]+(Error|Exception): /.test(line))?.trim();
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').findLast((line) => line.trim() !== '')?.trim();
}
