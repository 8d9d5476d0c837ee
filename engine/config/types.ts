import type { Priority, Span } from '../api/finding.ts';
import type { Gateway, ProviderRole } from '../api/rule.ts';

/** A mistake in an airworthy.json, at its place in that file. The rest of the file still applies. */
export interface ConfigProblem {
  readonly path: string;
  readonly span: Span;
  readonly message: string;
}

/** Where a setting came from, for `airworthy config --print`. */
export interface ConfigOrigin {
  /** `default`, or the path of the airworthy.json. */
  readonly source: string;
  /** JSON path in it, e.g. `overrides[1].rules.security/csp-disabled`. */
  readonly at: string;
}

/** What applies to one file, after nearest config, `extends` and overrides. */
export interface ResolvedConfig {
  /** Equal hashes mean equal settings: part of every cache key. */
  readonly hash: string;
  /** Left out by `include`/`exclude`. */
  readonly excluded: boolean;
  /** Priority and validated options of a rule that is on; `undefined` when it is off. */
  rule(id: string): { readonly priority: Priority | undefined; readonly options: unknown } | undefined;
  providers(role: ProviderRole): ReadonlySet<string>;
  /** What stands in front of the application that a file makes. */
  gatewaysBefore(path: string): readonly Gateway[];
  /** Bytes above which a file is not analysed. */
  readonly maxFileSize: number;
  /** Whether `checklist` names this document as a readiness checklist or says it is none; `undefined`: says nothing. */
  readonly checklist: 'included' | 'excluded' | undefined;
  explain(): readonly { readonly setting: string; readonly value: unknown; readonly origin: ConfigOrigin }[];
}

/** All airworthy.json files of a workspace, and the settings of the editor below them. */
export interface Configuration {
  /** Settings for a file; cached until `invalidate`. */
  for(path: string): ResolvedConfig;
  /** Problems of all config files seen so far, by file. */
  problems(): readonly ConfigProblem[];
  /**
   * Config files that settings were taken from since `invalidate`, and those that would be if they were there: what they
   * extend may have any name and stand anywhere.
   */
  sources(): ReadonlySet<string>;
  /** A config file, or one it extends, changed: forget what was read. */
  invalidate(): void;
}
