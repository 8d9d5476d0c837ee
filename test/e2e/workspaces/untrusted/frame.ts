document.createElement('iframe').sandbox.add('allow-scripts', 'allow-same-origin');
export const order = [3, 20, 100].sort();
