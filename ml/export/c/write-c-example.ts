/**
 * A program around a header: reads images as bytes (0 to 255, row by row, one after the other) from its standard input and writes each
 * image's probabilities as text, a line each. `cc -O2 example.c -lm`.
 * @param name as in `writeCHeader`
 * @param header the header's file name
 */
export function writeCExample(name: string, header: string): string {
  const big = name.toUpperCase();
  return `#include <stdio.h>
#include "${header}"

int main(void) {
  static unsigned char bytes[${big}_INPUT];
  static float image[${big}_INPUT], probabilities[${big}_CLASSES];
  while (fread(bytes, 1, sizeof bytes, stdin) == sizeof bytes) {
    for (int i = 0; i < ${big}_INPUT; i++) image[i] = (float)bytes[i] / 255.0f;
    ${name}_predict(image, probabilities);
    for (int i = 0; i < ${big}_CLASSES; i++) printf(i ? " %.9g" : "%.9g", probabilities[i]);
    printf("\\n");
  }
  return 0;
}
`;
}
