import { join } from 'node:path';
import type { Command } from 'commander';
import { imagesOfFile } from '../../activities/images-of-file.js';
import type { DigitImages } from '../../activities/images-of-file.js';
import type { predictImages as PredictImages, PredictingModel } from '../../activities/predict-images.js';
import { loadSteps } from '../../activities/step-catalogue.js';
import type { DigitloomClient } from '../../client/digitloom-client.js';
import { cacheFolder } from '../../infra/provision/cache-folder.js';
import { readNativeParts } from '../../infra/provision/native-parts.js';
import { nativePathsOf } from '../../infra/provision/native-paths.js';
import { inheritedVariables } from '../../infra/stack/inherited-variables.js';
import { answeringModel } from '../answering-model.js';
import { globalOptions } from '../global-options.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { imageFileAt } from '../image-file.js';
import { isRejected, predictionLine } from '../prediction-line.js';
import type { Answer, AnswerOptions } from '../prediction-line.js';
import { artifactFolder, withClient } from '../with-client.js';

type Probabilities = Awaited<ReturnType<typeof PredictImages>>;

interface Prediction extends Answer {
  readonly file: string;
  readonly image: number;
  /** Present where an option says when to reject. */
  readonly rejected?: boolean;
}

interface PredictOptions {
  readonly run?: string;
  readonly model?: string;
  readonly uncalibrated?: true;
  readonly rejectBelow?: string;
  readonly risk?: string;
  readonly alpha?: string;
}

/** `digitloom predict <file...>`: classes and probabilities of images of any size and polarity. */
export function registerPredict(program: Command): void {
  program
    .command('predict')
    .description('say which digits images show: PNG, NPY, NPZ or IDX, of any size, dark on bright or bright on dark')
    .argument('<file...>', 'files with images')
    .option('--run <run>', 'the run whose model answers (default: the newest finished run)')
    .option('--model <name>', 'the model that answers (default: the run\'s ensemble, else its cnn, else its first model)')
    .option('--uncalibrated', 'the model\'s own probabilities, neither calibrated nor widened to sets')
    .option('--reject-below <probability>', 'reject answers that are less sure than this')
    .option('--risk <rate>', 'reject answers that are too unsure for this rate of wrong ones, e.g. 0.001')
    .option('--alpha <share>', 'show the set of digits that lacks the true one in this share of cases (default: 0.01)')
    .addHelpText('after', '\nExamples:\n  $ digitloom predict seven.png\n  $ digitloom predict t10k-images-idx3-ubyte.gz --model cnn-int8 --json\n  $ digitloom predict letter.png --risk 0.001 --alpha 0.005')
    .action(async (files: readonly string[], options: PredictOptions, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const when = answerOptions(options);
      const images = await Promise.all(files.map(imagesAt));
      await withClient(stateDir, async (client) => {
        const runId = options.run ?? (await client.latestRun());
        const { name, predicting, calibration } = answeringModel(await client.recordedResult(runId), options.model);
        const proba = await predict(client, predicting, images);
        const believed = options.uncalibrated ? undefined : calibration;
        const answers = believed ? await believable(client, name, believed, proba) : ownAnswers(proba);
        const predictions = placed(files, images, answers).map((prediction): Prediction => {
          const rejected = isRejected(prediction, when);
          return { ...prediction, ...(rejected !== undefined && { rejected }) };
        });
        if (json) return console.log(JSON.stringify({ runId, model: name, calibrated: believed !== undefined, predictions }));
        const lines = predictions.map((prediction) => `${placeOf(prediction, files, images)}: ${predictionLine(prediction, when)}`);
        process.stderr.write(`Answered by ${name} of ${runId}${believed ? '' : ', with its own probabilities'}:\n`);
        for (const line of lines) console.log(line);
      });
    });
}

function answerOptions({ rejectBelow, risk, alpha }: PredictOptions): AnswerOptions {
  const share = (option: string, text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value >= 0 && value <= 1) return value;
    throw new InvalidConfigError(`${option} is "${text}", expected a number from 0 to 1.`);
  };
  return {
    ...(rejectBelow !== undefined && { rejectBelow: share('--reject-below', rejectBelow) }),
    ...(risk !== undefined && { risk: share('--risk', risk) }),
    ...(alpha !== undefined && { alpha: share('--alpha', alpha) }),
  };
}

async function imagesAt(path: string): Promise<DigitImages> {
  const { name, bytes } = await imageFileAt(path);
  return imagesOfFile(bytes, name);
}

async function predict(client: DigitloomClient, predicting: PredictingModel, images: readonly DigitImages[]): Promise<Probabilities> {
  const { predictImages } = await import('../../activities/predict-images.js'); // not loaded by the other verbs
  const parts = readNativeParts(cacheFolder());
  const { versions = {} } = parts ?? {};
  const paths = nativePathsOf(parts);
  const log = (facts: object, message: string): void => void process.stderr.write(`${message} ${JSON.stringify(facts)}\n`);
  const deps = {
    store: client.store, steps: await loadSteps(), native: { paths, versions },
    stagingFolder: join(artifactFolder(), 'staging'), childEnvironment: inheritedVariables(), log: { info: () => undefined, warn: log },
  };
  const pixels = Buffer.concat(images.map((one) => one.pixels));
  return predictImages(deps, predicting, new Uint8Array(pixels));
}

async function believable(client: DigitloomClient, name: string, calibration: ArtifactRef, proba: Probabilities): Promise<Answer[]> {
  const { calibratedAnswers } = await import('../../activities/calibrated-answers.js'); // not loaded by the other verbs
  return calibratedAnswers(client.store, name, calibration, proba);
}

function ownAnswers({ rows, columns, data }: Probabilities): Answer[] {
  return Array.from({ length: rows }, (_, row) => {
    const probabilities = [...data.subarray(row * columns, (row + 1) * columns)];
    return { digit: probabilities.indexOf(Math.max(...probabilities)), probabilities };
  });
}

/** Answers with the file and the image in it. */
function placed(files: readonly string[], images: readonly DigitImages[], answers: readonly Answer[]): Prediction[] {
  const places = images.flatMap(({ rows }, f) => Array.from({ length: rows }, (_, image) => ({ file: files[f] ?? '', image })));
  return answers.flatMap((answer, i) => {
    const place = places[i];
    return place ? [{ ...place, ...answer }] : [];
  });
}

function placeOf({ file, image }: Prediction, files: readonly string[], images: readonly DigitImages[]): string {
  return (images[files.indexOf(file)]?.rows ?? 1) > 1 ? `${file}[${image}]` : file;
}
