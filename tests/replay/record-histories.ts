import { writeFile } from 'node:fs/promises';
import proto from '@temporalio/proto';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import type { RunHeadline } from '../../shared/run.js';
import { MOVE_POINTER_UPDATE } from '../../shared/run.js';
import type { RunArguments } from '../../shared/run-arguments.js';
import { runArguments } from '../../shared/run-arguments.js';
import { TASK_QUEUES } from '../../shared/task-queues.js';
import { fakeSteps, ref } from '../support/fake-steps.js';
import { ASHA, searchRuns } from '../support/search-runs.js';
import { startWorkflowWorld } from '../support/workflow-world.js';

/*
 * Records one history of each workflow on a real server with made-up activities, for replay.test.ts.
 * Run from the root after a build: node dist/tests/replay/record-histories.js <version> [workflow...]
 * The files are binary protobuf messages temporal.api.history.v1.History: the JSON converters of @temporalio/common need one
 * single copy of protobufjs, which an installation does not promise.
 * A release adds files under its version and leaves the older ones: running workflows of that version must go on.
 */
const [version, ...only] = process.argv.slice(2);
if (!version) throw new Error('Name the version, e.g. node dist/tests/replay/record-histories.js 0.1.0');

const world = await startWorkflowWorld();
try {
  const runId = 'run-recorded';
  await world.withWorkers(fakeSteps().activities, async () => {
    const source = [{ name: 'mnist.npz', ref: ref('mnist.npz') }];
    await world.client.workflow.execute<(...args: RunArguments) => Promise<RunHeadline>>('pipeline', {
      workflowId: runId, taskQueue: TASK_QUEUES.pipeline, args: runArguments({ runId, config: PRESET_CONFIGS.default, source }),
    });
    const pointers = await world.client.workflow.start('pointers', { workflowId: 'pointers-recorded', taskQueue: TASK_QUEUES.pipeline, args: [] });
    for (const target of ['run-1', 'run-2']) await pointers.executeUpdate(MOVE_POINTER_UPDATE, { args: [{ name: 'latest', target }] });
  });
  const runs = searchRuns(world);
  const searchId = 'search-recorded';
  await world.withWorkers(runs.fakes().activities, async () => {
    await runs.start({ ...ASHA, medianStopping: { grace: 1, minSamples: 2 }, timeBudget: '1h' }, searchId);
    await runs.searches.outcome(searchId);
  });
  const recorded = [
    ['pipeline', runId], ['train-model', `${runId}-train-cnn`], ['pointers', 'pointers-recorded'], ['search', searchId], ['trial', `${searchId}-trial-0-rung-0`],
  ] as const;
  for (const [name, id] of recorded.filter(([of]) => only.length === 0 || only.includes(of))) {
    const history = await world.client.workflow.getHandle(id).fetchHistory();
    await writeFile(`tests/replay/${name}-${version}.binpb`, proto.temporal.api.history.v1.History.encode(history).finish());
  }
} finally {
  await world.stop();
}
