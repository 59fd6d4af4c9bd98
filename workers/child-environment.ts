const WITHHELD = /^(AWS_|TEMPORAL_)|SECRET|TOKEN|PASSWORD|API_KEY/;
/** Settings of the numeric libraries: what changes results comes from the run's settings, which are part of a step's key. */
const NUMERIC = /^(TF_|ONEDNN_|DNNL_|MKL_|OMP_|KMP_|GOMP_|XLA_)/;

/**
 * What child processes inherit: neither addresses and credentials, since they compute and connect to nothing, nor what would
 * change their arithmetic unseen.
 */
export function childEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const passes = (name: string): boolean => !WITHHELD.test(name) && !NUMERIC.test(name);
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && passes(entry[0])));
}
