import type { PixelAugmentation } from './augmentation.js';

/**
 * Thicker or thinner strokes: t is drawn evenly from [-amount, amount]; above zero each pixel goes the part t of the way to
 * the brightest of itself and its four neighbours (dilation), below zero the part -t to the darkest (erosion).
 *
 * At 1 a whole pixel comes off both sides of a stroke. Grey morphology goes no further in one step; thin strokes, two pixels
 * wide, would vanish in a second, so a document with two such steps is up to its author.
 */
export const morphology: PixelAugmentation<'amount'> = {
  kind: 'morphology',
  stage: 'pixels',
  parameters: {
    amount: { default: 0.6, safe: [0, 0.8], possible: [0, 1], because: 'a whole pixel off both sides leaves nothing of a thin stroke' },
  },
  identity: { amount: 0 },

  prepare({ amount }, side) {
    const before = new Uint8Array(side * side);
    return (random, pixels) => {
      const part = random.within(amount);
      const [sign, share] = part < 0 ? [-1, -part] : [1, part];
      before.set(pixels);
      for (let y = 0, i = 0; y < side; y++) {
        const up = y === 0 ? 0 : -side;
        const down = y === side - 1 ? 0 : side;
        for (let x = 0; x < side; x++, i++) {
          const value = before[i] * sign;
          let best = value;
          const above = before[i + up] * sign;
          if (above > best) best = above;
          const below = before[i + down] * sign;
          if (below > best) best = below;
          const left = x === 0 ? value : before[i - 1] * sign;
          if (left > best) best = left;
          const right = x === side - 1 ? value : before[i + 1] * sign;
          if (right > best) best = right;
          pixels[i] = Math.round((value + share * (best - value)) * sign);
        }
      }
    };
  },
};
