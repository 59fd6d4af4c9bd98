/** The channels of a layer's output that are left, by their old numbers: of a map, or of each place of a flattened one. */
export interface KeptChannels {
  readonly kept: readonly number[];
  /** How many there were. */
  readonly of: number;
}

/** The old numbers of what is left along an axis of so many entries, whose fastest part is the channels. */
export function keptEntries(channels: KeptChannels | undefined, entries: number): readonly number[] | undefined {
  if (!channels) return undefined;
  const { kept, of } = channels;
  return Array.from({ length: entries / of }, (_, position) => kept.map((channel) => position * of + channel)).flat();
}
