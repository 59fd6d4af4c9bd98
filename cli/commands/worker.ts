import { Argument, type Command } from 'commander';
import { cacheFolder } from '../../infra/provision/cache-folder.js';
import { isProvisioned } from '../../infra/provision/is-provisioned.js';
import { nativePartsFile } from '../../infra/provision/native-parts.js';
import { DEFAULT_STATE_DIR } from '../../infra/stack/default-state-dir.js';
import { workerPart } from '../../infra/stack/worker-part.js';
import { TASK_QUEUES, type TaskQueue } from '../../shared/task-queues.js';
import { addressesOf } from '../with-client.js';

/** `digitloom worker <queue>`: one worker in the foreground, against the environment's servers or the running stack's. */
export function registerWorker(program: Command): void {
  program
    .command('worker')
    .description('run one worker in the foreground until Ctrl-C')
    .addArgument(new Argument('<queue>', 'the task queue that it serves').choices(Object.values(TASK_QUEUES)))
    .option('--bucket <name>', 'the bucket of the artifact store')
    .addHelpText('after', '\nExamples:\n  $ digitloom worker cpu\n  $ TEMPORAL_ADDRESS=temporal:7233 AWS_ENDPOINT_URL_S3=http://s3:7070 digitloom worker train-gpu')
    .action(async (queue: TaskQueue, _options: object, command: Command) => {
      const { stateDir = DEFAULT_STATE_DIR, bucket } = command.optsWithGlobals<{ stateDir?: string; bucket?: string }>();
      const found = addressesOf(stateDir);
      if (queue === TASK_QUEUES.trainGpu && !isProvisioned(['--gpu'])) await provisionGpu();
      const { program: node, args, env } = workerPart(queue, bucket === undefined ? found : { ...found, bucket }, nativePartsFile(cacheFolder()), '');
      process.exitCode = await runInForeground(node, args, env);
    });
}

async function provisionGpu(): Promise<void> {
  const { createProgress } = await import('../../infra/provision/progress.js');
  const { provision } = await import('../../infra/provision/provision.js');
  const progress = createProgress();
  try {
    await provision(['tensorflowGpu'], cacheFolder(), progress);
  } finally {
    progress.stop();
  }
}

/** Ctrl-C reaches the worker through the terminal; a SIGTERM to this process is passed on. Resolves with its exit code. */
async function runInForeground(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const { execa } = await import('execa');
  const worker = execa(program, args, { env, extendEnv: false, stdio: 'inherit', reject: false });
  const wait = (): void => undefined;
  const pass = (): void => void worker.kill('SIGTERM');
  process.on('SIGINT', wait);
  process.on('SIGTERM', pass);
  const { exitCode } = await worker;
  process.off('SIGINT', wait);
  process.off('SIGTERM', pass);
  return exitCode ?? 1;
}
