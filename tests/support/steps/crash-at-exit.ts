import type { StepFunction } from '../../../shared/step.js';

/** Delivers its result, then dies in its exit handlers as libtensorflow may. With `params.before` it writes to stderr and dies first. */
const crashAtExit: StepFunction = ({ params }) => {
  if (params['before']) {
    process.stderr.write('terminate called: the foreign library gave up\n');
    process.exit(7);
  }
  process.on('exit', () => process.kill(process.pid, 'SIGSEGV'));
  return { outputs: { x: { bytes: Uint8Array.of(1), mediaType: 'application/octet-stream' } }, summary: {} };
};
export default crashAtExit;
