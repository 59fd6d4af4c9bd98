/** A copy of numbers [inputs, outputs] as [outputs, inputs]. */
export function outputsFirst<T extends Float32Array | Int8Array>(numbers: T, outputs: number): T {
  const inputs = numbers.length / outputs;
  const turned = numbers.slice() as T;
  for (let input = 0; input < inputs; input++) {
    for (let output = 0; output < outputs; output++) turned[output * inputs + input] = numbers[input * outputs + output];
  }
  return turned;
}
