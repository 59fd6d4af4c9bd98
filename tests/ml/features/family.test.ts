import assert from 'node:assert/strict';
import { FAMILIES, familyNamed } from '../../../ml/features/registry.js';
import { FAMILY_NAMES } from '../../../shared/family-names.js';
import { testFamilyContract } from './family.contract.js';

for (const name of FAMILY_NAMES) testFamilyContract(familyNamed(name));

describe('the registry of families', () => {
  it('files every family under its own name, in the order of the names', () => {
    assert.deepEqual(Object.keys(FAMILIES), [...FAMILY_NAMES]);
    for (const name of FAMILY_NAMES) assert.equal(FAMILIES[name].name, name);
  });

  it('gives 1,511 numbers, each family its share, and zoning once more by itself', () => {
    const widths = FAMILY_NAMES.map((name) => FAMILIES[name].columns.length);
    assert.deepEqual(widths, [81, 256, 7, 40, 32, 64, 16, 32, 128, 25, 830, 65]);
    assert.equal(widths.slice(0, -1).reduce((sum, width) => sum + width), 1511);
  });

  it('names the families there are when asked for another', () => {
    assert.throws(() => familyNamed('toString'), { name: 'InvalidConfigError', message: /'toString'; expected one of hog, lbp, / });
  });
});
