import { dirname } from 'node:path';
import { runInProcess } from '../../activities/bridge/run-in-process.js';
import { processRun } from './process-run.js';

/* A parent to be killed: starts a child that works for ever without letting its event loop turn. It works in the test's folder. */
const says = process.argv[2] ?? '';
await runInProcess(processRun('hang', dirname(says), { says, busy: true }));
