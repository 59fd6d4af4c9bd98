import type { StepFunction } from '../../../shared/step.js';

/** Never lets its event loop turn, as a foreign library's long call would, yet reports every 20 ms. */
const busyReporter: StepFunction = ({ params }, { progress }) => {
  const until = performance.now() + Number(params['ms']);
  let next = 0;
  for (let now = performance.now(); now < until; now = performance.now()) {
    if (now < next) continue;
    next = now + 20;
    progress({ fraction: 1 - (until - now) / Number(params['ms']) });
  }
  return { outputs: {}, summary: {} };
};
export default busyReporter;
