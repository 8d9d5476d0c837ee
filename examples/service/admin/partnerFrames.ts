export interface FrameOptions {
  title: string;
  height: number;
  sandbox: string[];
}

const DEFAULTS: FrameOptions = {
  title: 'Free berths',
  height: 480,
  sandbox: ['allow-forms', 'allow-scripts', 'allow-same-origin'],
};

const CHART_PERMISSIONS = ['allow-scripts', 'allow-downloads', 'allow-same-origin'];

/** Frame with the widget as a partner sees it; the options are the ones the partner may set. */
export function partnerFrame(url: string, options: Partial<FrameOptions> = {}): HTMLIFrameElement {
  const settings = { ...DEFAULTS, ...options };
  const frame = document.createElement('iframe');
  frame.title = settings.title;
  frame.height = String(settings.height);
  frame.sandbox.add(...settings.sandbox);
  frame.src = url;
  return frame;
}

/** Frame with the depth chart, which draws itself and can be saved as a picture. */
export function chartFrame(url: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = 'Depths';
  frame.sandbox.add(...CHART_PERMISSIONS);
  frame.src = url;
  return frame;
}

/** Frame with a guest's own page: whatever it brings, it stays apart from the admin's session. */
export function guestFrame(url: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = "Guest's page";
  frame.sandbox.value = 'allow-scripts allow-same-origin';
  frame.sandbox.remove('allow-same-origin');
  frame.src = url;
  return frame;
}
