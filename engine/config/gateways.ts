import type { Gateway, GatewayDuty } from '../api/rule.ts';
import { globMatcher } from './globs.ts';
import type { ConfigSettings } from './schema.ts';
import type { ConfigOrigin } from './types.ts';

/** Something in front of applications, and the files that make these. */
export interface DeclaredGateway extends Gateway {
  /** Globs; none are given when it stands before all. */
  readonly apps: readonly string[] | undefined;
  isBefore(path: string): boolean;
  readonly origin: ConfigOrigin;
}

interface GatewaySource {
  readonly source: string;
  readonly globFolder: string;
  readonly settings: ConfigSettings;
}

/** Adds up the gateways of all sources, weakest first. */
export function collectGateways(sources: readonly GatewaySource[]): readonly DeclaredGateway[] {
  const all = sources.flatMap(({ source, globFolder, settings }) =>
    (settings.gateways ?? []).map(({ name, apps, does }, index) => ({
      name: name ?? 'a gateway',
      apps,
      does: new Set<GatewayDuty>(does),
      isBefore: apps === undefined ? () => true : globMatcher({ folder: globFolder, patterns: apps }),
      origin: { source, at: `gateways[${index}]` },
    })),
  );
  return all.filter(({ does }) => does.size > 0);
}
