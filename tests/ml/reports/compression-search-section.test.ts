import assert from 'node:assert/strict';
import { DOMParser } from 'linkedom';
import { compressionSearchSection } from '../../../ml/reports/compression-search-section.js';

describe('the report on a search for smaller variants', () => {
  it('has every plan of both passes, the smallest first, and marks the front', () => {
    const plan = (name: string, bytes: number, front: boolean): Parameters<typeof compressionSearchSection>[0]['full'][number] => ({ name, bytes, codedBytes: bytes / 2, multiplyAdds: 12_345, validationAccuracy: 0.9875, front });
    const { markup } = compressionSearchSection({ kind: 'compression-search', of: 'net', epochs: { first: 1, full: 6 }, first: [plan('net-w8', 8_000, true), plan('net-w4', 4_000, true), plan('net-k50', 9_000, false)], full: [plan('net-w8', 8_000, false), plan('net-w4', 4_000, true)] });
    const page = new DOMParser().parseFromString(`<main>${markup}</main>`, 'text/html');
    const rows = [...page.querySelectorAll('tbody tr')].map((row) => [...row.children].map(({ textContent }) => textContent));
    assert.deepEqual(rows.map(([name, , , , , front]) => [name, front]), [['net-w4', '●'], ['net-w8', ''], ['net-w4', '●'], ['net-w8', '●'], ['net-k50', '']]);
    assert.deepEqual(rows[0]?.slice(1, 4), ['4 kB', '2 kB', '12,345']);
    assert.match(page.querySelector('p')?.textContent ?? '', /^3 plans to compress net, each stage 1 epochs; the 2 that no other one beats, 6 epochs/);
  });
});
