import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../client/connect.js';
import { loadConfig } from '../client/load-config.js';
import { startStack } from '../infra/stack/start-stack.js';
import type { RunResult } from '../shared/run.js';
import { resultsTable } from './results-table.js';

/*
 * The figures of the README: `node dist/benchmarks/published-results.js [--preset default] [--seeds 20261,20262,20263]`, and of other pages:
 * `--config <settings> --name <of the results file> --into <page>`. Each seed is a run of its own on a stack of its own with an empty store, one
 * after the other; the test labels are read once a run. Writes every run's result to benchmarks/results/ as it ends, and the means with their spread
 * to the page, between its markers. `--folds-once`: the ensembles on out-of-fold rows, which take as long as all the rest, in the first seed's run only.
 */
const { values } = parseArgs({
  options: {
    preset: { type: 'string' }, config: { type: 'string' }, name: { type: 'string' }, into: { type: 'string', default: 'README.md' },
    seeds: { type: 'string', default: '20261,20262,20263' }, 'folds-once': { type: 'boolean', default: false },
  },
});
if (values.config !== undefined && (values.preset !== undefined || values.name === undefined)) throw new RangeError('--config: the preset is the file\'s, and --name is needed.');
const name = values.name ?? values.preset ?? 'default';
const BEGIN = '<!-- results:begin -->';
const END = '<!-- results:end -->';

await mkdir('benchmarks/results', { recursive: true });
const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'an unknown CPU'}, Node ${process.version.slice(1)}`;
const command = `node dist/benchmarks/published-results.js ${process.argv.slice(2).join(' ')}`.trim();
const date = new Date().toISOString().slice(0, 10);
const file = `benchmarks/results/${date}-${name}.json`;
const runs: { readonly seed: number; readonly result: RunResult }[] = [];
for (const seed of values.seeds.split(',').map(Number)) {
  const result = await oneRun(seed, values['folds-once'] && runs.length > 0);
  runs.push({ seed, result });
  await writeFile(file, `${JSON.stringify({ command, date, machine, runs }, null, 1)}\n`);
  console.log(`seed ${seed}: ${result.seconds.toFixed(1)} s, ${result.models.map((model) => `${model.name} ${(100 * model.testAccuracy).toFixed(2)} %`).join(', ')}`);
}

const table = resultsTable(runs.map(({ result }) => result));
const of = values.config === undefined ? `Preset \`${name}\`` : `Settings of [${values.config}](${linkTo(values.config)})`;
const note = `${of}, mean ± standard deviation over ${runs.length} seeds, ${date}, ${machine}. Made by\n\`${command}\` ([all figures](${linkTo(file)})).`;
const page = await readFile(values.into, 'utf8');
const [before, rest] = page.split(BEGIN);
const after = rest?.split(END)[1];
if (before === undefined || after === undefined) throw new Error(`${values.into} has no ${BEGIN} … ${END}.`);
await writeFile(values.into, `${before}${BEGIN}\n${table}\n\n${note}\n${END}${after}`);

/** From the page to a file of the repository. */
function linkTo(path: string): string {
  return relative(dirname(values.into), path);
}

async function oneRun(seed: number, withoutFolds: boolean): Promise<RunResult> {
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
      const config = await loadConfig({
        ...(values.config === undefined ? { preset: name } : { file: values.config }),
        set: [`randomState=${seed}`, ...(withoutFolds ? ['ensemble.outOfFold.methods=[]'] : [])],
      });
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
