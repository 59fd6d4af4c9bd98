import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { execa } from 'execa';
import { addonIsLinked } from '../provision/addon-links.js';
import { cacheFolder } from '../provision/cache-folder.js';
import { readNativeParts, type NativeParts } from '../provision/native-parts.js';
import { neededParts, type PartName } from '../provision/needs.js';
import type { Check } from './check.js';

const TITLES: Readonly<Record<PartName, string>> = {
  temporal: 'Temporal', versitygw: 'S3 server (versitygw)', tensorflow: 'TensorFlow', tensorflowGpu: 'TensorFlow (CUDA)',
  xgboost: 'XGBoost', litert: 'LiteRT', python: 'Python runtimes for verify and interop tests', pythonTensorflow: 'TensorFlow for Python, for the same',
};
const PROVISION = 'Run `npm run build`, then `node dist/infra/provision/main.js`.';
/** Those of a single file. */
const LIBRARIES = ['xgboost', 'litert'] as const;
const OPTIONAL: readonly PartName[] = ['tensorflowGpu', 'python', 'pythonTensorflow'];

/** What provisioning brought, and whether it loads. Foreign libraries are tried in a child: a bad one may crash it. */
export async function checkNativeParts(env: NodeJS.ProcessEnv = process.env): Promise<Check[]> {
  const parts = readNativeParts(cacheFolder(env));
  const named = (name: PartName): Check => checkPart(name, parts, OPTIONAL.includes(name));
  const needed = neededParts([], env);
  const optional = OPTIONAL.filter((name) => parts?.[name] !== undefined);
  const require = createRequire(import.meta.url);
  const loads = await Promise.all([
    parts?.tensorflow !== undefined && addonIsLinked('tfjs-node', parts.tensorflow)
      ? tryInChild('TensorFlow addon', `console.log(require(${JSON.stringify(require.resolve('@tensorflow/tfjs-node'))}).version['tfjs-node'])`)
      : { name: 'TensorFlow addon', state: 'missing' as const, found: 'not linked into node_modules', remedy: PROVISION },
    ...LIBRARIES.map(async (name) => {
      const path = parts?.[name];
      return path === undefined ? [] : tryInChild(`${TITLES[name]} loads`, `require(${JSON.stringify(require.resolve('koffi'))}).load(${JSON.stringify(path)}); console.log('yes')`);
    }),
  ]);
  return [...[...needed, ...optional].map(named), ...loads.flat()];
}

function checkPart(name: PartName, parts: NativeParts | undefined, optional: boolean): Check {
  const path = parts?.[name];
  if (path === undefined || !existsSync(path)) {
    return { name: TITLES[name], state: optional ? 'note' : 'missing', found: path === undefined ? 'not provisioned' : `gone: ${path}`, remedy: PROVISION };
  }
  return { name: TITLES[name], state: 'ok', found: `${parts?.versions[name] ?? '?'} (${parts?.found[name] ?? '?'})`, where: path };
}

async function tryInChild(name: string, script: string): Promise<Check> {
  // tfjs-node asks Node for a function that Node 23 dropped.
  const shim = "const util = require('node:util'); util.isNullOrUndefined ??= (x) => x === null || x === undefined;";
  const { stdout, stderr, failed, signal } = await execa(process.execPath, ['-e', `${shim} ${script}; process.exit(0)`], {
    reject: false, timeout: 30_000, env: { TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  if (!failed) return { name, state: 'ok', found: stdout.split('\n').at(-1) ?? '' };
  const reason = stderr.split('\n').find((line) => line.includes('Error')) ?? signal ?? 'it ended without a word';
  return { name, state: 'missing', found: `does not load: ${reason}`, remedy: `${PROVISION} Should that not help, delete the cache folder and run it again.` };
}
