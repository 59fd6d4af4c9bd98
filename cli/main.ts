import { Command, CommanderError } from 'commander';
import { registerArtifacts } from './commands/artifacts.js';
import { registerCancel } from './commands/cancel.js';
import { registerCurves } from './commands/curves.js';
import { registerDoctor } from './commands/doctor.js';
import { registerDown } from './commands/down.js';
import { registerExport } from './commands/export.js';
import { registerExplainCache } from './commands/explain-cache.js';
import { registerFeatures } from './commands/features.js';
import { registerPredict } from './commands/predict.js';
import { registerReport } from './commands/report.js';
import { registerRun } from './commands/run.js';
import { registerSchedule } from './commands/schedule.js';
import { registerSearch } from './commands/search.js';
import { registerStart } from './commands/start.js';
import { registerStatus } from './commands/status.js';
import { registerUp } from './commands/up.js';
import { registerVerify } from './commands/verify.js';
import { registerWorker } from './commands/worker.js';
import { EXIT, exitCodeOf } from './exit-codes.js';

// Its notice about Node versions is for those who maintain Digitloom, not for those who use it.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/* The command line. Every error becomes one clear message and an exit code; --verbose adds the stack trace. */
const program = new Command('digitloom')
  .description('The handwritten-digit machine-learning pipeline: durable runs, content-addressed artifacts, measured models.')
  .option('--json', 'write machine-readable JSON to stdout and nothing else there')
  .option('--state-dir <dir>', 'folder of the local stack (default: .digitloom in the project)')
  .option('--verbose', 'show stack traces')
  .exitOverride()
  .showSuggestionAfterError()
  .addHelpText('after', `
Examples:
  $ npm start                          everything: stack, run, report
  $ digitloom up && digitloom run --preset smoke
  $ digitloom predict seven.png

Exit codes:
  ${EXIT.ok}  done
  ${EXIT.failed}  the run failed, or an error that is none of the others
  ${EXIT.usage}  the command line, the settings or the data cannot be used
  ${EXIT.cancelled}  the run was cancelled
  ${EXIT.noStack}  no stack is running, it is another's, or its servers do not answer
  ${EXIT.unverified}  verify: a runtime that should judge is not installed or does not work

Servers are found in TEMPORAL_ADDRESS and AWS_ENDPOINT_URL_S3 where they are set, else in the local stack's state file.`);

for (const register of [
  registerStart, registerRun, registerStatus, registerReport, registerPredict, registerFeatures, registerCancel, registerSchedule, registerSearch, registerExplainCache,
  registerArtifacts, registerExport, registerVerify, registerCurves, registerUp, registerDown, registerDoctor, registerWorker,
]) register(program);
for (const command of program.commands) acceptGlobals(command);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else fail(error);
}

/** Global options may stand after the command as well. */
function acceptGlobals(command: Command): void {
  for (const option of program.options) if (!command.options.some(({ long }) => long === option.long)) command.addOption(option);
  for (const inner of command.commands) acceptGlobals(inner);
}

function fail(error: unknown): void {
  const [json, verbose] = ['--json', '--verbose'].map((flag) => process.argv.includes(flag)); // they may stand anywhere
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (json) process.stdout.write(`${JSON.stringify({ error: { type: name, message } })}\n`);
  process.stderr.write(`${verbose ? (stack ?? message) : message}\n`);
  process.exitCode = exitCodeOf(error);
}
