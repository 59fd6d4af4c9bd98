import type { ReportedRun } from '../../shared/contracts/steps.js';
import type { JsonObject } from '../../shared/json.js';
import type { Evaluation } from '../../shared/metrics.js';
import type { ModelResult } from '../../shared/run.js';
import type { Finding } from './finding.js';
import type { ReportedImage } from './reported-image.js';

/** The part of a run's result that a report shows: nothing in it changes when the same run is answered from the store. */
export interface ReportedResult extends ReportedRun {
  readonly models: readonly Omit<ModelResult, 'cached' | 'artifacts'>[];
}

/** Sizes of the data set; what is unknown is left out of the text. */
export interface ReportedDataset {
  readonly trainRows?: number;
  readonly validationRows?: number;
  readonly testRows?: number;
  readonly width?: number;
  readonly height?: number;
}

/** All that a report is made of. */
export interface ReportContent {
  readonly result: ReportedResult;
  readonly evaluation: Evaluation;
  /** Each model's fit summary (accuracy on the validation split, curves, importance), by the model's name. */
  readonly fits: Readonly<Record<string, JsonObject>>;
  readonly dataset: ReportedDataset;
  /** What was found of the data. */
  readonly findings: readonly Finding[];
  /** The test image in a row, or undefined where the images were not given. */
  imageAt(row: number): ReportedImage | undefined;
}
