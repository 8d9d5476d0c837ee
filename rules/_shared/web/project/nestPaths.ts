import type { Controller, Value } from './facts.ts';
import { joinPaths, NOT_CONSTANT } from './paths.ts';
import { constantText } from './pluginSource.ts';
import type { NestSetting } from './registrations.ts';
import type { Thing } from './things.ts';

/** Puts together the whole path of a controller's route, from the file of the controller. */
export type NestPaths = (controller: Controller, route: Controller['routes'][number], file: string) => string;

type Evaluate = (value: Value, path: string) => readonly Thing[];

/** Where a version stands in the path, `v1`, and the one of controllers that tell none. */
interface Versions {
  readonly prefix: string;
  readonly usual: string | undefined;
}

/** Paths as an application of Nest puts them together: its own prefix, the version, the controller, the method. */
export function nestPaths(settings: readonly NestSetting[], evaluate: Evaluate): NestPaths {
  const global = settings.find(({ method }) => method === 'setGlobalPrefix');
  const excluded = global === undefined ? [] : excludedFrom(global, evaluate);
  const versioning = settings.find(({ method }) => method === 'enableVersioning');
  const versions = versioning && versionsOf(versioning, evaluate);
  return (controller, route, file) => {
    const own = joinPaths(joinPaths('/', textOf(controller.path, file, evaluate)), textOf(route.path, file, evaluate));
    const version = versions && versionOf(controller, route, file, versions, evaluate);
    const versioned = version === undefined ? own : joinPaths(`/${version}`, own);
    if (global === undefined || excluded.some((path) => isSame(path, own))) return versioned;
    const inside = joinPaths(joinPaths('/', global.path), versioned);
    return excluded.some((path) => mayCover(path, own)) ? `${versioned}|${inside}` : inside;
  };
}

function textOf(value: Value, path: string, evaluate: Evaluate): string {
  return constantText(evaluate(value, path)) ?? NOT_CONSTANT;
}

/** `{ exclude: ['health', { path: 'metrics', method }] }`. */
function excludedFrom({ operation, file }: NestSetting, evaluate: Evaluate): readonly string[] {
  return operation.args.flatMap((arg) => {
    if (arg.is !== 'object') return [];
    const { exclude } = arg.members;
    if (exclude?.is !== 'list') return [];
    return exclude.items.map((item) => {
      const path = item.is === 'object' ? item.members['path'] : item;
      return path === undefined ? NOT_CONSTANT : textOf(path, file, evaluate);
    });
  });
}

function isSame(one: string, other: string): boolean {
  return one.replace(/^\/|\/$/g, '') === other.replace(/^\/|\/$/g, '');
}

/** Whether an excluded path is a pattern that may stand for a route: `api/(.*)`, `health/:part`. */
function mayCover(pattern: string, own: string): boolean {
  const open = pattern.search(/[*(:{]/);
  return open >= 0 && own.replace(/^\//, '').startsWith(pattern.slice(0, open).replace(/^\//, ''));
}

/** `undefined` where versions do not stand in the path. */
function versionsOf({ operation, file }: NestSetting, evaluate: Evaluate): Versions | undefined {
  const [options] = operation.args;
  const { type, prefix, defaultVersion } = options?.is === 'object' ? options.members : {};
  if (type?.is === 'import' && !type.name.endsWith('URI')) return undefined;
  return {
    prefix: prefix === undefined ? 'v' : textOf(prefix, file, evaluate),
    usual: defaultVersion === undefined ? undefined : versionText(defaultVersion, file, evaluate),
  };
}

function versionOf(
  controller: Controller,
  route: Controller['routes'][number],
  file: string,
  { prefix, usual }: Versions,
  evaluate: Evaluate,
): string | undefined {
  const said = [...route.decorators, ...controller.decorators].find(
    ({ reference }) => reference === '@nestjs/common#Version',
  );
  if (said !== undefined) {
    const [version] = said.given;
    return version === undefined || version === 'VERSION_NEUTRAL' ? undefined : prefix + version;
  }
  const version = controller.version === undefined ? usual : versionText(controller.version, file, evaluate);
  return version === undefined ? undefined : prefix + version;
}

/** `undefined` for `VERSION_NEUTRAL`. */
function versionText(value: Value, file: string, evaluate: Evaluate): string | undefined {
  if (value.is === 'import' && value.name === 'VERSION_NEUTRAL') return undefined;
  return constantText(evaluate(value, file)) ?? '*';
}
