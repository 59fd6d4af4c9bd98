import assert from 'node:assert/strict';
import { withTrainingSpeed } from '../../activities/training-speed.js';

describe('withTrainingSpeed', () => {
  let clock: number;
  let measured: ReturnType<typeof withTrainingSpeed>;
  beforeEach(() => {
    clock = 0;
    measured = withTrainingSpeed(() => clock);
  });
  const speedAt = (ms: number, images: number): number | undefined => {
    clock = ms;
    return measured({ fraction: 0.5, metrics: { images } }).metrics?.['imagesPerSecond'];
  };

  it('says nothing before a second of training has been seen', () => {
    assert.deepEqual([speedAt(0, 0), speedAt(500, 1_000), speedAt(999, 2_000), speedAt(1_000, 3_000)], [undefined, undefined, undefined, 3_000]);
  });

  it('does not count what was trained before its first word', () => {
    assert.deepEqual([speedAt(0, 900_000), speedAt(2_000, 904_000)], [undefined, 2_000]);
  });

  it('does not count the time of validation', () => {
    speedAt(0, 0);
    speedAt(900, 900);
    speedAt(5_000, 900);
    speedAt(9_000, 900);
    assert.equal(speedAt(9_100, 1_000), 1_000);
  });

  it('follows a training that becomes slower, and keeps the last pace until there is a new one', () => {
    speedAt(0, 0);
    assert.equal(speedAt(1_000, 5_000), 5_000);
    assert.equal(speedAt(1_500, 5_500), 5_000);
    assert.equal(speedAt(2_000, 6_000), 1_000);
  });

  it('leaves alone what tells no images, and every other number', () => {
    assert.deepEqual(measured({ fraction: 0.1, metrics: { loss: 1 } }), { fraction: 0.1, metrics: { loss: 1 } });
    assert.deepEqual(measured({ fraction: 0.1 }), { fraction: 0.1 });
    assert.deepEqual(measured({ fraction: 0.1, note: 'x', metrics: { loss: 1, images: 3 } }), { fraction: 0.1, note: 'x', metrics: { loss: 1 } });
  });
});
