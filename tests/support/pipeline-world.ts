import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { startStack } from '../../infra/stack/start-stack.js';
import type { Stack } from '../../infra/stack/stack.js';
import { MEDIA } from '../../shared/artifact.js';
import type { PipelineConfig } from '../../shared/config.js';
import type { RunHeadline, SourceFile } from '../../shared/run.js';
import type { RunArguments } from '../../shared/run-arguments.js';
import { runArguments } from '../../shared/run-arguments.js';
import { connectS3 } from '../../storage/connect.js';
import { DiskCache } from '../../storage/disk-cache.js';
import type { RunManifest, StepManifest } from '../../storage/manifest.js';
import { readRunManifest } from '../../storage/manifest.js';
import { S3Store } from '../../storage/s3-store.js';

const MNIST = ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz', 't10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'];

type Pipeline = (...args: RunArguments) => Promise<RunHeadline>;
type Run = WorkflowHandleWithFirstExecutionRunId<Pipeline>;

/** A whole Digitloom of its own in a temporary folder: servers, workers, an empty store. */
export interface PipelineWorld {
  readonly stack: Stack;
  readonly stateDir: string;
  readonly client: Client;
  readonly store: S3Store;
  start(runId: string, config: PipelineConfig): Promise<Run>;
  /** Waits for the end of a run and reads its result from the store. */
  resultOf(run: Run): Promise<RunManifest>;
  /** The committed manifests of a step so far, with the document's text, by key. */
  manifests(step: string): Promise<Map<string, { readonly manifest: StepManifest; readonly text: string }>>;
  /** How many checkpoints the training has written so far; 0 before the first. */
  newestCheckpoint(): Promise<number>;
  /** The pid of a part of the stack, e.g. `worker-cpu`. */
  pid(part: string): number;
  close(): Promise<void>;
}

/** Starts a world; servers and workers are real processes under the supervisor that users get. */
export async function pipelineWorld(): Promise<PipelineWorld> {
  const stateDir = mkdtempSync(join(tmpdir(), 'digitloom-world-'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TEMPORAL|AWS)_/.test(name)));
  const stack = await startStack({ stateDir, env });
  const { addresses } = stack;
  const connection = await Connection.connect({ address: addresses.temporal });
  const client = new Client({ connection });
  const { s3: endpoint = '', region, accessKeyId = '', secretAccessKey = '', bucket } = addresses;
  const s3 = connectS3({ endpoint, region, accessKeyId, secretAccessKey, bucket });
  const store = new S3Store({ client: s3, bucket, cache: new DiskCache({ folder: join(stateDir, 'test-cache') }) });
  const source: SourceFile[] = await Promise.all(
    MNIST.map(async (name) => ({ name: basename(name), ref: await store.put(await readFile(join('data/mnist', name)), MEDIA.gzip) })),
  );

  return {
    stack,
    stateDir,
    client,
    store,
    start: (runId, config) =>
      client.workflow.start<Pipeline>('pipeline', { taskQueue: 'pipeline', workflowId: runId, args: runArguments({ runId, config, source }) }),

    async resultOf(run) {
      const { runId } = await run.result();
      return (await readRunManifest(store, runId)) ?? assert.fail(`${runId} left no record`);
    },

    async manifests(step) {
      const found = new Map<string, { manifest: StepManifest; text: string }>();
      for (const name of await store.listDocuments('steps/')) {
        const text = new TextDecoder().decode(await store.readDocument(name));
        const manifest = JSON.parse(text) as StepManifest;
        if (manifest.parts.step === step) found.set(manifest.key, { manifest, text });
      }
      return found;
    },

    async newestCheckpoint() {
      const names = await store.listDocuments('checkpoints/');
      return Math.max(0, ...names.map((name) => Number(name.slice(name.lastIndexOf('/') + 1))));
    },

    pid(part) {
      const identity = stack.parts()[part];
      if (!identity) throw new Error(`${part} does not run; running: ${Object.keys(stack.parts()).join(', ')}`);
      return identity.pid;
    },

    async close() {
      await connection.close();
      s3.destroy();
      await stack.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
