import type { ModelInput } from '../../ml/data/assemble-input.js';
import { inputColumns } from '../../ml/features/input-columns.js';
import type { Classifier } from '../../ml/models/model.js';
import type { JsonObject } from '../../shared/json.js';

type ColumnGains = readonly (readonly [number, number])[];

/** A model's details, with names for the columns of `importance` and `classImportance`, which a model knows by number. */
export function nameColumns({ columns, details }: Pick<Classifier, 'columns' | 'details'>, input: ModelInput): JsonObject {
  const { importance, classImportance } = details;
  if (!Array.isArray(importance) && !Array.isArray(classImportance)) return details;
  const names = inputColumns(input, columns);
  const named = (gains: ColumnGains): [string, number][] => gains.map(([column, gain]) => [names[column] ?? `${column}`, gain]);
  return {
    ...details,
    ...(Array.isArray(importance) && { importance: named(importance as unknown as ColumnGains) }),
    ...(Array.isArray(classImportance) && { classImportance: (classImportance as unknown as ColumnGains[]).map(named) }),
  };
}
