import { assembleInput } from '../../ml/data/assemble-input.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { evenlySpacedRows } from '../../ml/data/evenly-spaced-rows.js';
import { joinColumns } from '../../ml/data/join-columns.js';
import { decodeNpy } from '../../ml/data/npy.js';
import { takeMatrixRows } from '../../ml/data/take-matrix-rows.js';
import { inputColumns } from '../../ml/features/input-columns.js';
import { rowsBetween } from '../../ml/matrix.js';
import type { Matrix } from '../../ml/matrix.js';
import { columnRange } from '../../ml/reductions/column-range.js';
import { loadedTensorFlow } from '../../ml/reductions/loaded-tensorflow.js';
import { plainAlgebra } from '../../ml/reductions/plain-algebra.js';
import { anovaF } from '../../ml/selection/anova-f.js';
import { correlationMatrix } from '../../ml/selection/correlation-matrix.js';
import { describeSelection } from '../../ml/selection/describe-selection.js';
import { mutualInformation } from '../../ml/selection/mutual-information.js';
import type { SelectionRanking } from '../../shared/analysis/feature-selection.js';
import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

interface SelectFeaturesParams {
  readonly families: readonly string[];
  readonly validationRows: number;
  /** Columns to choose, at most. */
  readonly count: number;
  /** Of equal frequency, for the mutual information. */
  readonly bins: number;
  /** A column correlated more than this with one chosen before is passed over. */
  readonly maxCorrelation: number;
  /** @default combined */
  readonly ranking?: SelectionRanking;
}

const CORRELATION_ROWS = 10_000;
/** So many are done before TensorFlow is loaded. */
const PLAIN_PRODUCTS = 4e8;
const RANKINGS = ['mutualInformation', 'importance', 'combined'];

/**
 * Chooses columns of the feature families by what they say of the class, on the training rows before the validation rows. Inputs: `x:<family>`,
 * `labels`, and at will `importance` (.npy float, one number a column of the families joined): without it, the ANOVA's F is the importance.
 * Output: `selection` (JSON, `FeatureSelection`). One family is in memory at a time.
 */
const selectFeatures: StepFunction<SelectFeaturesParams> = async ({ params, inputs }, hooks) => {
  const ranking = params.ranking ?? 'combined';
  if (!RANKINGS.includes(ranking)) throw new InvalidConfigError(`select-features: ranking is ${String(ranking)}; expected one of ${RANKINGS.join(', ')}.`);
  if (params.families.length === 0) throw new InvalidConfigError('select-features: no families were named; expected at least one.');
  const working = (fraction: number, note: string) => (): void => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction, note });
  };
  const parts = params.families.map((family, index) =>
    measureFamily(assembleInput([family], inputs), decodeLabels(inputs['labels']?.[0]), params, family, working((0.8 * index) / params.families.length, family)));
  const families = parts.map(({ family, sample: { columns } }): [string, string[]] => [family, inputColumns([family], columns)]);
  const information = joined(parts.map((part) => part.information));
  const sample = joinColumns(params.families, parts.map((part) => part.sample));
  const given = inputs['importance']?.[0];
  const algebra = sample.rows * sample.columns ** 2 <= PLAIN_PRODUCTS ? plainAlgebra : (await loadedTensorFlow()).algebra;
  const selection = describeSelection(
    {
      rows: parts[0]?.rows ?? 0, families, mutualInformation: information,
      importance: given ? importanceFrom(given, sample.columns) : joined(parts.map((part) => part.f)),
      importanceOf: given ? 'given' : 'anova-f',
      correlations: correlationMatrix(sample, algebra, working(0.8, 'correlations')),
      correlationRows: sample.rows,
      constant: joined(parts.map((part) => part.reach)).reduce<number[]>((constant, reach, column) => (reach === 0 ? [...constant, column] : constant), []),
    },
    { ranking, count: params.count, bins: params.bins, maxCorrelation: params.maxCorrelation },
  );
  working(1, 'done')();
  return {
    outputs: { selection: jsonArtifact(selection) },
    summary: {
      columns: sample.columns,
      chosen: selection.chosen.length,
      constant: selection.constantColumns.length,
      passedOver: selection.passedOverTotal,
      best: selection.chosen.slice(0, 5),
    },
  };
};

export default selectFeatures;

interface FamilyMeasures {
  readonly family: string;
  readonly rows: number;
  readonly information: Float64Array;
  readonly f: Float64Array;
  readonly reach: Float64Array;
  readonly sample: Matrix<Float32Array>;
}

function measureFamily(x: Matrix, labels: Uint8Array, params: SelectFeaturesParams, family: string, working: () => void): FamilyMeasures {
  const border = x.rows - params.validationRows;
  if (labels.length !== x.rows) throw new InvalidDataError(`${labels.length} labels for ${x.rows} rows of ${family}: expected one label a row.`);
  if (!(params.validationRows >= 0 && border >= 2)) {
    throw new InvalidConfigError(`select-features: ${params.validationRows} validation rows of ${x.rows}; expected at least two rows before them.`);
  }
  const train = rowsBetween(x, 0, border) as Matrix<Float32Array>;
  working();
  const { reach } = columnRange(train);
  const fitted = labels.subarray(0, border);
  return {
    family, rows: border, reach,
    information: mutualInformation(train, fitted, { bins: params.bins }, working),
    f: anovaF(train, fitted, working),
    sample: takeMatrixRows(train, evenlySpacedRows(train.rows, CORRELATION_ROWS)),
  };
}

function importanceFrom(bytes: Uint8Array, columns: number): Float64Array {
  const { data } = decodeNpy(bytes, 'importance');
  if (!(data instanceof Float32Array || data instanceof Float64Array) || data.length !== columns) {
    throw new InvalidDataError(`importance: ${data.length} numbers (${data.constructor.name}) for ${columns} columns; expected one float a column.`);
  }
  return Float64Array.from(data);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => Array.from(part)));
}
