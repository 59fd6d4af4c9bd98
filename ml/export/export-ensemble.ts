import { readEnsemble } from '../ensembles/ensemble-bytes.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { exportMetadata } from './export-metadata.js';
import type { ExportFacts } from './export-metadata.js';
import type { ExportedFiles } from './export-model.js';
import { isJumping } from './jumping-models.js';
import { CLASSICAL_GRAPHS, rowGraphOnnx } from './onnx/classical/classical-onnx.js';
import { ensembleGraph } from './onnx/classical/ensemble.js';
import { joinedGraph } from './onnx/classical/joined.js';
import type { RowGraph } from './onnx/classical/row-graph.js';

/** An ensemble to be exported. */
export interface ExportedEnsemble {
  readonly bytes: Uint8Array;
  readonly facts: ExportFacts;
  /** Its models, to be joined with it in one file; without them the file takes their probabilities. */
  readonly bases?: readonly EnsembleBase[];
}

/** A model of an ensemble, by the name under which the ensemble knows it. */
export interface EnsembleBase {
  readonly name: string;
  readonly kind: string;
  readonly bytes: Uint8Array;
}

/**
 * An ensemble as an ONNX file: from the rows that all its models take, or from their probabilities, ten a model beside each other in the
 * ensemble's order.
 * @throws InvalidModelError when bytes are no such model; InvalidConfigError for a base that is no classical model, is missing, or takes other rows.
 */
export function exportEnsemble({ bytes, facts, bases }: ExportedEnsemble): ExportedFiles {
  const ensemble = ensembleGraph(bytes);
  const graph = bases ? joinedGraph(ensemble, Object.fromEntries(bases.map((base) => [base.name, rowGraph(base)]))) : ensemble;
  return { [`${facts.name}.onnx`]: rowGraphOnnx(facts.name, graph, exportMetadata(facts)) };
}

/** Whether its file may answer otherwise where a tie falls to the other side: by its method, or by a model that is joined with it. */
export function isJumpingEnsemble({ bytes, bases = [] }: ExportedEnsemble): boolean {
  return [readEnsemble(bytes).method, ...bases.map(({ kind }) => kind)].some(isJumping);
}

function rowGraph({ name, kind, bytes }: EnsembleBase): RowGraph {
  const read = CLASSICAL_GRAPHS[kind];
  if (!read) throw new InvalidConfigError(`ONNX: the ensemble's base ${name} is of kind ${kind}; only classical models join in one file. Export the ensemble by itself.`);
  return read(bytes);
}
