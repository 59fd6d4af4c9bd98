import { join } from 'node:path';
import type { Command } from 'commander';
import prettyBytes from 'pretty-bytes';
import { InvalidConfigError } from '../../shared/errors.js';
import { CALIBRATED_FORMATS, EXPORT_FORMATS } from '../../shared/export-formats.js';
import type { ModelResult, RunResult } from '../../shared/run.js';
import { globalOptions } from '../global-options.js';
import { noSuchModel } from '../no-such-model.js';
import type { WithRecordedRuns } from '../recorded-runs.js';
import { withClient } from '../with-client.js';

interface ExportOptions {
  readonly model?: string;
  readonly format: readonly string[];
  readonly out: string;
  readonly licence: string;
  readonly calibration: string;
}

/** `digitloom export [run]`: a trained model as files that other runtimes read. */
export function registerExport(program: Command, withRuns: WithRecordedRuns = withClient): void {
  program
    .command('export')
    .description('write a trained model as files that other runtimes read: ONNX, TFLite, plain C, safetensors, a TensorFlow.js web model')
    .argument('[run]', 'the run\'s id (default: the newest finished run)')
    .option('--model <name>', 'the model (default: the run\'s cnn, else its first model)')
    .option('--format <names>', `some of ${EXPORT_FORMATS.join(', ')}`, (list) => list.split(',').map((name) => name.trim()), ['onnx'])
    .option('--out <folder>', 'where the files go', 'exported')
    .option('--licence <name>', 'what the files say of the model\'s licence, e.g. Apache-2.0', 'not stated')
    .option('--calibration <images>', 'training images that fix the ranges of activations in int8 (onnx-int8, tflite-int8, tflite-int8-weights4)', '200')
    .addHelpText('after', '\nExamples:\n  $ digitloom export --format onnx,tflite\n  $ digitloom export --model tiny-cnn --format c-int8 --out firmware\n  $ digitloom export --model random-forest')
    .action(async (given: string | undefined, { model: wanted, format, out, licence, calibration: images }: ExportOptions, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const { exportFiles, exportFormat, saveFiles } = await import('../../activities/export-files.js'); // not loaded by the other verbs
      const { calibrationOfRun } = await import('../../activities/calibration-of-run.js');
      const formats = format.map(exportFormat);
      const count = Number(images);
      if (!Number.isInteger(count) || count < 1) throw new InvalidConfigError(`--calibration is "${images}", expected a whole number of images from 1.`);
      await withRuns(stateDir, async (runs) => {
        const runId = given ?? (await runs.latestRun());
        const result = await runs.recordedResult(runId);
        const model = modelNamed(result, wanted);
        const calibration = formats.some((one) => CALIBRATED_FORMATS.includes(one)) ? await calibrationOfRun(runs.store, runId, count) : undefined;
        // All formats are made before the first file is written: one that is refused leaves nothing behind.
        const files = Object.assign({}, ...await Promise.all(formats.map((one) => exportFiles(runs.store, model, one, { licence, models: result.models, ...(calibration && { calibration }) })))) as Record<string, Uint8Array>;
        await saveFiles(out, files);
        if (json) return console.log(JSON.stringify({ runId, model: model.name, formats, files: Object.entries(files).map(([name, { length }]) => ({ path: join(out, name), bytes: length })) }));
        for (const [name, { length }] of Object.entries(files)) console.log(`${join(out, name)}  ${prettyBytes(length)}`);
      });
    });
}

function modelNamed({ runId, models }: RunResult, wanted: string | undefined): ModelResult {
  const found = wanted === undefined ? (models.find(({ kind }) => kind === 'cnn') ?? models[0]) : models.find(({ name }) => name === wanted);
  if (found) return found;
  throw noSuchModel(runId, wanted, models.map(({ name }) => name));
}
