import assert from 'node:assert/strict';
import { centralDirectory, localHeader } from '../../../ml/data/zip-records.js';
import { unzip } from '../../../ml/data/unzip.js';

const at = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const HUGE = 5_000_000_000;

describe('the records of a zip', () => {
  it('say where a stored entry is, so that any reader finds it', () => {
    const content = new TextEncoder().encode('abc');
    const entry = { path: 'folder/abc.txt', crc: 0x352441c2, size: 3 };
    const header = localHeader(entry);
    const zip = Buffer.concat([header, content, centralDirectory([{ ...entry, offset: 0 }], header.length + 3)]);
    assert.deepEqual([...unzip(new Uint8Array(zip), 'zip')], [['folder/abc.txt', content]]);
  });

  it('have ZIP64 fields for what 32 bits do not hold, and only then', () => {
    const header = localHeader({ path: 'a', crc: 1, size: HUGE });
    assert.equal(header.length, 30 + 1 + 20);
    assert.deepEqual([at(header).getUint32(18, true), at(header).getUint32(22, true)], [0xffff_ffff, 0xffff_ffff]);
    assert.deepEqual([at(header).getBigUint64(35, true), at(header).getBigUint64(43, true)], [BigInt(HUGE), BigInt(HUGE)]);
    assert.equal(localHeader({ path: 'a', crc: 1, size: 0xffff_fffe }).length, 30 + 1);
  });

  it('place the directory of a large zip by a ZIP64 record', () => {
    const end = centralDirectory([{ path: 'a', crc: 1, size: 10, offset: HUGE }], HUGE + 41);
    const view = at(end);
    assert.equal(view.getUint32(42, true), 0xffff_ffff); // offset of the entry
    assert.equal(view.getBigUint64(46 + 1 + 4, true), BigInt(HUGE));
    const record = 46 + 1 + 12;
    assert.equal(view.getUint32(record, true), 0x0606_4b50);
    assert.equal(view.getBigUint64(record + 48, true), BigInt(HUGE + 41));
    assert.equal(view.getUint32(record + 56, true), 0x0706_4b50);
    assert.equal(view.getBigUint64(record + 64, true), BigInt(HUGE + 41 + record));
    assert.equal(view.getUint32(record + 76, true), 0x0605_4b50);
    assert.equal(view.getUint32(record + 76 + 16, true), 0xffff_ffff);
  });
});
