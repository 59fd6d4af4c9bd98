import { join } from 'node:path';
import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { Piscina } from 'piscina';
import type { Logger } from 'pino';
import type { StepActivityDeps } from '../activities/activity-deps.js';
import { activityScope, retriedAfterShutdown } from '../activities/activity-scope.js';
import { createRunActivities } from '../activities/create-run-activities.js';
import { createSearchActivities } from '../activities/create-search-activities.js';
import { createStepActivities } from '../activities/create-step-activities.js';
import { removeAbandonedStaging } from '../activities/staging.js';
import { loadSteps } from '../activities/step-catalogue.js';
import type { RunActivities } from '../shared/contracts/records.js';
import type { SearchActivities } from '../shared/contracts/searches.js';
import type { StepActivities } from '../shared/contracts/steps.js';
import { MODEL_PROGRESS_SIGNAL } from '../shared/run.js';
import { connectS3, ensureBucket } from '../storage/connect.js';
import { DiskCache } from '../storage/disk-cache.js';
import { S3Store } from '../storage/s3-store.js';
import { childEnvironment } from './child-environment.js';
import type { WorkerSettings } from './parse-settings.js';
import { readNative } from './read-native.js';

/** A worker's activities and what ends them. */
export interface Composed {
  readonly activities: StepActivities & RunActivities & SearchActivities;
  /** Ends threads and connections. */
  close(): Promise<void>;
}

/** Builds everything that activities need from a worker's settings. */
export async function compose(settings: WorkerSettings, device: 'cpu' | 'gpu', connection: NativeConnection, log: Logger): Promise<Composed> {
  const { s3, cacheDir, slots, temporal } = settings;
  const s3Client = connectS3(s3);
  await ensureBucket(s3Client, s3.bucket);
  const store = new S3Store({ client: s3Client, bucket: s3.bucket, cache: new DiskCache({ folder: join(cacheDir, 'objects') }) });
  const stagingFolder = join(cacheDir, 'staging');
  await removeAbandonedStaging(stagingFolder);
  const { workflow } = new Client({ connection, namespace: temporal.namespace });
  let pool: Piscina | undefined;
  const deps: StepActivityDeps = {
    store,
    steps: await loadSteps(),
    // Made at the first thread step: a worker that only trains needs no threads.
    pool: () => (pool ??= new Piscina({ minThreads: slots, maxThreads: slots })),
    native: await readNative(settings.nativeFile, device),
    stagingFolder,
    childEnvironment: childEnvironment(process.env),
    scope: activityScope,
    log,
    signalProgress: (workflowId, signal) => workflow.getHandle(workflowId).signal(MODEL_PROGRESS_SIGNAL, signal),
  };
  return {
    activities: retried({ ...createStepActivities(deps), ...createRunActivities({ store, workflows: workflow }), ...createSearchActivities(store) }),
    async close() {
      await pool?.destroy();
      s3Client.destroy();
    },
  };
}

function retried<A extends object>(activities: A): A {
  const wrapped = Object.entries(activities as Record<string, (input: unknown) => Promise<unknown>>).map(
    ([name, activity]) => [name, (input: unknown) => retriedAfterShutdown(() => activity(input))] as const,
  );
  return Object.fromEntries(wrapped) as A;
}
