import type { Repulsion } from './repulsion.js';

/** The repulsive half of t-SNE's gradient pair by pair, in float64: for maps so small that this is quicker than a grid. */
export const exactRepulsion: Repulsion = {
  repel(points, forces) {
    forces.fill(0);
    let sum = 0;
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i];
      const y = points[i + 1];
      let alongX = 0;
      let alongY = 0;
      for (let j = 0; j < i; j += 2) {
        const dx = x - points[j];
        const dy = y - points[j + 1];
        const kernel = 1 / (1 + dx * dx + dy * dy);
        const square = kernel * kernel;
        sum += kernel;
        alongX += square * dx;
        alongY += square * dy;
        forces[j] -= square * dx;
        forces[j + 1] -= square * dy;
      }
      forces[i] += alongX;
      forces[i + 1] += alongY;
    }
    return 2 * sum;
  },
};
