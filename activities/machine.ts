import { arch, cpus, hostname, platform, totalmem } from 'node:os';
import type { JsonObject } from '../shared/json.js';

/** The machine as a measurement depends on it: part of the key of every step that times something. */
export function measuringMachine(): JsonObject {
  return { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, arch: arch(), platform: platform(), node: process.versions.node };
}

/** The machine as a manifest records it. */
export function recordedMachine(): JsonObject {
  return { ...measuringMachine(), host: hostname(), memoryBytes: totalmem() };
}
