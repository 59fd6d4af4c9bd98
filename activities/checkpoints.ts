import type { ArtifactStore } from '../storage/artifact-store.js';
import { digestOf } from '../storage/digest.js';

/** The state of an interrupted step. */
export interface Checkpoint {
  /** 1-based, in the order of the segments. */
  readonly number: number;
  readonly bytes: Uint8Array;
  /** Seconds of computation that it holds. */
  readonly seconds: number;
}

const KEPT = 2;

/** Stores a checkpoint under its step's key and drops all but the newest two. The first line tells a torn one from a whole one. */
export async function saveCheckpoint(store: ArtifactStore, key: string, { number, bytes, seconds }: Checkpoint): Promise<void> {
  const header = Buffer.from(`${JSON.stringify({ sha256: digestOf(bytes), seconds })}\n`);
  await store.writeDocument(nameOf(key, number), Buffer.concat([header, bytes]));
  const old = (await numbersOf(store, key)).filter((other) => other <= number - KEPT);
  await store.deleteDocuments(old.map((other) => nameOf(key, other)));
}

/** The newest checkpoint of a step that is whole, or undefined. */
export async function newestCheckpoint(store: ArtifactStore, key: string): Promise<Checkpoint | undefined> {
  for (const number of (await numbersOf(store, key)).reverse()) {
    const found = parse(await store.readDocument(nameOf(key, number)));
    if (found) return { number, ...found };
  }
  return undefined;
}

/** Removes a step's checkpoints. */
export async function clearCheckpoints(store: ArtifactStore, key: string): Promise<void> {
  await store.deleteDocuments((await numbersOf(store, key)).map((number) => nameOf(key, number)));
}

async function numbersOf(store: ArtifactStore, key: string): Promise<number[]> {
  const names = await store.listDocuments(`checkpoints/${key}/`);
  return names.map((name) => Number(name.slice(name.lastIndexOf('/') + 1))).filter(Number.isInteger).sort((a, b) => a - b);
}

function parse(document: Uint8Array | undefined): Pick<Checkpoint, 'bytes' | 'seconds'> | undefined {
  const end = document?.indexOf(0x0a) ?? -1;
  if (!document || end < 0) return undefined;
  const header = /^\{"sha256":"([0-9a-f]{64})","seconds":([0-9.e+-]+)\}$/.exec(Buffer.from(document.subarray(0, end)).toString('latin1'));
  const bytes = document.subarray(end + 1);
  return header && header[1] === digestOf(bytes) ? { bytes, seconds: Number(header[2]) } : undefined;
}

function nameOf(key: string, number: number): string {
  return `checkpoints/${key}/${number}`;
}
