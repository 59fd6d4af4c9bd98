import { MemoryStore } from '../../storage/memory-store.js';
import { testStoreContract } from './store.contract.js';

describe('MemoryStore', () => {
  const store = new MemoryStore();
  after(() => store.close());
  testStoreContract('memory', () => store);
});
