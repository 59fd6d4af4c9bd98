import { join } from 'node:path';
import type { Command } from 'commander';
import type { Verification } from '../../activities/verification/verification.js';
import { cacheFolder } from '../../infra/provision/cache-folder.js';
import { readNativeParts } from '../../infra/provision/native-parts.js';
import { nativePathsOf } from '../../infra/provision/native-paths.js';
import { InvalidConfigError } from '../../shared/errors.js';
import type { ModelResult, RunResult } from '../../shared/run.js';
import { EXIT } from '../exit-codes.js';
import { globalOptions } from '../global-options.js';
import { noSuchModel } from '../no-such-model.js';
import type { WithRecordedRuns } from '../recorded-runs.js';
import { verificationTable } from '../results/verification-table.js';
import { artifactFolder, withClient } from '../with-client.js';

interface VerifyOptions {
  readonly model?: readonly string[];
  readonly format?: readonly string[];
}

const list = (text: string): string[] => text.split(',').map((name) => name.trim());

/** `digitloom verify [run]`: the files of a run's models, judged by the official runtimes of their formats. */
export function registerVerify(program: Command, withRuns: WithRecordedRuns = withClient): void {
  program
    .command('verify')
    .description('have the official runtimes (LiteRT, ONNX Runtime, the C compiler ...) answer the test images from exported files, and compare')
    .argument('[run]', 'the run\'s id (default: the newest finished run)')
    .option('--model <names>', 'only these, separated by commas (default: every model that has files)', list)
    .option('--format <names>', 'only these, separated by commas (default: every format that a model can be written in)', list)
    .addHelpText('after', `
Examples:
  $ digitloom verify
  $ digitloom verify --model cnn,random-forest --format onnx --json

Exit codes: ${EXIT.ok} where every file agrees, ${EXIT.failed} where one disagrees, ${EXIT.unverified} where none does but a runtime is not installed or does not work, ${EXIT.usage} where
there is no file to judge. A format that cannot hold a model is no fault while there are other files.`)
    .action(async (given: string | undefined, options: VerifyOptions, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const { isVerifiable, verifyModels } = await import('../../activities/verification/verify-model.js'); // not loaded by the other verbs
      const { exportFormat } = await import('../../activities/export-files.js');
      const formats = options.format?.map(exportFormat);
      await withRuns(stateDir, async (runs) => {
        const runId = given ?? (await runs.latestRun());
        const result = await runs.recordedResult(runId);
        const named = modelsNamed(result, isVerifiable, options.model);
        const parts = readNativeParts(cacheFolder());
        const { python, pythonTensorflow } = parts ?? {};
        const deps = { store: runs.store, runId, exports: result.exports, stagingFolder: join(artifactFolder(), 'staging'), native: nativePathsOf(parts), python: [python, pythonTensorflow].filter((folder) => folder !== undefined) };
        const found: Verification[] = [];
        for await (const one of verifyModels(deps, { models: result.models, named }, formats)) {
          found.push(one);
          if (!json) process.stderr.write(`${one.model}, ${one.format}: ${one.verdict}\n`);
        }
        if (found.every(({ verdict }) => verdict === 'not-written')) throw nothingToVerify(runId, found);
        console.log(json ? JSON.stringify({ runId, files: found }) : `Run ${runId}\n${verificationTable(found)}`);
        process.exitCode = exitCode(found);
      });
    });
}

function modelsNamed({ runId, models }: RunResult, isVerifiable: (model: ModelResult) => boolean, wanted: readonly string[] | undefined): ModelResult[] {
  const able = models.filter(isVerifiable);
  const unknown = wanted?.find((name) => !able.some((model) => model.name === name));
  if (unknown !== undefined || able.length === 0) throw noSuchModel(runId, unknown, able.map(({ name }) => name), ' with files of its own');
  return wanted ? able.filter(({ name }) => wanted.includes(name)) : able;
}

function nothingToVerify(runId: string, found: readonly Verification[]): InvalidConfigError {
  const reasons = found.map(({ model, format, reason }) => `\n  ${model}, ${format}: ${reason}`);
  return new InvalidConfigError(`Nothing of run ${runId} was verified, since there is no such file. Name other models or formats.${reasons.join('')}`);
}

function exitCode(found: readonly Verification[]): number {
  if (found.some(({ verdict }) => verdict === 'disagrees')) return EXIT.failed;
  return found.some(({ verdict }) => verdict === 'not-verified') ? EXIT.unverified : EXIT.ok;
}
