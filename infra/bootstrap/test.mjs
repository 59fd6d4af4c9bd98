import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { runCommand } from './run-command.mjs';
import { LAYERS } from './source-digest.mjs';
import { Stop } from './stop.mjs';

const bin = (name) => `node_modules/${name}`;

/** Checks without a test runner: name, and Node's arguments. The type check is the build, which has passed by now. */
const STATIC = [
  ['lint', [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
  ['layers', [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...LAYERS]],
  ['unused code', [bin('knip/bin/knip.js'), '--config', 'infra/bootstrap/knip.json']],
];
const SUITES = ['unit', 'integration', 'e2e'];

/**
 * Runs the static checks and the suites (or only those named), each to its end, and prints time and totals.
 * @returns the exit code.
 */
export async function test(names = []) {
  const known = ['static', ...SUITES];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Stop(`Got ${unknown.join(', ')}; expected some of ${known.join(', ')}, or nothing for all.`, 2);
  const wanted = (name) => names.length === 0 || names.includes(name);
  const phases = [];
  if (wanted('static')) for (const [name, args] of STATIC) phases.push(await staticCheck(name, args));
  for (const suite of SUITES.filter(wanted)) phases.push(await mocha(suite));
  return total(phases);
}

/** Runs the tests against the official runtimes (Python packages). */
export async function testInterop() {
  return total([await mocha('interop')]);
}

async function staticCheck(name, args) {
  console.log(`\n# ${name}`);
  const started = performance.now();
  const code = await runCommand(process.execPath, args);
  return finish(name, started, { passed: 0, failed: code === 0 ? 0 : 1 });
}

async function mocha(suite) {
  console.log(`\n# ${suite}`);
  const folder = mkdtempSync(join(tmpdir(), 'digitloom-counts-'));
  const counts = join(folder, 'counts.json');
  const started = performance.now();
  const code = await runCommand(process.execPath, [
    bin('mocha/bin/mocha.js'), '--config', `.mocharc.${suite}.json`,
    '--reporter', 'infra/bootstrap/counting-reporter.mjs', '--reporter-option', `counts=${counts}`,
  ]);
  try {
    const { passes, failures } = JSON.parse(readFileSync(counts, 'utf8'));
    return finish(suite, started, { passed: passes, failed: failures > 0 || code === 0 ? failures : 1 });
  } catch (error) {
    console.error(`The ${suite} suite ended without counting its tests (exit code ${code}): ${error.message}`);
    return finish(suite, started, { passed: 0, failed: 1 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function finish(name, started, counts) {
  const seconds = (performance.now() - started) / 1000;
  console.log(`# ${name}: ${seconds.toFixed(1)} s, ${counts.failed === 0 ? 'passed' : 'FAILED'}`);
  return { name, seconds, ...counts };
}

function total(phases) {
  console.log('');
  for (const { name, seconds, passed, failed } of phases) {
    console.log(`${name.padEnd(12)} ${seconds.toFixed(1).padStart(7)} s  ${passed} passed, ${failed} failed`);
  }
  const passed = phases.reduce((sum, phase) => sum + phase.passed, 0);
  const failed = phases.reduce((sum, phase) => sum + phase.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
