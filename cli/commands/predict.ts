import { join } from 'node:path';
import type { Command } from 'commander';
import { imagesOfFile } from '../../activities/images-of-file.js';
import type { DigitImages } from '../../activities/images-of-file.js';
import type { PredictingModel } from '../../activities/predict-images.js';
import { loadSteps } from '../../activities/step-catalogue.js';
import type { DigitloomClient } from '../../client/digitloom-client.js';
import { cacheFolder } from '../../infra/provision/cache-folder.js';
import { readNativeParts } from '../../infra/provision/native-parts.js';
import { inheritedVariables } from '../../infra/stack/inherited-variables.js';
import { answeringModel } from '../answering-model.js';
import { globalOptions } from '../global-options.js';
import { imageFileAt } from '../image-file.js';
import { artifactFolder, withClient } from '../with-client.js';

interface Prediction {
  readonly file: string;
  readonly image: number;
  readonly digit: number;
  readonly probabilities: readonly number[];
}

/** `digitloom predict <file...>`: classes and probabilities of images of any size and polarity. */
export function registerPredict(program: Command): void {
  program
    .command('predict')
    .description('say which digits images show: PNG, NPY, NPZ or IDX, of any size, dark on bright or bright on dark')
    .argument('<file...>', 'files with images')
    .option('--run <run>', 'the run whose model answers (default: the newest finished run)')
    .option('--model <name>', 'the model that answers (default: the run\'s ensemble, else its cnn, else its first model)')
    .addHelpText('after', '\nExamples:\n  $ digitloom predict seven.png\n  $ digitloom predict t10k-images-idx3-ubyte.gz --model cnn-int8 --json')
    .action(async (files: readonly string[], options: { run?: string; model?: string }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const images = await Promise.all(files.map(imagesAt));
      await withClient(stateDir, async (client) => {
        const runId = options.run ?? (await client.latestRun());
        const { name, predicting } = answeringModel(await client.recordedResult(runId), options.model);
        const predictions = await predict(client, predicting, files, images);
        if (json) return console.log(JSON.stringify({ runId, model: name, predictions }));
        process.stderr.write(`Answered by ${name} of ${runId}:\n`);
        for (const { file, image, digit, probabilities } of predictions) {
          const of = (images[files.indexOf(file)]?.rows ?? 1) > 1 ? `${file}[${image}]` : file;
          const ranked = probabilities.map((p, d) => ({ p, d })).sort((a, b) => b.p - a.p).slice(0, 3);
          console.log(`${of}: ${digit}  (${ranked.map(({ p, d }) => `${d}: ${(100 * p).toFixed(2)} %`).join(', ')})`);
        }
      });
    });
}

async function imagesAt(path: string): Promise<DigitImages> {
  const { name, bytes } = await imageFileAt(path);
  return imagesOfFile(bytes, name);
}

async function predict(client: DigitloomClient, predicting: PredictingModel, files: readonly string[], images: readonly DigitImages[]): Promise<Prediction[]> {
  const { predictImages } = await import('../../activities/predict-images.js'); // not loaded by the other verbs
  const { tensorflow, xgboost, versions = {} } = readNativeParts(cacheFolder()) ?? {};
  const paths = { ...(tensorflow !== undefined && { tensorflow }), ...(xgboost !== undefined && { xgboost }) };
  const log = (facts: object, message: string): void => void process.stderr.write(`${message} ${JSON.stringify(facts)}\n`);
  const deps = {
    store: client.store, steps: await loadSteps(), native: { paths, versions },
    stagingFolder: join(artifactFolder(), 'staging'), childEnvironment: inheritedVariables(), log: { info: () => undefined, warn: log },
  };
  const pixels = Buffer.concat(images.map((one) => one.pixels));
  const { columns, data } = await predictImages(deps, predicting, new Uint8Array(pixels));
  let row = 0;
  return images.flatMap(({ rows }, f) => Array.from({ length: rows }, (_, image) => {
    const probabilities = [...data.subarray(row * columns, ++row * columns)];
    return { file: files[f] ?? '', image, digit: probabilities.indexOf(Math.max(...probabilities)), probabilities };
  }));
}
