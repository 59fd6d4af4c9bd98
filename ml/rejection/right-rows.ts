/** 1 for each row whose answer is right. */
export function rightRows(predicted: Uint8Array, labels: Uint8Array): Uint8Array {
  return predicted.map((answer, row) => (answer === labels[row] ? 1 : 0));
}
