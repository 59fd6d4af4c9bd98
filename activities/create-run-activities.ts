import { WithStartWorkflowOperation, WorkflowIdConflictPolicy } from '@temporalio/client';
import type { WorkflowClient } from '@temporalio/client';
import type { RunActivities } from '../shared/contracts/steps.js';
import { MOVE_POINTER_UPDATE, POINTERS_WORKFLOW_ID } from '../shared/run.js';
import { TASK_QUEUES } from '../shared/task-queues.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { writeRunManifest } from '../storage/manifest.js';

/** What the book-keeping works on. */
export interface RunActivityDeps {
  readonly store: ArtifactStore;
  readonly workflows: Pick<WorkflowClient, 'executeUpdateWithStart'>;
}

/** Book-keeping around the steps. */
export function createRunActivities({ store, workflows }: RunActivityDeps): RunActivities {
  return {
    async recordRun({ result, keys }) {
      await writeRunManifest(store, { ...result, keys: [...new Set(keys)] });
      return null; // a document with clocks in it, not an artifact
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
