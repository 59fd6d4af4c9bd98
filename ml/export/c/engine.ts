/**
 * Plain C (C99, float arithmetic, no allocation) for every operation that a header may call. Weights are read a row of outputs at a
 * time: floats, or whole numbers of b bits packed from the lowest bit on, less 2^(b-1) (for -b bits twice the number, less 2^b - 1), that a scale
 * for each output multiplies in the end.
 * Scales and biases of such weights are float16.
 */
export const ENGINE: Readonly<Record<string, string>> = {
  half: `
static float dl_half(uint16_t bits) {
  int exponent = (bits >> 10) & 31, fraction = bits & 1023;
  float value = exponent == 0 ? ldexpf((float)fraction, -24) : ldexpf((float)(fraction + 1024), exponent - 25);
  return bits & 0x8000 ? -value : value;
}`,

  row: `
/* n weights from an index on, as floats */
static void dl_row(const void *weights, int bits, size_t from, int n, float *row) {
  if (bits == 32) {
    memcpy(row, (const float *)weights + from, (size_t)n * sizeof(float));
    return;
  }
  const uint8_t *packed = (const uint8_t *)weights;
  int odd = bits < 0, wide = odd ? -bits : bits;
  for (int i = 0; i < n; i++) {
    size_t at = (from + (size_t)i) * (size_t)wide;
    unsigned pair = packed[at >> 3];
    if ((at & 7) + (size_t)wide > 8) pair |= (unsigned)packed[(at >> 3) + 1] << 8;
    int number = (int)((pair >> (at & 7)) & ((1u << wide) - 1u));
    row[i] = (float)(odd ? 2 * number - (1 << wide) + 1 : number - (1 << (wide - 1)));
  }
}`,

  finish: `
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
}`,

  conv2d: `
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
}`,

  depthwiseConv2d: `
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
}`,

  dense: `
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
}`,

  pool2d: `
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
}`,

  reduce: `
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
}`,

  binary: `
/* b repeats [outer, 1, inner] of [outer, middle, inner]; 0: +, 1: *, 2: max, 3: min */
static void dl_binary(const float *a, const float *b, float *y, int outer, int middle, int inner, int how) {
  for (int o = 0; o < outer; o++) for (int m = 0; m < middle; m++) for (int i = 0; i < inner; i++) {
    size_t at = ((size_t)o * middle + m) * inner + i;
    float l = a[at], r = b[(size_t)o * inner + i];
    y[at] = how == 0 ? l + r : how == 1 ? l * r : how == 2 ? (l > r ? l : r) : (l < r ? l : r);
  }
}`,

  pad: `
static void dl_pad(const float *x, float *y, int h, int w, int c, int top, int left, int oh, int ow) {
  memset(y, 0, (size_t)oh * ow * c * sizeof(float));
  for (int iy = 0; iy < h; iy++) memcpy(y + ((size_t)(iy + top) * ow + left) * c, x + (size_t)iy * w * c, (size_t)w * c * sizeof(float));
}`,

  place: `
/* rows of n numbers into the first places of rows of another length */
static void dl_place(const float *x, float *y, int rows, int n, int length) {
  for (int r = 0; r < rows; r++) memcpy(y + (size_t)r * length, x + (size_t)r * n, (size_t)n * sizeof(float));
}`,

  softmax: `
static void dl_softmax(const float *x, float *y, int rows, int n) {
  for (int r = 0; r < rows; r++, x += n, y += n) {
    float most = x[0], sum = 0.0f;
    for (int i = 1; i < n; i++) if (x[i] > most) most = x[i];
    for (int i = 0; i < n; i++) sum += y[i] = expf(x[i] - most);
    for (int i = 0; i < n; i++) y[i] /= sum;
  }
}`,
};

/** What each operation of the engine calls. */
export const ENGINE_NEEDS: Readonly<Record<string, readonly string[]>> = {
  conv2d: ['half', 'row', 'finish'], depthwiseConv2d: ['half', 'row', 'finish'], dense: ['half', 'row', 'finish'],
};
