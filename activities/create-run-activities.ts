import { WithStartWorkflowOperation, WorkflowIdConflictPolicy } from '@temporalio/client';
import type { WorkflowClient } from '@temporalio/client';
import type { ArtifactRef } from '../shared/artifact.js';
import { MEDIA } from '../shared/artifact.js';
import type { CandidateEntry } from '../shared/contracts/candidates.js';
import type { KeyList, RunActivities } from '../shared/contracts/records.js';
import { MOVE_POINTER_UPDATE, POINTERS_WORKFLOW_ID } from '../shared/run.js';
import { TASK_QUEUES } from '../shared/task-queues.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { writeRunManifest } from '../storage/manifest.js';
import { joinedKeys } from './joined-keys.js';
import { createManifestReader } from './manifest-reader.js';
import { modelResults } from './model-results.js';
import { runExports } from './run-exports.js';
import { stepManifestOf } from './step-manifest-of.js';

/** What the book-keeping works on. */
export interface RunActivityDeps {
  readonly store: ArtifactStore;
  readonly workflows: Pick<WorkflowClient, 'executeUpdateWithStart'>;
}

/** Book-keeping around the steps. */
export function createRunActivities({ store, workflows }: RunActivityDeps): RunActivities {
  const sources = { read: createManifestReader(store), manifestOf: (key: string) => stepManifestOf(store, key) };
  const put = (value: CandidateEntry | KeyList): Promise<ArtifactRef> => store.put(new TextEncoder().encode(JSON.stringify(value)), MEDIA.json);
  return {
    async recordCandidate(entry) {
      const { digest, bytes } = await put({ kind: 'candidate', ...entry });
      return { name: entry.name, digest, bytes };
    },

    keepKeys: ({ keys }) => put({ kind: 'keys', keys }),

    async recordRun({ run, evaluated, computed, report, analysis, exported, keys }) {
      const table = evaluated ? await modelResults(sources, evaluated) : [];
      const fresh = new Set(computed.map((place) => evaluated?.candidates[place]?.name));
      await writeRunManifest(store, {
        ...run,
        models: table.map(({ result: { artifacts, ...row } }) => ({ ...row, cached: !fresh.has(row.name), artifacts })),
        ...(report && { report }),
        ...(evaluated && { evaluation: evaluated.evaluation }),
        ...(analysis && { analysis }),
        ...(exported && { exports: await runExports(sources, exported) }),
        keys: [...new Set(await joinedKeys(sources.read, keys))],
      });
    },

    async movePointer({ name, target }) {
      await workflows.executeUpdateWithStart(MOVE_POINTER_UPDATE, {
        args: [{ name, target }],
        startWorkflowOperation: new WithStartWorkflowOperation('pointers', {
          workflowId: POINTERS_WORKFLOW_ID,
          taskQueue: TASK_QUEUES.pipeline,
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
          args: [],
        }),
      });
    },
  };
}
