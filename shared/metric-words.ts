/** The live numbers of a training as people read them, e.g. `validation accuracy 99.12 %`, `learning rate 0.0021`, `5,712 images/s`. */
export function metricWords(metrics: Readonly<Record<string, number>>): string[] {
  return Object.entries(metrics).map(([name, value]) => {
    if (name === 'imagesPerSecond') return `${String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')} images/s`;
    const words = name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
    return /accuracy$/i.test(name) ? `${words} ${(100 * value).toFixed(2)} %` : `${words} ${Number(value.toPrecision(4))}`;
  });
}
