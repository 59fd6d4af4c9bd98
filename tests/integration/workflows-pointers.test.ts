import { strict as assert } from 'node:assert';
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import type { PointerMove, PointersState } from '../../shared/pointers.js';
import { MOVE_POINTER_UPDATE, POINTERS_QUERY } from '../../shared/run.js';
import { TASK_QUEUES } from '../../shared/task-queues.js';
import { fakeSteps } from '../support/fake-steps.js';
import type { WorkflowWorld } from '../support/workflow-world.js';
import { startWorkflowWorld } from '../support/workflow-world.js';

describe('the pointers workflow', function () {
  this.timeout(60_000);
  let world: WorkflowWorld;
  let number = 0;

  before(async () => {
    world = await startWorkflowWorld({ settings: ['limit.historyCount.suggestContinueAsNew=40'] });
  });
  after(() => world.stop());

  const mover = (): { workflowId: string; move: (name: string, target: string) => Promise<PointerMove>; state: () => Promise<PointersState> } => {
    const workflowId = `pointers-${++number}`;
    return {
      workflowId,
      move: (name, target) => {
        const startWorkflowOperation = new WithStartWorkflowOperation('pointers', {
          workflowId, taskQueue: TASK_QUEUES.pipeline, workflowIdConflictPolicy: 'USE_EXISTING', args: [],
        });
        return world.client.workflow.executeUpdateWithStart(MOVE_POINTER_UPDATE, { startWorkflowOperation, args: [{ name, target }] }) as Promise<PointerMove>;
      },
      state: () => world.client.workflow.getHandle(workflowId).query<PointersState>(POINTERS_QUERY),
    };
  };

  it('starts with the first move and answers with all pointers and moves', async () => {
    await world.withWorkers(fakeSteps().activities, async () => {
      const { move, state } = mover();
      await move('latest', 'run-1');
      await move('champion', 'model-9');
      const { at } = await move('latest', 'run-2');
      assert.ok(at > 0);
      const { pointers, moves } = await state();
      assert.deepEqual(pointers, { latest: 'run-2', champion: 'model-9' });
      assert.deepEqual(moves.map(({ name, target }) => `${name}=${target}`), ['latest=run-1', 'champion=model-9', 'latest=run-2']);
    });
  });

  it('takes a repeated move for none', async () => {
    await world.withWorkers(fakeSteps().activities, async () => {
      const { move, state } = mover();
      const first = await move('latest', 'run-1');
      assert.deepEqual(await move('latest', 'run-1'), first);
      assert.equal((await state()).moves.length, 1);
    });
  });

  it('refuses a bad name and an empty target', async () => {
    await world.withWorkers(fakeSteps().activities, async () => {
      const { move, state } = mover();
      await assert.rejects(move('Latest!', 'run-1'), (error: unknown) => error instanceof WorkflowUpdateFailedError && /lower-case/.test(error.cause?.message ?? ''));
      await assert.rejects(move('latest', ''), (error: unknown) => error instanceof WorkflowUpdateFailedError && /1 to 200/.test(error.cause?.message ?? ''));
      assert.deepEqual((await state()).pointers, {});
    });
  });

  it('keeps the pointers and the last 100 moves when it continues as new', async () => {
    await world.withWorkers(fakeSteps().activities, async () => {
      const { workflowId, move, state } = mover();
      for (let i = 0; i < 120; i++) await move('latest', `run-${i}`);
      const { pointers, moves } = await state();
      assert.equal(pointers['latest'], 'run-119');
      assert.deepEqual([moves.length, moves[0]?.target, moves.at(-1)?.target], [100, 'run-20', 'run-119']);
      const { raw, runId } = await world.client.workflow.getHandle(workflowId).describe();
      assert.notEqual(raw.workflowExecutionInfo?.firstRunId, runId, 'it has not continued as new');
    });
  });
});
