export function median(values: number[]): number | undefined {
  const sorted = [...values].sort();
  return sorted[Math.floor(sorted.length / 2)];
}
