import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../client/connect.js';
import { loadConfig } from '../client/load-config.js';
import { startStack } from '../infra/stack/start-stack.js';
import type { RunResult } from '../shared/run.js';
import { resultsTable } from './results-table.js';

/*
 * The figures of the README: `node dist/benchmarks/published-results.js [--preset default] [--seeds 20261,20262,20263]`.
 * Each seed is a run of its own on a stack of its own with an empty store, one after the other; the test labels are read once
 * a run. Writes every run's result to benchmarks/results/ and the means with their spread to the README.
 */
const { values } = parseArgs({
  options: { preset: { type: 'string', default: 'default' }, seeds: { type: 'string', default: '20261,20262,20263' } },
});
const README = 'README.md';
const BEGIN = '<!-- results:begin -->';
const END = '<!-- results:end -->';

await mkdir('benchmarks/results', { recursive: true });
const runs: { readonly seed: number; readonly result: RunResult }[] = [];
for (const seed of values.seeds.split(',').map(Number)) {
  const result = await oneRun(seed);
  runs.push({ seed, result });
  console.log(`seed ${seed}: ${result.seconds.toFixed(1)} s, ${result.models.map(({ name, testAccuracy }) => `${name} ${(100 * testAccuracy).toFixed(2)} %`).join(', ')}`);
}

const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'an unknown CPU'}, Node ${process.version.slice(1)}`;
const command = `node dist/benchmarks/published-results.js --preset ${values.preset} --seeds ${values.seeds}`;
const date = new Date().toISOString().slice(0, 10);
const file = `benchmarks/results/${date}-${values.preset}.json`;
await writeFile(file, `${JSON.stringify({ command, date, machine, runs }, null, 1)}\n`);

const table = resultsTable(runs.map(({ result }) => result));
const note = `Preset \`${values.preset}\`, mean ± standard deviation over ${runs.length} seeds, ${date}, ${machine}. Made by\n\`${command}\` ([all figures](${file})).`;
const readme = await readFile(README, 'utf8');
const [before, rest] = readme.split(BEGIN);
const after = rest?.split(END)[1];
if (before === undefined || after === undefined) throw new Error(`${README} has no ${BEGIN} … ${END}.`);
await writeFile(README, `${before}${BEGIN}\n${table}\n\n${note}\n${END}${after}`);

async function oneRun(seed: number): Promise<RunResult> {
  const stateDir = await mkdtemp(join(tmpdir(), 'digitloom-results-'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TEMPORAL|AWS)_/.test(name)));
  const stack = await startStack({ stateDir, env });
  try {
    const { temporal: address, namespace, s3: endpoint = '', region, accessKeyId = '', secretAccessKey = '', bucket } = stack.addresses;
    const client = await connect({
      temporal: { address, namespace },
      s3: { endpoint, region, accessKeyId, secretAccessKey, bucket },
      cacheFolder: join(stateDir, 'cache'),
    });
    try {
      const config = await loadConfig({ preset: values.preset, set: [`randomState=${seed}`] });
      const runId = await client.startRun(config, await client.uploadSource(['data/mnist']));
      const outcome = await client.outcome(runId);
      if (outcome.state !== 'completed') throw new Error(`The run of seed ${seed} ended as ${JSON.stringify(outcome)}.`);
      return outcome.result;
    } finally {
      await client.close();
    }
  } finally {
    await stack.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
}
