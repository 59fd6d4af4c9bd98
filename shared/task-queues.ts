/** Task queues, one kind of worker each. */
export const TASK_QUEUES = { pipeline: 'pipeline', cpu: 'cpu', trainCpu: 'train-cpu', trainGpu: 'train-gpu' } as const;
export type TaskQueue = (typeof TASK_QUEUES)[keyof typeof TASK_QUEUES];
