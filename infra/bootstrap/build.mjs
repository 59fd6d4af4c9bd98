import { existsSync, readdirSync, rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { inProject } from './project.mjs';
import { runCommand } from './run-command.mjs';
import { LAYERS, sourceDigest } from './source-digest.mjs';
import { readStamp, writeStamp } from './stamp.mjs';
import { Stop } from './stop.mjs';
import { withLock } from './with-lock.mjs';

const STAMP = 'dist/.build-stamp';

/** The build's parts, in order: name, and Node's arguments. */
const PARTS = [
  ['TypeScript', ['node_modules/typescript/bin/tsc', '-b']],
  ['step bundles', ['infra/bootstrap/bundle-steps.mjs']],
  ['workflow bundle', ['dist/workers/build-workflow-bundle.js']],
];

/** Builds `dist/` when sources changed since the last build; true when it did. */
export async function build() {
  if (readStamp(STAMP) === sourceDigest()) return false;
  return withLock('build', buildAll);
}

async function buildAll() {
  const digest = sourceDigest();
  if (readStamp(STAMP) === digest) return false; // another process built it meanwhile
  for (const layer of LAYERS) removeStale(layer);
  for (const [name, args] of PARTS) {
    const started = performance.now();
    const code = await runCommand(process.execPath, args, { stdio: ['ignore', 2, 2] });
    if (code !== 0) throw new Stop(`The build stopped: ${name} failed (exit code ${code}); the messages are above.`);
    console.error(`Built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  writeStamp(STAMP, digest);
  return true;
}

/** Deletes outputs whose source is gone, so that no removed test or step still runs. */
function removeStale(folder) {
  if (!existsSync(inProject(`dist/${folder}`))) return;
  for (const entry of readdirSync(inProject(`dist/${folder}`), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (existsSync(inProject(path))) removeStale(path);
      else rmSync(inProject(`dist/${path}`), { recursive: true });
    } else {
      const source = path.replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts');
      const output = /\.(d\.ts|js)(\.map)?$/.test(path);
      if (output && !existsSync(inProject(source))) rmSync(inProject(`dist/${path}`));
    }
  }
}
