declare const process: { readonly env: Record<string, string | undefined> };

/** One finding of each lane: syntax, types, project. */
export function lanes(frame: HTMLIFrameElement, prices: number[]): string | undefined {
  frame.sandbox.add('allow-scripts', 'allow-same-origin');
  prices.sort();
  return process.env.LANES;
}
