/*
 * How small networks get: the experiments of benchmarks/compression.json, fitted on the first 50,000 training images, chosen by the last
 * 10,000. A trial of one seed leaves <name>-s<seed>.json, .zip (the coded network), .h and .c or .tflite, and one that was cut goes on where
 * it stopped.
 *
 *   node dist/benchmarks/compression.bench.js [name ...] --out <folder> [--settings <file>] [--data data/mnist] [--processes 1] [--threads 1]
 *     [--tensorflow <folder>] [--rows 50000] [--epochs <instead of all>]
 *
 * Programs and files in the runtimes that are to read them (the C compiler, LiteRT), on the validation images; with --test once more on the test images,
 * for what was chosen:
 *
 *   node dist/benchmarks/compression.bench.js <name ...> --out <folder> --judge [--test] [--results <file>]
 */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judgeTrials } from './compression/judge-trials.js';
import { runTrial } from './compression/run-trial.js';
import { readSettings, trialsOf } from './compression/settings.js';
import type { Trial } from './compression/settings.js';
import { trainingSets } from './mnist-halves.js';
import { nativePaths } from './native-paths.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' }, settings: { type: 'string', default: join(repository, 'benchmarks/compression.json') }, data: { type: 'string', default: join(repository, 'data/mnist') },
    processes: { type: 'string', default: '1' }, threads: { type: 'string', default: '1' }, tensorflow: { type: 'string' }, rows: { type: 'string', default: '50000' },
    epochs: { type: 'string' }, judge: { type: 'boolean', default: false }, test: { type: 'boolean', default: false }, results: { type: 'string' },
    key: { type: 'string' }, // of one trial, in a process of its own
  },
});
const { out } = values;
if (out === undefined) throw new RangeError('--out: the folder of the results is needed.');
mkdirSync(join(out, 'logs'), { recursive: true });
const settings = readSettings(values.settings);
const trials = trialsOf(settings, positionals);

if (values.judge) {
  await judgeTrials(trials.filter(({ key }) => existsSync(join(out, `${key}.json`))), { out, data: values.data, test: values.test, results: values.results });
} else if (values.key !== undefined) {
  const trial = trials.find(({ key }) => key === values.key);
  if (!trial) throw new RangeError(`No trial ${values.key}.`);
  await runTrial(trial, {
    settings, out, repository, sets: trainingSets(values.data, Number(values.rows)), threads: Number(values.threads), epochs: values.epochs === undefined ? undefined : Number(values.epochs),
    native: values.tensorflow === undefined ? nativePaths() : { tensorflow: values.tensorflow },
  });
  process.exit(0);
} else {
  const waiting = trials.filter(({ key }) => !existsSync(join(out, `${key}.json`)));
  const busy = new Set<string>();
  await Promise.all(Array.from({ length: Number(values.processes) }, async () => {
    for (;;) {
      // Two trials that begin with the same untrained network would train it twice.
      const at = waiting.findIndex((trial) => startsOf(trial).every((start) => !busy.has(start)));
      const trial = waiting[at];
      if (!trial) return;
      waiting.splice(at, 1);
      const starts = startsOf(trial);
      starts.forEach((start) => busy.add(start));
      await inProcess(trial, out);
      starts.forEach((start) => busy.delete(start));
    }
  }));
}

/** Networks that a trial trains first. */
function startsOf({ experiment, seed }: Trial): string[] {
  return [experiment.network, ...(experiment.teacher === undefined ? [] : [experiment.teacher])]
    .filter((name) => 'params' in (settings.networks[name] ?? {})).map((name) => `network-${name}-s${seed}`).filter((key) => !existsSync(join(out ?? '', `${key}.zip`)));
}

async function inProcess({ key }: Trial, folder: string): Promise<void> {
  const log = createWriteStream(join(folder, 'logs', `${key}.log`), { flags: 'a' });
  const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2), '--key', key], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise((resolve) => child.on('close', resolve));
  log.end();
  console.log(`${key}: ${code === 0 ? 'done' : `ended with ${String(code)}; see ${join(folder, 'logs', `${key}.log`)}`}`);
}
