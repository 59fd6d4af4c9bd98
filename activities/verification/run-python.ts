import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { InvalidModelError } from '../../shared/errors.js';
import { RuntimeMissingError } from './runtime-missing-error.js';

/** The scripts beside this file's source, each around one official runtime; their first lines say what they read and write. */
export type PythonScript = 'read_safetensors' | 'run_onnx' | 'run_saved_model' | 'run_tflite' | 'run_xgboost';

const SCRIPTS = fileURLToPath(new URL('../../../activities/verification/python', import.meta.url));

/**
 * Runs a script with `python3` and gives the JSON on the last line of what it printed.
 * @param packages folders of packages, before the user's own
 * @throws RuntimeMissingError when there is no Python, or it lacks a package; InvalidModelError with the script's last words when it fails.
 */
export async function runPython<T extends { readonly runtime: string }>(script: PythonScript, args: readonly string[], packages: readonly string[] = []): Promise<T> {
  const path = [...packages, process.env['PYTHONPATH']].filter(Boolean).join(delimiter);
  const { failed, code, stdout, stderr, shortMessage } = await execa('python3', [join(SCRIPTS, `${script}.py`), ...args], {
    reject: false, stdin: 'ignore', ...(path && { env: { PYTHONPATH: path } }),
  });
  if (code === 'ENOENT') throw new RuntimeMissingError('There is no python3 on PATH. Install Python 3.9 or newer.');
  const lacking = /ModuleNotFoundError: No module named '([^']+)'/.exec(stderr)?.[1];
  if (lacking !== undefined) throw new RuntimeMissingError(`Python has no package ${lacking}. \`node dist/infra/provision/main.js --python\` brings it.`);
  if (failed) throw new InvalidModelError(`${script}.py: ${lastError(stderr) ?? lastLine(stderr) ?? shortMessage ?? 'it failed without a word'}`);
  return JSON.parse(lastLine(stdout) ?? 'null') as T;
}

/** The last line that names an exception: some libraries print a stack of their own below it. */
function lastError(text: string): string | undefined {
  return text.split('\n').findLast((line) => /^[\w.]+(Error|Exception): /.test(line))?.trim();
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').findLast((line) => line.trim() !== '')?.trim();
}
