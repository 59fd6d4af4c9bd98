import type { CompressionSearchConfig, VariantConfig } from './compression.js';

/** A plan of a search by the name that its variant has. */
export interface NamedPlan {
  readonly name: string;
  readonly plan: VariantConfig;
}

type Axis = keyof CompressionSearchConfig['grid'];

/** How each axis is written in a name, and what value leaves its stage out. */
const AXES: Readonly<Record<Axis, { readonly letter: string; readonly off: number; readonly shown: (value: number) => string }>> = {
  keep: { letter: 'k', off: 1, shown: hundredths }, sparsity: { letter: 's', off: 0, shown: hundredths },
  clusters: { letter: 'c', off: 0, shown: String }, weights: { letter: 'w', off: 32, shown: String },
};

/**
 * The plans of a search, in the order of its axes, the last one varied fastest; of more than the budget so many, evenly spread. What
 * would do nothing is left out. Names: `<of>-k50-s80-c16-w4`.
 */
export function variantGrid(search: CompressionSearchConfig): NamedPlan[] {
  const all = cells(search).map((cell) => planOf(search, cell)).filter(({ name }) => name !== search.of);
  const count = Math.min(search.budget, all.length);
  return Array.from({ length: count }, (_, i) => all[count === 1 ? 0 : Math.round((i * (all.length - 1)) / (count - 1))] as NamedPlan);
}

type Cell = Readonly<Partial<Record<Axis, number>>>;

function cells({ grid }: CompressionSearchConfig): Cell[] {
  return (Object.keys(AXES) as Axis[]).reduce<Cell[]>((made, axis) => {
    const values = grid[axis] ?? [];
    return values.length === 0 ? made : made.flatMap((cell) => values.map((value) => (value === AXES[axis].off ? cell : { ...cell, [axis]: value })));
  }, [{}]);
}

function planOf({ of, epochs, distil, recipe }: CompressionSearchConfig, cell: Cell): NamedPlan {
  const { keep, sparsity, clusters, weights } = cell;
  const name = [of, ...(Object.keys(AXES) as Axis[]).flatMap((axis) => (cell[axis] === undefined ? [] : [`${AXES[axis].letter}${AXES[axis].shown(cell[axis])}`]))].join('-');
  const plan: VariantConfig = {
    of, epochs: epochs.full,
    ...(keep !== undefined && { channels: { keep } }), ...(sparsity !== undefined && { prune: { sparsity } }), ...(clusters !== undefined && { cluster: { clusters } }),
    ...(weights !== undefined && { quantize: { weights, activations: 8 } }), ...(distil && { distil }), ...(recipe && { recipe }),
  };
  return { name, plan };
}

function hundredths(value: number): string {
  return String(Number((100 * value).toFixed(2))).replace('.', 'p');
}
