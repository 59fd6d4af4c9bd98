import { parseArgs } from 'node:util';
import { DEFAULT_STATE_DIR } from './default-state-dir.js';
import { startStack } from './start-stack.js';

/*
 * The detached supervisor behind `digitloom up`: node dist/infra/stack/supervisor.js --state-dir DIR [--no-workers]
 * It ends on SIGTERM, with everything it started.
 */
const { values } = parseArgs({
  options: {
    'state-dir': { type: 'string', default: DEFAULT_STATE_DIR },
    'no-workers': { type: 'boolean', default: false },
  },
});
const log = (line: string): void => console.log(`${new Date().toISOString()} ${line}`);
const stopRequested = new Promise<string>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
});

const stack = await startStack({ stateDir: values['state-dir'], workers: !values['no-workers'], log });
if (stack.reused) {
  log('A stack already runs here.');
} else {
  log(`Ready: Temporal ${stack.addresses.temporal}, S3 ${stack.addresses.s3 ?? 'AWS'}`);
  const keepAlive = setInterval(() => undefined, 2 ** 30);
  log(`${await stopRequested}: stopping`);
  clearInterval(keepAlive);
  await stack.stop();
  log('Stopped');
}
