import type { RetryPolicy } from '@temporalio/common';
import type { ActivityOptions } from '@temporalio/workflow';
import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { RunActivities } from '../shared/contracts/records.js';
import type { SearchActivities } from '../shared/contracts/searches.js';
import type { StepActivities } from '../shared/contracts/steps.js';
import { PERMANENT } from '../shared/errors.js';
import { TASK_QUEUES } from '../shared/task-queues.js';

/*
 * Every timeout and every retry of the pipeline, on one page.
 *
 * Attempts are not counted: a worker, a store or a server that is away for an hour costs an hour, not the run. What no
 * retry can mend (PERMANENT) fails at once; what lasts beyond scheduleToClose fails then. Steps heartbeat when their work
 * moved, so that a dead worker or a hung thread is noticed after heartbeatTimeout.
 */
const RETRY: RetryPolicy = {
  initialInterval: '1s',
  backoffCoefficient: 2,
  maximumInterval: '10s',
  nonRetryableErrorTypes: [...PERMANENT],
};

/** A cancelled run ends when its threads and processes have ended, not before (the SDK's documented default does not hold unless it is said). */
const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;

const STEP: ActivityOptions = { heartbeatTimeout: '10s', retry: RETRY, cancellationType };

/** Steps on the `cpu` queue. */
export const cpu = proxyActivities<Pick<StepActivities, 'ingest' | 'analyse' | 'augmentShard' | 'extractFeatures' | 'joinFolds' | 'augmentationImpact' | 'gateVariants' | 'searchFront' | 'calibrate' | 'evaluate' | 'report'>>({
  ...STEP,
  taskQueue: TASK_QUEUES.cpu,
  startToCloseTimeout: '1h',
  scheduleToCloseTimeout: '12h',
});

const TRAIN: ActivityOptions = { ...STEP, startToCloseTimeout: '12h', scheduleToCloseTimeout: '2d' };

/** Steps on the `train-cpu` queue, each in a process of its own. */
export const trainCpu = proxyActivities<Pick<StepActivities, 'fitModel' | 'fitFold' | 'analyse' | 'combine' | 'diversity' | 'predictTest' | 'quantize' | 'compressNetwork' | 'shrinkClassical' | 'exportModel' | 'refuseExport' | 'measure'>>({
  ...TRAIN,
  taskQueue: TASK_QUEUES.trainCpu,
});

/** How long a training waits for a GPU worker before it goes to `train-cpu`; a queue without a worker never answers. */
export const GPU_WAIT = '30s';

/** Training on the `train-gpu` queue. */
export const trainGpu = proxyActivities<Pick<StepActivities, 'fitModel'>>({
  ...TRAIN,
  taskQueue: TASK_QUEUES.trainGpu,
  scheduleToStartTimeout: GPU_WAIT,
});

/** Book-keeping: short, without heartbeats, hence with a short startToClose. */
export const records = proxyActivities<Pick<StepActivities, 'indexFeatures' | 'indexAugmented' | 'indexAnalysis'> & RunActivities & SearchActivities>({
  taskQueue: TASK_QUEUES.cpu,
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '12h',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: RETRY,
});

/** What is written of a run or a search that has failed or was cancelled: tried for as long as a person would wait for it to end. */
export const lastRecords = proxyActivities<Pick<RunActivities, 'keepKeys' | 'recordRun'> & Pick<SearchActivities, 'saveSearchPart' | 'recordSearch'>>({
  taskQueue: TASK_QUEUES.cpu,
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '10s',
  retry: RETRY,
});
