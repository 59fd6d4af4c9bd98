import { denseNetwork } from '../../../ml/networks/dense-network.js';
import { testNetworkContract, testNetworkProblems } from './network.contract.js';

describe('Dense network', () => {
  testNetworkContract({ network: denseNetwork, options: denseNetwork.defaults, trained: 1_335_306, moving: 3_072 });
  testNetworkProblems(denseNetwork, [
    [{ hidden: [] }, /^hidden is \[\]: expected a list of at least 1 whole numbers of at least 1$/],
    [{ dropout: 1 }, /^dropout is 1: expected a number in \[0, 1\)$/],
  ]);
});
