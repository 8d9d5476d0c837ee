document.createElement('iframe').sandbox.add('allow-scripts', 'allow-same-origin');
