import { InvalidConfigError } from '../../../../shared/errors.js';
import type { EnsembleGraph } from './ensemble.js';
import type { RowGraph } from './row-graph.js';

/**
 * An ensemble and its bases as one graph, where all bases take the same rows.
 * @param bases by the names under which the ensemble knows them.
 * @throws InvalidConfigError, naming it, for a base that is missing or takes rows of another width.
 */
export function joinedGraph(ensemble: EnsembleGraph, bases: Readonly<Record<string, RowGraph>>): RowGraph {
  const graphs = ensemble.names.map((name) => {
    const graph = bases[name];
    if (!graph) throw new InvalidConfigError(`ONNX: the ensemble's base ${name} is missing; its bases are ${ensemble.names.join(', ')}.`);
    return { name, graph };
  });
  const [{ graph: { columns } }] = graphs;
  const other = graphs.find(({ graph }) => graph.columns !== columns);
  if (other) {
    throw new InvalidConfigError(`ONNX: ${other.name} takes ${other.graph.columns} columns but ${graphs[0].name} ${columns}; only bases of the same input join in one file. Export the ensemble by itself.`);
  }
  return {
    columns,
    write: (to, features) => ensemble.write(to, to.op('Concat', graphs.map(({ graph }) => graph.write(to, features)), { attributes: { axis: { i: 1 } } })),
  };
}
