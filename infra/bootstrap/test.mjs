import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inTurn } from './in-turn.mjs';
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
/** What runs at once: the one computes, the other waits for servers most of the time. */
const LANES = [['static', 'unit'], ['integration', 'e2e']];

/**
 * Runs the static checks and the suites (or only those named), each to its end, and prints time and totals.
 * @returns the exit code.
 */
export async function test(names = []) {
  const known = LANES.flat();
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Stop(`Got ${unknown.join(', ')}; expected some of ${known.join(', ')}, or nothing for all.`, 2);
  const lanes = LANES.map((parts) => parts.filter((part) => names.length === 0 || names.includes(part))).filter((parts) => parts.length > 0);
  if (lanes.length > 1) console.log(`# ${lanes.map((parts) => parts.join(', ')).join(' beside ')}; each is shown when those before it have ended`);
  const outputs = inTurn(lanes.length);
  const started = performance.now();
  const ran = await Promise.allSettled(lanes.map((parts, at) => lane(parts, outputs[at])));
  const broken = ran.find(({ status }) => status === 'rejected');
  if (broken) throw broken.reason;
  return total(ran.flatMap(({ value }) => value), started);
}

/** Runs the tests against the official runtimes (Python packages). */
export async function testInterop() {
  const started = performance.now();
  return total(await lane(['interop'], inTurn(1)[0]), started);
}

/** Runs parts one after another. */
async function lane(parts, output) {
  const phases = [];
  try {
    for (const part of parts) {
      if (part === 'static') for (const [name, args] of STATIC) phases.push(await staticCheck(name, args, output));
      else phases.push(await mocha(part, output));
    }
  } finally {
    output.end();
  }
  return phases;
}

/** The terminal is left to a program whose turn it is, with its colours. */
const outlet = ({ live, say }) => (live ? {} : { say });

async function staticCheck(name, args, output) {
  output.say(`\n# ${name}\n`);
  const started = performance.now();
  const code = await runCommand(process.execPath, args, outlet(output));
  return finish(name, started, { passed: 0, failed: code === 0 ? 0 : 1 }, output);
}

async function mocha(suite, output) {
  output.say(`\n# ${suite}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'digitloom-counts-'));
  const counts = join(folder, 'counts.json');
  const started = performance.now();
  try {
    const code = await runCommand(process.execPath, [
      bin('mocha/bin/mocha.js'), '--config', `.mocharc.${suite}.json`, ...(process.stdout.isTTY ? ['--color'] : []),
      '--reporter', 'infra/bootstrap/counting-reporter.mjs', '--reporter-option', `counts=${counts}`,
    ], outlet(output));
    return finish(suite, started, counted(suite, counts, code, output), output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the reporter counted; one failure where it did not get as far. */
function counted(suite, file, code, output) {
  try {
    const { passes, failures } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: passes, failed: failures > 0 || code === 0 ? failures : 1 };
  } catch (error) {
    output.say(`The ${suite} suite ended without counting its tests (exit code ${code}): ${error.message}\n`);
    return { passed: 0, failed: 1 };
  }
}

function finish(name, started, counts, output) {
  const seconds = (performance.now() - started) / 1000;
  output.say(`# ${name}: ${seconds.toFixed(1)} s, ${counts.failed === 0 ? 'passed' : 'FAILED'}\n`);
  return { name, seconds, ...counts };
}

function total(phases, started) {
  console.log('');
  for (const { name, seconds, passed, failed } of phases) {
    console.log(`${name.padEnd(12)} ${seconds.toFixed(1).padStart(7)} s  ${passed} passed, ${failed} failed${failed === 0 ? '' : '  FAILED'}`);
  }
  console.log(`${'all'.padEnd(12)} ${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s`);
  const passed = phases.reduce((sum, phase) => sum + phase.passed, 0);
  const failed = phases.reduce((sum, phase) => sum + phase.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
