/** Coefficients of Stirling's series: its error is below 1e-12 from 10 on. */
const FROM = 10;

/** Natural logarithm of the gamma function for x > 0 (Stirling's series after an upward shift). */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < FROM) {
    product *= shifted;
    shifted++;
  }
  const inverse = 1 / shifted;
  const square = inverse * inverse;
  const series =
    inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680))));
  return (
    (shifted - 0.5) * Math.log(shifted) -
    shifted +
    0.5 * Math.log(2 * Math.PI) +
    series -
    Math.log(product)
  );
}
