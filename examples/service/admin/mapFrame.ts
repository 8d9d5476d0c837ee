/** Frame with the harbour map. It is replaced as a whole when another pier is chosen. */
export function showMap(host: HTMLElement, pier: string): void {
  const frame = document.createElement('iframe');
  frame.title = `Pier ${pier}`;
  frame.sandbox.value = 'allow-scripts allow-same-origin';
  frame.src = `/maps/${encodeURIComponent(pier)}`;
  host.replaceChildren(frame);
}

/** Two frames side by side: the drawing runs scripts, the legend is plain and shares the page's fonts. */
export function showPlan(host: HTMLElement, pier: string): void {
  const drawing = document.createElement('iframe');
  drawing.sandbox.add('allow-scripts');
  drawing.src = `/plans/${encodeURIComponent(pier)}`;
  const legend = document.createElement('iframe');
  legend.sandbox.add('allow-same-origin');
  legend.src = `/plans/${encodeURIComponent(pier)}/legend`;
  host.replaceChildren(drawing, legend);
}
