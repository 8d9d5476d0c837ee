(() => {
  const ORIGIN = new URL(document.currentScript.src).origin;
  const RESIZE = 'quayside:height';

  function mount(host) {
    const frame = document.createElement('iframe');
    frame.title = 'Free berths';
    frame.loading = 'lazy';
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms');
    frame.src = `${ORIGIN}/embed/${encodeURIComponent(host.dataset.quaysidePartner)}/calendar`;
    host.append(frame);

    window.addEventListener('message', (event) => {
      if (event.source !== frame.contentWindow || event.data?.type !== RESIZE) return;
      frame.style.height = `${Math.min(Number(event.data.height), 2000)}px`;
    });
  }

  for (const host of document.querySelectorAll('[data-quayside-partner]')) {
    mount(host);
  }
})();
