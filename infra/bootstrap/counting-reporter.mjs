import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Mocha's `spec` output; at the end the counts also go to the file named by the reporter option `counts`. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, tests } = this.stats;
      writeFileSync(options.reporterOptions.counts, JSON.stringify({ passes, failures, tests }));
    });
  }
}
