export function openTwo(first: HTMLIFrameElement, second: HTMLIFrameElement): void {
  first.sandbox.add('allow-scripts', 'allow-same-origin');
  second.sandbox.add('allow-scripts', 'allow-same-origin');
}
