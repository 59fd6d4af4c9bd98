const BINS = 4096;

/**
 * A histogram of values whose range is not known beforehand: when a value falls outside, the range doubles and bins are
 * joined in pairs. One pass, constant memory.
 */
export class ValueHistogram {
  min = 0;
  max = 0;
  count = 0;
  /** Bins cover [-reach, reach). */
  reach = 1 / 1024;
  readonly counts = new Float64Array(BINS);

  add(values: Float32Array): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value < this.min) this.min = value;
      if (value > this.max) this.max = value;
      while (value >= this.reach || value < -this.reach) this.double();
      this.counts[Math.floor(((value + this.reach) / (2 * this.reach)) * BINS)]++;
    }
    this.count += values.length;
  }

  /** The middle of a bin. */
  center(bin: number): number {
    return ((bin + 0.5) / BINS) * 2 * this.reach - this.reach;
  }

  /** The value below which the given fraction of all values lies, to a bin's width. */
  quantile(fraction: number): number {
    let seen = 0;
    for (let bin = 0; bin < BINS; bin++) {
      seen += this.counts[bin];
      if (seen >= fraction * this.count) return this.center(bin);
    }
    return this.max;
  }

  private double(): void {
    const joined = new Float64Array(BINS);
    for (let bin = 0; bin < BINS; bin++) joined[BINS / 4 + (bin >> 1)] += this.counts[bin];
    this.counts.set(joined);
    this.reach *= 2;
  }
}
