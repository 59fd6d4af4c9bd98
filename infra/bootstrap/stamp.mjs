import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inProject } from './project.mjs';

/** What a stamp file says, or an empty string when there is none. */
export function readStamp(path) {
  return existsSync(inProject(path)) ? readFileSync(inProject(path), 'utf8').trim() : '';
}

/** Writes a stamp whole or not at all. */
export function writeStamp(path, value) {
  const file = inProject(path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, `${value}\n`);
  renameSync(`${file}.${process.pid}`, file);
}
