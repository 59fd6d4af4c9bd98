/** Problems of a channel attention's ratio: each block's last map must have at least that many channels. */
export function ratioProblems({ filters, ratio }: { readonly filters: readonly (readonly number[])[]; readonly ratio: number }): string[] {
  const least = Array.isArray(filters) ? Math.min(...filters.map((block) => block.at(-1) ?? 0)) : 0;
  return Number.isInteger(ratio) && ratio >= 1 && ratio <= least ? [] : [`ratio is ${ratio}: expected a whole number from 1 to ${least}, the fewest channels of a block`];
}
