import type { Identity } from '../lib/tokens';

declare global {
  namespace Express {
    interface Request {
      user?: Identity;
    }
  }
}
