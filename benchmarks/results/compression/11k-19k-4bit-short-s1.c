#include <stdio.h>
#include "11k-19k-4bit-short-s1.h"

int main(void) {
  static unsigned char bytes[DIGITS_INPUT];
  static float image[DIGITS_INPUT], probabilities[DIGITS_CLASSES];
  while (fread(bytes, 1, sizeof bytes, stdin) == sizeof bytes) {
    for (int i = 0; i < DIGITS_INPUT; i++) image[i] = (float)bytes[i] / 255.0f;
    digits_predict(image, probabilities);
    for (int i = 0; i < DIGITS_CLASSES; i++) printf(i ? " %.9g" : "%.9g", probabilities[i]);
    printf("\n");
  }
  return 0;
}
