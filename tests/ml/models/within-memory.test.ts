import assert from 'node:assert/strict';
import { withinMemory } from '../../../ml/models/within-memory.js';
import { NativeLibraryError, OutOfMemoryError } from '../../../shared/errors.js';

describe('a batch that does not fit into memory', () => {
  const holding = (most: number, tried: number[]) => async ({ batchSize }: { readonly batchSize: number }): Promise<string> => {
    tried.push(batchSize);
    if (batchSize > most) throw new OutOfMemoryError(`${batchSize} rows`);
    return `trained on ${batchSize}`;
  };

  it('is halved until it does, and each halving is told', async () => {
    const [tried, told]: [number[], string[]] = [[], []];
    assert.equal(await withinMemory({ batchSize: 100 }, holding(30, tried), (words) => told.push(words)), 'trained on 25');
    assert.deepEqual(tried, [100, 50, 25]);
    assert.deepEqual(told.map((words) => /batch of (\d+) rows.*with (\d+)/.exec(words)?.slice(1).map(Number)), [[100, 50], [50, 25]]);
  });

  it('fails when one row does not', async () => {
    await assert.rejects(withinMemory({ batchSize: 3 }, holding(0, []), () => undefined), OutOfMemoryError);
  });

  it('is no remedy for other failures', async () => {
    await assert.rejects(withinMemory({ batchSize: 8 }, async () => { throw new NativeLibraryError('broken'); }, () => undefined), NativeLibraryError);
  });
});
