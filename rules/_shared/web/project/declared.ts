import type { Gateway, GatewayDuty, ProjectContext, ProviderRole } from '#api';
import type { Middleware, WebPlace, WebRoute } from './model.ts';

/** What airworthy.json says that takes care of something for one application. */
export interface Declared {
  /** Something in front of it does this. */
  readonly isDone: boolean;
  /**
   * What a finding tells of the declarations, as a sentence with a space in front; empty when there are none. It tells
   * people why what they declared does not answer the finding.
   */
  readonly note: string;
}

/** An application, or a server of sockets, as far as declarations go. */
interface Asked {
  readonly place: WebPlace;
  readonly routes?: readonly WebRoute[];
  readonly middleware: readonly Middleware[];
}

type View = Pick<ProjectContext<string, unknown>, 'root' | 'providers' | 'gatewaysBefore'>;

const DUTIES: Readonly<Record<GatewayDuty, string>> = {
  rateLimit: 'limits requests',
  authentication: 'authenticates',
  securityHeaders: 'sets headers',
  csrfProtection: 'keeps other sites out',
};

const ROLES: Readonly<Partial<Record<ProviderRole, string>>> = {
  rateLimiter: 'a rate limiter',
  authMiddleware: 'authentication',
};

/**
 * What is declared about one duty for an application.
 * @param role the role of functions that fulfil the duty inside of it, where there is one
 */
export function declaredFor(asked: Asked, duty: GatewayDuty, role: ProviderRole | undefined, view: View): Declared {
  const gateways = view.gatewaysBefore(asked.place.path);
  const references = role === undefined ? [] : [...view.providers(role, asked.place.path)];
  const parts = [
    ...references.map(
      (reference) => `${local(reference, view.root)} is ${ROLES[role ?? 'rateLimiter']} and ${use(reference, asked)}`,
    ),
    ...gateways.map(told),
  ];
  return {
    isDone: gateways.some(({ does }) => does.has(duty)),
    note: parts.length === 0 ? '' : ` As airworthy.json says: ${parts.join('; ')}.`,
  };
}

/** For how much of an application something runs. */
function use(reference: string, { routes, middleware }: Asked): string {
  const isIt = ({ names }: Middleware) => names.includes(reference);
  if (routes === undefined) return middleware.some(isIt) ? 'runs here' : 'does not run here';
  const count = routes.filter((route) => route.middleware.some(isIt)).length;
  return `runs for ${count === 0 ? 'none' : count} of ${routes.length === 1 ? 'one route' : `${routes.length} routes`}`;
}

function told({ name, does }: Gateway): string {
  return `${name} in front ${[...does].map((duty) => DUTIES[duty]).join(', ')}`;
}

/** `/repo/src/limit#apiLimiter` → `src/limit#apiLimiter`. */
function local(reference: string, root: string): string {
  return reference.startsWith(`${root}/`) ? reference.slice(root.length + 1) : reference;
}
