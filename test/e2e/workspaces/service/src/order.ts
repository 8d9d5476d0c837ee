export function ascending(prices: number[]): number[] {
  return prices.sort();
}
