export const name = 'service';

/** One finding of each lane: syntax, types, project. */
export function start(frame: HTMLIFrameElement, prices: number[]): string | undefined {
  frame.sandbox.add('allow-scripts', 'allow-same-origin');
  prices.sort();
  return process.env.APP_PORT;
}
