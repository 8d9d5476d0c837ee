import { useEffect, useState } from 'react';

export interface InvoicePreviewProps {
  invoiceId: string;
  token: string;
}

/** Shows an invoice as the guest will receive it, next to the harbour master's form. */
export function InvoicePreview({ invoiceId, token }: InvoicePreviewProps) {
  const [page, setPage] = useState<string>();
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const controller = new AbortController();
    fetch(`/api/invoices/${invoiceId}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/html' },
      signal: controller.signal,
    })
      .then((response) => (response.ok ? response.blob() : Promise.reject(new Error(response.statusText))))
      .then((blob) => setPage(URL.createObjectURL(blob)))
      .catch(() => setFailed(!controller.signal.aborted));
    return () => controller.abort();
  }, [invoiceId, token]);

  if (failed) return <p role="alert">The invoice could not be loaded.</p>;
  if (!page) return <p>Loading…</p>;
  return (
    <figure>
      <iframe
        src={page}
        title={`Invoice ${invoiceId}`}
        sandbox="allow-same-origin allow-scripts allow-modals"
      />
      <figcaption>Print it from the menu of the preview.</figcaption>
    </figure>
  );
}
