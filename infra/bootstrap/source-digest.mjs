import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { inProject } from './project.mjs';

/** Folders that hold TypeScript, one per layer. */
export const LAYERS = [
  'shared', 'native', 'ml', 'storage', 'workflows', 'activities', 'infra', 'workers', 'client', 'cli', 'tests', 'benchmarks',
];
const SOURCE = /\.(ts|mjs)$|tsconfig\.json$/;

function* sourcesIn(folder) {
  for (const entry of readdirSync(inProject(folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* sourcesIn(path);
    else if (SOURCE.test(entry.name)) yield path;
  }
}

/** Digest of everything that the build reads: sources, compiler settings, this Node's version and the lock file. */
export function sourceDigest() {
  const hash = createHash('sha256').update(process.version);
  const roots = ['package-lock.json', 'tsconfig.json', 'tsconfig.base.json'];
  const files = [...roots, ...LAYERS.flatMap((layer) => [...sourcesIn(layer)])].sort();
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(inProject(file)));
  return hash.digest('hex');
}
