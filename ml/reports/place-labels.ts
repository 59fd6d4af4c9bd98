/** A dot and the size of the text that names it, in px. */
export interface LabelledDot {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** It is left out where there is no room for it. @default false */
  readonly optional?: boolean;
}

/** Where the middle of a label goes, relative to its dot. */
export interface LabelOffset {
  readonly dx: number;
  readonly dy: number;
}

const LETTER_WIDTH = 6.6; // of 12 px system fonts, on average
const LINE_HEIGHT = 14;
const RADIUS = 6;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Greedy placement of labels around dots: above, below, right, left, then ever further up, the first that meets no dot,
 * no other label and no side of the frame. Dots that come first are served first; an optional one may go without.
 */
export function placeLabels(dots: readonly LabelledDot[], [left, right]: readonly [number, number]): (LabelOffset | undefined)[] {
  const taken: Box[] = dots.map(({ x, y }) => boxAround(x, y, 2 * RADIUS, 2 * RADIUS));
  return dots.map(({ x, y, text, optional = false }, own) => {
    const half = (text.length * LETTER_WIDTH) / 2;
    const side = half + RADIUS + 3;
    const candidates = [[0, -13], [0, 14], [side, 0], [-side, 0], [side, -13], [-side, -13], [side, 14], [-side, 14], [0, -28], [0, 29], [0, -43]] as const;
    const free = candidates.find(([dx, dy]) => {
      const box = boxAround(x + dx, y + dy, 2 * half, LINE_HEIGHT);
      return box.left >= left && box.right <= right && taken.every((other, index) => index === own || !meet(box, other));
    });
    if (!free && optional) return undefined;
    const [dx, dy] = free ?? candidates[0];
    taken.push(boxAround(x + dx, y + dy, 2 * half, LINE_HEIGHT));
    return { dx, dy };
  });
}

function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
