import { join } from 'node:path';
import { execa } from 'execa';
import { InvalidModelError } from '../../shared/errors.js';
import { saveFiles } from '../export-files.js';
import type { OfficialRuntime } from './official-runtime.js';
import { RuntimeMissingError } from './runtime-missing-error.js';

/** The system's C compiler (`cc`): compiles the example beside a header and gives it the images as bytes. */
export const cCompiler: OfficialRuntime = async ({ files, rows, folder }) => {
  await saveFiles(folder, files);
  const example = Object.keys(files).find((name) => name.endsWith('.c'));
  if (example === undefined || !rows.pixels) throw new InvalidModelError('A C header is verified by its example, on images; one of them is lacking.');
  const version = await execa('cc', ['--version'], { reject: false });
  if (version.failed) throw new RuntimeMissingError('There is no C compiler (cc) on PATH. Install one, e.g. `apt install gcc`.');
  const program = join(folder, 'example');
  const compiled = await execa('cc', ['-std=c99', '-O3', '-Wall', '-o', program, join(folder, example), '-lm'], { reject: false });
  if (compiled.failed) throw new InvalidModelError(`cc does not compile ${example}: ${compiled.stderr.split('\n').find((line) => line.includes('error')) ?? compiled.shortMessage}`);
  const { failed, stdout, shortMessage } = await execa(program, { input: rows.pixels, maxBuffer: 1 << 28, reject: false });
  if (failed) throw new InvalidModelError(`${example} does not run: ${shortMessage}`);
  return { runtime: version.stdout.split('\n')[0]?.trim() ?? 'cc', probabilities: Float32Array.from(stdout.split(/\s+/).filter(Boolean), Number) };
};
