/* name: 1k-829-4bit-fast-s1
 * labels: ["0","1","2","3","4","5","6","7","8","9"]
 * input: images [n, 28, 28, 1]
 * normalisation: Grey pixels from 0 (paper) to 255 (ink), divided by 255.
 * normalisation_scale: 0.00392156862745098
 * normalisation_offset: 0
 * training_digest: benchmarks/compression.json
 * licence: unspecified
 * made_by: digitloom 0 */
#ifndef DIGITS_H
#define DIGITS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Numbers of an image [28, 28, 1] in [0, 1], and classes. */
#define DIGITS_INPUT 784
#define DIGITS_CLASSES 10

/* 641 bytes of constants */
static const uint8_t digits_conv1_kernel[23] = {
  237, 137, 100, 121, 93, 199, 174, 230, 150, 127, 212, 138, 65, 255, 51, 175,
  22, 24, 166, 146, 182, 63, 5
};
static const uint16_t digits_conv1_kernel_scales[5] = {
  0x3838, 0x3780, 0x3548, 0x3a12, 0x38ba
};
static const uint16_t digits_conv1_bias[5] = {
  0x3b04, 0x3fc5, 0x3f3a, 0x3e21, 0x44e5
};
static const uint8_t digits_depthwise2_depthwise_kernel[23] = {
  217, 27, 113, 126, 123, 246, 145, 202, 165, 19, 136, 25, 166, 92, 248, 47,
  131, 250, 49, 35, 107, 18, 5
};
static const uint16_t digits_depthwise2_depthwise_kernel_scales[5] = {
  0x3ac4, 0x38b4, 0x387d, 0x3a04, 0x3b1f
};
static const uint8_t digits_point2_kernel[20] = {
  17, 75, 136, 250, 231, 21, 159, 151, 156, 157, 121, 255, 97, 191, 122, 185,
  107, 159, 26, 229
};
static const uint16_t digits_point2_kernel_scales[8] = {
  0x20b6, 0x21d6, 0x21eb, 0x21b3, 0x24ce, 0x2414, 0x236b, 0x20f3
};
static const uint16_t digits_point2_bias[8] = {
  0x41fc, 0xb4ba, 0x4819, 0x444c, 0x4277, 0xc7b9, 0x4195, 0x43a1
};
static const uint8_t digits_depthwise4_depthwise_kernel[36] = {
  114, 169, 70, 254, 213, 216, 72, 152, 104, 135, 129, 191, 251, 122, 149, 213,
  230, 150, 185, 248, 33, 223, 181, 255, 239, 47, 251, 105, 170, 23, 255, 74,
  129, 109, 156, 158
};
static const uint16_t digits_depthwise4_depthwise_kernel_scales[8] = {
  0x3993, 0x3a78, 0x3a07, 0x3a4b, 0x3963, 0x3ced, 0x3b29, 0x3998
};
static const uint8_t digits_point4_kernel[36] = {
  97, 245, 59, 102, 63, 100, 136, 159, 113, 143, 227, 158, 248, 161, 215, 207,
  177, 246, 250, 139, 87, 113, 17, 19, 123, 194, 127, 183, 65, 191, 119, 127,
  113, 81, 161, 250
};
static const uint16_t digits_point4_kernel_scales[9] = {
  0x20fd, 0x2117, 0x1dc0, 0x20b7, 0x2407, 0x1f85, 0x2399, 0x2063, 0x1feb
};
static const uint16_t digits_point4_bias[9] = {
  0x2c7b, 0x3817, 0x46f7, 0x4423, 0xc5df, 0xbd39, 0x339c, 0x44d4, 0x2d34
};
static const uint8_t digits_depthwise5_depthwise_kernel[41] = {
  43, 150, 67, 198, 104, 243, 52, 87, 120, 24, 31, 97, 226, 185, 39, 56,
  20, 111, 218, 149, 148, 213, 187, 82, 178, 145, 166, 159, 116, 29, 18, 167,
  62, 219, 245, 35, 25, 249, 127, 90, 1
};
static const uint16_t digits_depthwise5_depthwise_kernel_scales[9] = {
  0x3bf2, 0x3979, 0x38a1, 0x39fb, 0x39b5, 0x3b9b, 0x38d2, 0x394d, 0x3cdf
};
static const uint8_t digits_point5_kernel[45] = {
  247, 165, 169, 191, 55, 207, 55, 143, 31, 150, 140, 133, 211, 19, 255, 27,
  206, 166, 159, 123, 167, 244, 200, 24, 216, 218, 111, 254, 250, 239, 111, 149,
  165, 251, 43, 134, 114, 23, 179, 47, 169, 114, 181, 108, 47
};
static const uint16_t digits_point5_kernel_scales[10] = {
  0x20e2, 0x1f57, 0x22f6, 0x2138, 0x232c, 0x2145, 0x2084, 0x1d0f, 0x1fc9, 0x1fa8
};
static const uint16_t digits_point5_bias[10] = {
  0x46fc, 0x4219, 0x3ff6, 0x3d51, 0x3c9f, 0x487b, 0x40f5, 0x3d55, 0x40f9, 0x4082
};
static const uint8_t digits_depthwise6_depthwise_kernel[45] = {
  75, 57, 244, 246, 114, 191, 119, 134, 113, 68, 79, 225, 88, 140, 251, 183,
  98, 249, 237, 193, 73, 151, 201, 120, 133, 71, 247, 24, 95, 91, 72, 155,
  175, 205, 84, 24, 108, 58, 220, 59, 66, 143, 97, 175, 25
};
static const uint16_t digits_depthwise6_depthwise_kernel_scales[10] = {
  0x3a60, 0x3893, 0x3a5b, 0x3c23, 0x3b14, 0x39c9, 0x3912, 0x3a8c, 0x3c95, 0x39e9
};
static const uint8_t digits_point6_kernel[50] = {
  75, 66, 25, 158, 191, 84, 22, 17, 202, 129, 172, 137, 159, 72, 248, 254,
  40, 22, 113, 119, 163, 151, 143, 148, 43, 153, 46, 241, 124, 51, 164, 199,
  159, 251, 121, 113, 134, 17, 111, 23, 75, 161, 145, 193, 84, 31, 26, 152,
  109, 133
};
static const uint16_t digits_point6_kernel_scales[10] = {
  0x2397, 0x21e3, 0x2338, 0x1fba, 0x21af, 0x1f11, 0x1d46, 0x218c, 0x1f30, 0x2321
};
static const uint16_t digits_point6_bias[10] = {
  0xba92, 0xc4d0, 0xc077, 0xbf2b, 0xc632, 0xa5e7, 0xc081, 0x3b3f, 0xc163, 0x34b7
};
static const uint8_t digits_digits_kernel[50] = {
  53, 242, 209, 24, 44, 21, 49, 247, 170, 54, 26, 22, 149, 28, 250, 137,
  123, 27, 225, 189, 17, 58, 39, 133, 95, 94, 251, 113, 167, 136, 59, 75,
  78, 42, 19, 114, 207, 100, 90, 17, 246, 65, 43, 77, 119, 97, 181, 142,
  179, 243
};
static const uint16_t digits_digits_kernel_scales[10] = {
  0x3c0d, 0x3a46, 0x394f, 0x391d, 0x3a32, 0x3939, 0x3b50, 0x3b50, 0x3770, 0x38f7
};
static const uint16_t digits_digits_bias[10] = {
  0x3d95, 0x4448, 0x3ff7, 0xc12a, 0xc074, 0x3d17, 0xc409, 0x3ec6, 0xba3b, 0xb342
};

#ifndef DL_HALF
#define DL_HALF
static float dl_half(uint16_t bits) {
  int exponent = (bits >> 10) & 31, fraction = bits & 1023;
  float value = exponent == 0 ? ldexpf((float)fraction, -24) : ldexpf((float)(fraction + 1024), exponent - 25);
  return bits & 0x8000 ? -value : value;
}
#endif
#ifndef DL_ROW
#define DL_ROW
/* n weights from an index on, as floats */
static void dl_row(const void *weights, int bits, size_t from, int n, float *row) {
  if (bits == 32) {
    memcpy(row, (const float *)weights + from, (size_t)n * sizeof(float));
    return;
  }
  const uint8_t *packed = (const uint8_t *)weights;
  for (int i = 0; i < n; i++) {
    size_t at = (from + (size_t)i) * (size_t)bits;
    unsigned pair = packed[at >> 3];
    if ((at & 7) + (size_t)bits > 8) pair |= (unsigned)packed[(at >> 3) + 1] << 8;
    row[i] = (float)((int)((pair >> (at & 7)) & ((1u << bits) - 1u)) - (1 << (bits - 1)));
  }
}
#endif
#ifndef DL_FINISH
#define DL_FINISH
/* scales, adds the bias, rectifies (1: relu, 6: relu6) */
static void dl_finish(float *out, int n, int bits, const void *scales, const void *bias, int relu) {
  for (int i = 0; i < n; i++) {
    float value = out[i];
    if (scales) value *= dl_half(((const uint16_t *)scales)[i]);
    if (bias) value += bits == 32 ? ((const float *)bias)[i] : dl_half(((const uint16_t *)bias)[i]);
    if (relu && value < 0.0f) value = 0.0f;
    if (relu == 6 && value > 6.0f) value = 6.0f;
    out[i] = value;
  }
}
#endif
#ifndef DL_CONV2D
#define DL_CONV2D
static void dl_conv2d(const float *x, float *y, int h, int w, int cin, int oh, int ow, int cout, int kh, int kw, int sh, int sw, int top, int left,
                      const void *kernel, int bits, const void *scales, const void *bias, int relu, float *row) {
  for (int oy = 0; oy < oh; oy++) for (int ox = 0; ox < ow; ox++) {
    float *out = y + ((size_t)oy * ow + ox) * cout;
    for (int o = 0; o < cout; o++) out[o] = 0.0f;
    for (int ky = 0; ky < kh; ky++) for (int kx = 0; kx < kw; kx++) {
      int iy = oy * sh + ky - top, ix = ox * sw + kx - left;
      if (iy < 0 || iy >= h || ix < 0 || ix >= w) continue;
      const float *in = x + ((size_t)iy * w + ix) * cin;
      for (int i = 0; i < cin; i++) {
        if (in[i] == 0.0f) continue;
        dl_row(kernel, bits, (size_t)((ky * kw + kx) * cin + i) * cout, cout, row);
        for (int o = 0; o < cout; o++) out[o] += in[i] * row[o];
      }
    }
    dl_finish(out, cout, bits, scales, bias, relu);
  }
}
#endif
#ifndef DL_DEPTHWISECONV2D
#define DL_DEPTHWISECONV2D
static void dl_depthwise(const float *x, float *y, int h, int w, int c, int oh, int ow, int kh, int kw, int sh, int sw, int top, int left,
                         const void *kernel, int bits, const void *scales, const void *bias, int relu, float *row) {
  for (int oy = 0; oy < oh; oy++) for (int ox = 0; ox < ow; ox++) {
    float *out = y + ((size_t)oy * ow + ox) * c;
    for (int o = 0; o < c; o++) out[o] = 0.0f;
    for (int ky = 0; ky < kh; ky++) for (int kx = 0; kx < kw; kx++) {
      int iy = oy * sh + ky - top, ix = ox * sw + kx - left;
      if (iy < 0 || iy >= h || ix < 0 || ix >= w) continue;
      const float *in = x + ((size_t)iy * w + ix) * c;
      dl_row(kernel, bits, (size_t)(ky * kw + kx) * c, c, row);
      for (int o = 0; o < c; o++) out[o] += in[o] * row[o];
    }
    dl_finish(out, c, bits, scales, bias, relu);
  }
}
#endif
#ifndef DL_DENSE
#define DL_DENSE
static void dl_dense(const float *x, float *y, int rows, int in, int out, const void *kernel, int bits, const void *scales, const void *bias, int relu, float *row) {
  for (int r = 0; r < rows; r++, x += in, y += out) {
    for (int o = 0; o < out; o++) y[o] = 0.0f;
    for (int i = 0; i < in; i++) {
      if (x[i] == 0.0f) continue;
      dl_row(kernel, bits, (size_t)i * out, out, row);
      for (int o = 0; o < out; o++) y[o] += x[i] * row[o];
    }
    dl_finish(y, out, bits, scales, bias, relu);
  }
}
#endif
#ifndef DL_POOL2D
#define DL_POOL2D
static void dl_pool(const float *x, float *y, int h, int w, int c, int oh, int ow, int kh, int kw, int sh, int sw, int top, int left, int mean) {
  for (int oy = 0; oy < oh; oy++) for (int ox = 0; ox < ow; ox++) for (int i = 0; i < c; i++) {
    float most = -INFINITY, sum = 0.0f;
    int cells = 0;
    for (int ky = 0; ky < kh; ky++) for (int kx = 0; kx < kw; kx++) {
      int iy = oy * sh + ky - top, ix = ox * sw + kx - left;
      if (iy < 0 || iy >= h || ix < 0 || ix >= w) continue;
      float value = x[((size_t)iy * w + ix) * c + i];
      if (value > most) most = value;
      sum += value;
      cells++;
    }
    y[((size_t)oy * ow + ox) * c + i] = mean ? sum / (float)cells : most;
  }
}
#endif
#ifndef DL_REDUCE
#define DL_REDUCE
/* over the middle one of [outer, middle, inner]; 0: mean, 1: max, 2: sum */
static void dl_reduce(const float *x, float *y, int outer, int middle, int inner, int how) {
  for (int o = 0; o < outer; o++) for (int i = 0; i < inner; i++) {
    float value = how == 1 ? -INFINITY : 0.0f;
    for (int m = 0; m < middle; m++) {
      float next = x[((size_t)o * middle + m) * inner + i];
      value = how == 1 ? (next > value ? next : value) : value + next;
    }
    y[(size_t)o * inner + i] = how == 0 ? value / (float)middle : value;
  }
}
#endif
#ifndef DL_SOFTMAX
#define DL_SOFTMAX
static void dl_softmax(const float *x, float *y, int rows, int n) {
  for (int r = 0; r < rows; r++, x += n, y += n) {
    float most = x[0], sum = 0.0f;
    for (int i = 1; i < n; i++) if (x[i] > most) most = x[i];
    for (int i = 0; i < n; i++) sum += y[i] = expf(x[i] - most);
    for (int i = 0; i < n; i++) y[i] /= sum;
  }
}
#endif

/* Working memory: 48424 bytes. One call at a time. */
static float digits_arena[12106];

static void digits_predict(const float *image, float *probabilities) {
  float *const arena = digits_arena;
  float *const row = arena + 12096;
  dl_conv2d(image, arena + 0, 28, 28, 1, 26, 26, 5, 3, 3, 1, 1, 0, 0, digits_conv1_kernel, 4, digits_conv1_kernel_scales, digits_conv1_bias, 0, row);
  for (size_t i = 0; i < 3380; i++) { float v = (arena + 0)[i]; (arena + 3380)[i] = v / (1.0f + expf(-v)); }
  dl_depthwise(arena + 3380, arena + 0, 26, 26, 5, 24, 24, 3, 3, 1, 1, 0, 0, digits_depthwise2_depthwise_kernel, 4, digits_depthwise2_depthwise_kernel_scales, NULL, 0, row);
  dl_conv2d(arena + 0, arena + 2880, 24, 24, 5, 24, 24, 8, 1, 1, 1, 1, 0, 0, digits_point2_kernel, 4, digits_point2_kernel_scales, digits_point2_bias, 0, row);
  for (size_t i = 0; i < 4608; i++) { float v = (arena + 2880)[i]; (arena + 7488)[i] = v / (1.0f + expf(-v)); }
  dl_pool(arena + 7488, arena + 0, 24, 24, 8, 12, 12, 2, 2, 2, 2, 0, 0, 0);
  dl_depthwise(arena + 0, arena + 1152, 12, 12, 8, 10, 10, 3, 3, 1, 1, 0, 0, digits_depthwise4_depthwise_kernel, 4, digits_depthwise4_depthwise_kernel_scales, NULL, 0, row);
  dl_conv2d(arena + 1152, arena + 0, 10, 10, 8, 10, 10, 9, 1, 1, 1, 1, 0, 0, digits_point4_kernel, 4, digits_point4_kernel_scales, digits_point4_bias, 0, row);
  for (size_t i = 0; i < 900; i++) { float v = (arena + 0)[i]; (arena + 900)[i] = v / (1.0f + expf(-v)); }
  dl_depthwise(arena + 900, arena + 0, 10, 10, 9, 8, 8, 3, 3, 1, 1, 0, 0, digits_depthwise5_depthwise_kernel, 4, digits_depthwise5_depthwise_kernel_scales, NULL, 0, row);
  dl_conv2d(arena + 0, arena + 576, 8, 8, 9, 8, 8, 10, 1, 1, 1, 1, 0, 0, digits_point5_kernel, 4, digits_point5_kernel_scales, digits_point5_bias, 0, row);
  for (size_t i = 0; i < 640; i++) { float v = (arena + 576)[i]; (arena + 1216)[i] = v / (1.0f + expf(-v)); }
  dl_depthwise(arena + 1216, arena + 0, 8, 8, 10, 6, 6, 3, 3, 1, 1, 0, 0, digits_depthwise6_depthwise_kernel, 4, digits_depthwise6_depthwise_kernel_scales, NULL, 0, row);
  dl_conv2d(arena + 0, arena + 360, 6, 6, 10, 6, 6, 10, 1, 1, 1, 1, 0, 0, digits_point6_kernel, 4, digits_point6_kernel_scales, digits_point6_bias, 0, row);
  for (size_t i = 0; i < 360; i++) { float v = (arena + 360)[i]; (arena + 0)[i] = v / (1.0f + expf(-v)); }
  dl_reduce(arena + 0, arena + 360, 1, 36, 10, 0);
  dl_dense(arena + 360, arena + 0, 1, 10, 10, digits_digits_kernel, 4, digits_digits_kernel_scales, digits_digits_bias, 0, row);
  dl_softmax(arena + 0, arena + 10, 1, 10);
  memcpy(probabilities, arena + 10, 10 * sizeof(float));
}

#endif
