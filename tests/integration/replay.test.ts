import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { quietRuntime } from '../support/workflow-world.js';
import { WORKFLOW_BUNDLE } from '../../workers/workflow-bundle.js';

const FOLDER = 'tests/replay';

describe('recorded histories', function () {
  this.timeout(60_000);

  it('replay on today\'s workflows without a difference', async () => {
    quietRuntime();
    const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.binpb')).sort();
    assert.deepEqual(
      ['pipeline', 'pointers', 'search', 'train-model', 'trial'].filter((workflow) => !files.some((file) => file.startsWith(`${workflow}-`))), [],
      'a workflow has no recorded history',
    );
    const histories = await Promise.all(files.map(async (file) => recorded(await readFile(`${FOLDER}/${file}`))));
    const failures: string[] = [];
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { codePath: WORKFLOW_BUNDLE } }, histories)) {
      if (error) failures.push(`${workflowId}: ${error.message}`);
    }
    assert.deepEqual(failures, []);
  });
});

/** A recorded history and the id under which it ran: children's ids come from it. */
function recorded(bytes: Uint8Array): { workflowId: string; history: proto.temporal.api.history.v1.IHistory } {
  const history = proto.temporal.api.history.v1.History.decode(bytes);
  return { workflowId: history.events[0]?.workflowExecutionStartedEventAttributes?.workflowId ?? '', history };
}
