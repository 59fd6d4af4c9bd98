import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mean } from 'simple-statistics';
import { decodeProbabilities } from '../ml/data/decode-probabilities.js';
import { crossFit } from '../ml/ensembles/cross-fit.js';
import type { Bases } from '../ml/ensembles/ensemble.js';
import { ENSEMBLES } from '../ml/ensembles/registry.js';
import { accuracy } from '../ml/evaluation/accuracy.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import { logLoss } from '../ml/evaluation/log-loss.js';
import { pairedTTest } from '../ml/evaluation/paired-t-test.js';
import { spreadOf } from '../ml/evaluation/spread-of.js';
import { ENSEMBLE_METHODS } from '../shared/ensemble-methods.js';
import { readHalf, trainingSets } from './mnist-halves.js';
import { nativePaths } from './native-paths.js';

/*
 * What train-networks.bench.js left, put together: each network's accuracy over its seeds, networks against each other by a paired t-test over
 * seeds, and ensembles of all fits that are named. The ensemble is chosen by the log-loss of its out-of-fold answers to the validation images;
 * the test labels judge that one alone.
 *
 *   node dist/benchmarks/combine-networks.bench.js --fits <folder> [--in-ensemble cnn,residual-cnn,...] [--compare se-cnn:plain-twin] (several)
 */
const { values } = parseArgs({ options: { fits: { type: 'string' }, 'in-ensemble': { type: 'string' }, compare: { type: 'string', multiple: true, default: [] } } });
const folder = values.fits ?? '';
if (folder === '') throw new RangeError('--fits <folder> is missing: what train-networks.bench.js wrote.');

interface FitFigures {
  readonly name: string;
  readonly seed: number;
  readonly parameters: number;
  readonly seconds: number;
  readonly validationAccuracy: number;
  readonly testAccuracy: number;
}

const fits = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as FitFigures);
const names = [...new Set(fits.map(({ name }) => name))];
const of = (name: string): FitFigures[] => fits.filter((fit) => fit.name === name).sort((a, b) => a.seed - b.seed);
for (const name of names) console.log(JSON.stringify(overSeeds(name)));
for (const pair of values.compare) console.log(JSON.stringify(compared(pair)));
console.log(JSON.stringify(await bestEnsemble()));
process.exit(0);

function overSeeds(name: string): object {
  const all = of(name);
  const [validation, test] = [all.map(({ validationAccuracy }) => validationAccuracy), all.map(({ testAccuracy }) => testAccuracy)];
  return {
    network: name, parameters: all[0]?.parameters, seeds: all.length, validation: rounded(mean(validation)), test: rounded(mean(test)), spread: test.length > 1 ? rounded(spreadOf(test).deviation) : 0,
    bySeed: test,
    seconds: all.map(({ seconds }) => Math.round(seconds)),
  };
}

function compared(pair: string): object {
  const [a = '', b = ''] = pair.split(':');
  const shared = of(a).filter(({ seed }) => of(b).some((other) => other.seed === seed));
  const other = of(b).filter(({ seed }) => shared.some((fit) => fit.seed === seed));
  return { pair, ...pairedTTest(shared.map(({ testAccuracy }) => testAccuracy), other.map(({ testAccuracy }) => testAccuracy)) };
}

async function bestEnsemble(): Promise<object> {
  const chosen = values['in-ensemble']?.split(',') ?? names;
  const members = fits.filter(({ name }) => chosen.includes(name)).map(({ name, seed }) => `${name}-${seed}`);
  const bases = (end: string): Bases => ({ names: members, probabilities: members.map((name) => decodeProbabilities(name, readFileSync(join(folder, `${name}.${end}.npy`)))) });
  const data = fileURLToPath(new URL('../../data/mnist/', import.meta.url));
  const validation = bases('validation');
  const judges = trainingSets(data, 0).validation.labels;
  const context = { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined };
  const tried: { readonly method: (typeof ENSEMBLE_METHODS)[number]; readonly accuracy: number; readonly logLoss: number }[] = [];
  for (const method of ENSEMBLE_METHODS) {
    const kind = ENSEMBLES[method];
    const answers = await crossFit(kind, validation, judges, kind.defaults, context);
    tried.push({ method, accuracy: accuracy(argmaxRows(answers), judges), logLoss: logLoss(answers, judges) });
  }
  const [best] = tried.toSorted((a, b) => a.logLoss - b.logLoss);
  if (!best) throw new RangeError('There is no ensemble.');
  const ensemble = await ENSEMBLES[best.method].fit(validation, judges, ENSEMBLES[best.method].defaults, context);
  const test = await ensemble.predictProba(bases('test').probabilities);
  return { ensemble: best.method, members: members.length, of: chosen, testAccuracy: accuracy(argmaxRows(test), readHalf(data, 't10k').labels), validation: tried };
}

function rounded(value: number): number {
  return Number(value.toFixed(5));
}
