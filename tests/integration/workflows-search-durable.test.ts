import { strict as assert } from 'node:assert';
import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../ml/random.js';
import type { FitModelInput } from '../../shared/contracts/steps.js';
import type { JsonObject } from '../../shared/json.js';
import type { SearchRecord } from '../../shared/search.js';
import { historyFacts } from '../support/history-facts.js';
import { ASHA, fakeFit, searchRuns } from '../support/search-runs.js';
import type { SearchRuns } from '../support/search-runs.js';
import { until } from '../support/until.js';
import type { WorkflowWorld } from '../support/workflow-world.js';
import { startWorkflowWorld } from '../support/workflow-world.js';

type WorkerProcess = ChildProcessByStdio<Writable, Readable, null>;

const KB = 1_024;
const KILLS = 20;
/** A task that a killed worker had begun goes to the next one after three seconds, not after Temporal's ten. */
const TASK_TIMEOUT = 'history.defaultWorkflowTaskTimeout="3s"';
const WORKER = fileURLToPath(new URL('../support/run-workflow-worker.js', import.meta.url));
const DOCUMENT: JsonObject = { ...ASHA, trials: 45, window: 6, medianStopping: { grace: 1, minSamples: 3 } };

/** Which trials went how far, and why. */
function decisions({ trials }: SearchRecord): unknown {
  return trials.map(({ trial, params, fits, stoppedAfter }) => [trial, params, fits.map(({ job, rung, why }) => [job, rung, why]), stoppedAfter]);
}

describe('a search under fire', function () {
  this.timeout(400_000);
  let world: WorkflowWorld;
  let runs: SearchRuns;
  let undisturbed: SearchRecord;

  before(async () => {
    world = await startWorkflowWorld({ settings: [TASK_TIMEOUT] });
    runs = searchRuns(world);
    undisturbed = await world.withWorkers(runs.fakes().activities, async () => {
      const searchId = await runs.start(DOCUMENT);
      await runs.searches.outcome(searchId);
      return runs.record(searchId);
    });
  });
  after(() => world.stop());

  it(`decides the same when the workflow worker is killed ${KILLS} times and fits take now long, now short`, async () => {
    const random = createRandom(11);
    const asked = new Set<string>();
    let attempts = 0;
    const { activities } = runs.fakes({
      async fitModel(input: FitModelInput) {
        asked.add(input.progressTo);
        attempts += 1;
        await sleep(300 * random.uniform() ** 2);
        return fakeFit(input);
      },
    });
    // The next one loads while this one works.
    let worker = await readyWorker(world.server.address);
    let next = readyWorker(world.server.address);
    worker.stdin.write('go\n');
    let kills = 0;
    try {
      await world.withActivityWorkers(activities, async () => {
        const searchId = await runs.start(DOCUMENT);
        for (; kills < KILLS; kills++) {
          const wanted = 2 * kills + 1;
          await until(() => asked.size >= wanted, 60_000);
          await sleep(200 * random.uniform());
          const ended = once(worker, 'exit');
          worker.kill('SIGKILL');
          await ended;
          worker = await next;
          next = readyWorker(world.server.address);
          worker.stdin.write('go\n');
        }
        const outcome = await runs.searches.outcome(searchId);
        assert.equal(outcome.state, 'completed');
        const record = await runs.record(searchId);
        assert.deepEqual(decisions(record), decisions(undisturbed));
        assert.equal(record.digest, undisturbed.digest);
        assert.equal(attempts, record.trials.flatMap(({ fits }) => fits).length, 'a fit was made twice');
        const { history } = await historyFacts(world.client, searchId);
        const identities = new Set((history.events ?? []).flatMap(({ workflowTaskStartedEventAttributes: started }) => started?.identity ?? []));
        // A killed worker's window of fits ends before the next one takes over, so that some are killed before they had a part.
        assert.ok(identities.size > KILLS / 4, `${identities.size} workers had a part in it`);
      });
    } finally {
      worker.kill('SIGKILL');
      (await next).kill('SIGKILL');
    }
  });

  it('decides the same when it continues as new again and again, and hands on less than 8 KB', async () => {
    const other = await startWorkflowWorld({ settings: ['limit.historyCount.suggestContinueAsNew=150'] });
    try {
      const elsewhere = searchRuns(other);
      await other.withWorkers(elsewhere.fakes().activities, async () => {
        const searchId = await elsewhere.start(DOCUMENT);
        assert.equal((await elsewhere.searches.outcome(searchId)).state, 'completed');
        const record = await elsewhere.record(searchId);
        assert.deepEqual(decisions(record), decisions(undisturbed));
        assert.equal(record.digest, undisturbed.digest);
        const description = await other.client.workflow.getHandle(searchId).describe();
        assert.notEqual(description.runId, description.raw.workflowExecutionInfo?.firstRunId, 'it never continued as new');
        const facts = await historyFacts(other.client, searchId);
        assert.ok(facts.largestPayloadBytes < 8 * KB, `a payload of ${facts.largestPayloadBytes} bytes`);
        const [listed] = await until(async () => {
          const all = await elsewhere.searches.list();
          return all[0]?.headline ? all : undefined;
        });
        assert.deepEqual([listed?.searchId, listed?.model, listed?.strategy], [searchId, 'xgboost', 'asha']);
      });
    } finally {
      await other.stop();
    }
  });
});

async function readyWorker(address: string): Promise<WorkerProcess> {
  const worker = spawn(process.execPath, [WORKER, address], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(worker.stdout, 'data');
  return worker;
}
