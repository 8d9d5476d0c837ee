import { type Request, type Response, Router } from 'express';
import { verifyEmbedSignature } from '../lib/tokens';

const PARTNER_ID = /^[a-z0-9-]{1,40}$/;

/** The snippet a partner pastes into its site. */
export function embedSnippet(partner: string, signature: string): string {
  return `<div class="quayside-widget">
  <iframe
    src="/embed/${partner}/calendar?signature=${signature}"
    title="Free berths"
    sandbox="allow-forms allow-scripts"
    loading="lazy"
  ></iframe>
</div>`;
}

/** The tide table has no script of its own, so it keeps its origin for the font cache. */
export function tidesSnippet(station: string): string {
  return `<iframe src="/tides.html?station=${encodeURIComponent(station)}" title="Tides" sandbox="allow-same-origin"></iframe>`;
}

export const embedRouter = Router();

embedRouter.get('/:partner/snippet', (req: Request<{ partner: string }>, res: Response) => {
  const { partner } = req.params;
  const signature = String(req.query['signature'] ?? '');
  if (!PARTNER_ID.test(partner) || !verifyEmbedSignature(partner, signature)) {
    res.status(403).send('This partner is not known.');
    return;
  }
  res.type('text/plain').send(embedSnippet(partner, signature));
});

embedRouter.get('/:partner', (req: Request<{ partner: string }>, res: Response): void => {
  if (!PARTNER_ID.test(req.params.partner)) {
    res.status(404).end();
    return;
  }
  return res.redirect(307, `/partner-demo.html?partner=${req.params.partner}`);
});
