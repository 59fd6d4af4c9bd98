import * as errors from '../../../shared/errors.js';
import type { StepFunction } from '../../../shared/step.js';

/** A step whose threads add `params.count` times a number to a shared array each; some are told to fail. */
const addInThreads: StepFunction = async ({ params }, { startThreads, progress }) => {
  const count = Number(params['count']);
  const shared = new Int32Array(new SharedArrayBuffer(4 * count));
  if (!startThreads) throw new errors.InternalError('No threads were offered.');
  const threads = startThreads(Number(params['threads'] ?? 2), () => progress({ fraction: 0.5, note: 'ticked' }));
  try {
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) => threads.run({ params: { ...params, index }, arrays: { shared, own: Int32Array.of(index) } })),
    );
    const sums = Int32Array.from(answers, (answer) => answer['sum']?.[0] ?? -1);
    return { outputs: { bytes: { bytes: new Uint8Array(Int32Array.of(...sums, ...shared).buffer), mediaType: 'application/octet-stream' } }, summary: {} };
  } finally {
    await threads.close();
  }
};

export default Object.assign(addInThreads, {
  taskRunner: (({ params, arrays: { shared, own } }, tick) => {
    const index = Number(params['index']);
    if (index === params['throwAt']) throw new errors.DivergedError('told to');
    if (index === params['exitAt']) process.exit(3);
    tick();
    if (shared) shared[index] = 10 + index;
    return { sum: Int32Array.of(100 + (own?.[0] ?? 0)) };
  }) satisfies StepFunction['taskRunner'],
});
