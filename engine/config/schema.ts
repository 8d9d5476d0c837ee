import { z } from 'zod';
import type { Priority } from '../api/finding.ts';
import type { Category, GatewayDuty, ProviderRole, RegisteredRule } from '../api/rule.ts';
import { globProblem } from './globs.ts';

const SWITCHES = ['off', 'on', 'P0', 'P1', 'P2', 'P3'] as const;

const CATEGORIES = {
  security: true,
  reliability: true,
  resources: true,
  data: true,
  config: true,
  testing: true,
  types: true,
  observability: true,
  delivery: true,
  checklist: true,
} as const satisfies Record<Category, true>;

const ROLES = {
  rateLimiter: 'Middleware that limits how often a client may call.',
  authMiddleware: 'Middleware or guards that let only known users pass.',
  logger: 'Loggers; calls to them count as logging.',
  validator: 'Functions that check data from outside.',
  envModule: 'The validated environment; reading from it is fine everywhere.',
  teardown: 'Functions that close what tests opened.',
} as const satisfies Record<ProviderRole, string>;

const DUTIES = {
  rateLimit: 'Limits how often a client may call.',
  authentication: 'Lets only known users pass.',
  securityHeaders: 'Sets the headers that helmet sets.',
  csrfProtection: 'Refuses requests that other sites make in the name of a user.',
} as const satisfies Record<GatewayDuty, string>;

/** Bytes above which a file is not analysed when no budget says otherwise. */
export const DEFAULT_MAX_FILE_SIZE = 4 * 1024 * 1024;

export const categoryNames = Object.keys(CATEGORIES) as readonly Category[];
const gatewayDuties = Object.keys(DUTIES) as readonly GatewayDuty[];
export const providerRoles = Object.keys(ROLES) as readonly ProviderRole[];

/** How a rule is set; parts that are left out stay as they were. */
export interface RuleSetting {
  readonly enabled?: boolean | undefined;
  readonly priority?: Priority | undefined;
  readonly options?: unknown;
}

type Switch = (typeof SWITCHES)[number];

export interface Overridable {
  readonly rules?: Readonly<Record<string, Switch | RuleSetting | undefined>> | undefined;
  readonly categories?: Readonly<Record<string, Switch | RuleSetting | undefined>> | undefined;
}

/** What an airworthy.json says, after validation. */
export interface ConfigSettings extends Overridable {
  readonly extends?: string | readonly string[] | undefined;
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly overrides?: readonly (Overridable & { readonly files: readonly string[] })[] | undefined;
  readonly providers?: Readonly<Partial<Record<ProviderRole, readonly string[] | undefined>>> | undefined;
  readonly gateways?:
    | readonly {
        readonly name?: string | undefined;
        readonly apps?: readonly string[] | undefined;
        readonly does: readonly GatewayDuty[];
      }[]
    | undefined;
  readonly budgets?: { readonly maxFileSize?: number | undefined } | undefined;
  readonly checklist?:
    | { readonly include?: readonly string[] | undefined; readonly exclude?: readonly string[] | undefined }
    | undefined;
}

const priority = z.enum(['P0', 'P1', 'P2', 'P3']).describe('P0 must be fixed before production, P3 is nice to have.');
const switches = z
  .enum(SWITCHES)
  .describe('"off", "on" with the priority it has, or on with this priority ("P0" to "P3").');
const globs = z.array(
  z.string().superRefine((pattern, ctx) => {
    const message = globProblem(pattern);
    if (message !== undefined) ctx.addIssue({ code: 'custom', message });
  }),
);
const reference = z.string().regex(/^[^#\s]+#[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/, {
  error: 'Expected "./path/to/module#export" or "package#export". Use "#default" for a default export.',
});

function ruleSetting(rule: RegisteredRule) {
  const setting = z.strictObject({
    enabled: z.boolean().optional().describe('Turns the rule on or off. Left out: stays as it is.'),
    priority: priority.optional(),
    options: rule.options.optional().describe('Options of this rule; all of them replace those set before.'),
  });
  return z.union([switches, setting]).optional().describe(rule.meta.summary);
}

function categorySetting() {
  const setting = z.strictObject({ enabled: z.boolean().optional(), priority: priority.optional() });
  return z.union([switches, setting]).optional();
}

/** The schema of an airworthy.json for a set of rules: the one source of validation, editor help and documentation. */
export function configSchema(rules: readonly RegisteredRule[]) {
  const ruleMap = z
    .strictObject(Object.fromEntries(rules.map((rule) => [rule.id, ruleSetting(rule)])))
    .describe('Rules by id, e.g. "resources/unclosed-server": "P1".');
  const categoryMap = z
    .strictObject(Object.fromEntries(categoryNames.map((name) => [name, categorySetting()])))
    .describe(
      'All rules of a category at once; "rules" beats it. Never turns on a rule that is off by default: name that one in "rules".',
    );
  const override = z.strictObject({
    files: globs.min(1).describe('Globs of the files this applies to, relative to this file.'),
    rules: ruleMap.optional(),
    categories: categoryMap.optional(),
  });
  return z
    .strictObject({
      $schema: z.string().optional().describe('Where editors find the schema of this file.'),
      extends: z
        .union([z.string().min(1), z.array(z.string().min(1))])
        .optional()
        .describe(
          'Config files to start from: relative paths or packages that hold an airworthy.json. Later ones win, this file wins over all.',
        ),
      include: globs
        .optional()
        .describe('Only files that match one of these globs are analysed. Relative to this file.'),
      exclude: globs.optional().describe('Files that match one of these globs are left out. Relative to this file.'),
      rules: ruleMap.optional(),
      categories: categoryMap.optional(),
      overrides: z.array(override).optional().describe('Other settings for some files. Later ones win.'),
      providers: z
        .strictObject(
          Object.fromEntries(providerRoles.map((role) => [role, z.array(reference).optional().describe(ROLES[role])])),
        )
        .optional()
        .describe(
          'Symbols of this project that play a role rules ask about: "./mw/limit#apiLimiter", "package#export".',
        ),
      gateways: z
        .array(
          z.strictObject({
            name: z.string().min(1).max(80).optional().describe('What people call it; messages do so too.'),
            apps: globs
              .optional()
              .describe(
                'Globs of the files that make the applications behind it, relative to this file. All when left out.',
              ),
            does: z
              .array(z.enum(gatewayDuties))
              .describe(`What it does for them. ${gatewayDuties.map((duty) => `${duty}: ${DUTIES[duty]}`).join(' ')}`),
          }),
        )
        .optional()
        .describe('What stands in front of applications and does what they would have to: proxies, gateways, meshes.'),
      budgets: z
        .strictObject({
          maxFileSize: z
            .int()
            .min(1024)
            .max(64 * 1024 * 1024)
            .optional()
            .describe(`Bytes above which a file is not analysed. Default: ${DEFAULT_MAX_FILE_SIZE}.`),
        })
        .optional()
        .describe('Limits that keep analysis quick.'),
      checklist: z
        .strictObject({
          include: globs.optional().describe('Markdown files that are readiness checklists.'),
          exclude: globs.optional().describe('Markdown files that are not, whatever they look like.'),
        })
        .optional()
        .describe('Which documents are readiness checklists.'),
    })
    .describe('Configuration of Airworthy');
}

export type ConfigSchema = ReturnType<typeof configSchema>;

/** The short forms written out: `"P1"` is on with that priority, `"off"` is not enabled. */
export function settingOf(setting: Switch | RuleSetting): RuleSetting {
  if (typeof setting !== 'string') return setting;
  if (setting === 'off') return { enabled: false };
  if (setting === 'on') return { enabled: true };
  return { enabled: true, priority: setting };
}
