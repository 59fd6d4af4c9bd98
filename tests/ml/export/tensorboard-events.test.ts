import assert from 'node:assert/strict';
import { encodeTensorboardEvents } from '../../../ml/export/tensorboard-events.js';
import { encodeTfRecords } from '../../../ml/export/tf-record.js';

const CURVES = [
  { name: 'validationLoss', points: [{ x: 1, y: 0.5 }, { x: 8, y: 0.25 }] },
  { name: 'learningRate', points: [{ x: 1, y: 0.003 }, { x: 4, y: 0.002 }, { x: 8, y: 1e-6 }] },
];

/**
 * The file of these curves by record, as TensorBoard 2.21.0 reads it (EventFileLoader, checksums and all): brain.Event:2;
 * step 1 with validationLoss 0.5 and learningRate 0.003; step 4 with learningRate 0.002; step 8 with 0.25 and 1e-6.
 */
const READ_BY_TENSORBOARD = [
  '1800000000000000a37f4b220900000000000000001a0d627261696e2e4576656e743a32eedf28a3',
  '39000000000000008b0737f109000000000000f03f10012a2c0a150a0e76616c69646174696f6e4c6f7373150000003f0a130a0c6c6561726e696e675261746515a69b443b23ffb070',
  '220000000000000078113dfd09000000000000104010042a150a130a0c6c6561726e696e6752617465156f12033b6c4ee000',
  '39000000000000008b0737f109000000000000204010082a2c0a150a0e76616c69646174696f6e4c6f7373150000803e0a130a0c6c6561726e696e675261746515bd378635aa65a51a',
];

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('TFRecord framing', () => {
  it('checks a record by its masked CRC-32C', async () => {
    // The check value of CRC-32C (RFC 3720) for "123456789" is e3069283.
    const file = Buffer.from(await encodeTfRecords([new TextEncoder().encode('123456789')]));
    assert.equal(file.readBigUInt64LE(0), 9n);
    assert.equal(file.toString('latin1', 12, 21), '123456789');
    const checksum = 0xe3069283;
    assert.equal(file.readUInt32LE(21), (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0);
    assert.equal(file.length, 25);
  });

  it('is empty without records', async () => assert.equal((await encodeTfRecords([])).length, 0));
});

describe('an event file of TensorBoard', () => {
  it('holds for each step, in order, the values of all curves that have one there', async () => {
    assert.equal(hexOf(await encodeTensorboardEvents(CURVES)), READ_BY_TENSORBOARD.join(''));
  });

  it('is the same whenever it is made', async () => {
    assert.deepEqual(await encodeTensorboardEvents(CURVES), await encodeTensorboardEvents(CURVES));
  });

  it('says which format it has even without a curve', async () => {
    assert.equal(hexOf(await encodeTensorboardEvents([])), READ_BY_TENSORBOARD[0]);
  });
});
