import { z } from 'zod';
import type { Span } from '../api/finding.ts';
import { folderOf } from '../document/paths.ts';
import type { Host } from '../workspace/host.ts';
import { issueTexts } from './issueText.ts';
import { type LocatedJson, locateJson } from './locate.ts';
import { missingModules } from './providers.ts';
import { type Salvaged, salvage } from './salvage.ts';
import type { ConfigSchema, ConfigSettings } from './schema.ts';
import type { ConfigProblem } from './types.ts';

/** One airworthy.json as read, with everything in it that is right. */
export interface ConfigFile {
  readonly path: string;
  readonly settings: ConfigSettings;
  /** Position in the file of each entry of `settings.overrides`: wrong ones are left out of the settings. */
  readonly overrideIndex: readonly number[];
  readonly problems: readonly ConfigProblem[];
  /** Where a reference of `extends` stands. */
  extendsSpan(reference: string): Span;
}

/** Reads and validates a config file. `undefined` when there is none; never throws. */
export function readConfigFile(path: string, host: Host, schema: ConfigSchema): ConfigFile | undefined {
  const text = host.readText(path);
  if (text === undefined) return undefined;
  const json = locateJson(text);
  const problems: ConfigProblem[] = json.problems.map(({ start, end, message }) => ({
    path,
    span: { start, end },
    message,
  }));
  const validated = validateSettings(json.value, schema, (place, at, message) =>
    problems.push({ path, span: spanOf(json, place, at), message }),
  );
  for (const { role, reference } of missingModules(validated.settings, folderOf(path), host)) {
    const message = `There is no module "${reference.split('#', 1)[0]}". The path is relative to this file.`;
    problems.push({ path, span: itemSpan(json, ['providers', role], reference), message });
  }
  return { path, ...validated, problems, extendsSpan: (reference) => itemSpan(json, ['extends'], reference) };
}

/** Place of a text that stands at a path, or in the list there. By value: the list may have lost wrong items. */
function itemSpan(json: LocatedJson, path: readonly string[], item: string): Span {
  const list = path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), json.value);
  return json.valueSpan(Array.isArray(list) ? [...path, list.indexOf(item)] : path);
}

function spanOf(json: LocatedJson, path: readonly PropertyKey[], at: 'key' | 'value'): Span {
  return at === 'key' ? json.keySpan(path) : json.valueSpan(path);
}

type OnProblem = (path: readonly PropertyKey[], at: 'key' | 'value', message: string) => void;

/** Validates settings, leaves out what is wrong, and reports each mistake with its JSON path. */
export function validateSettings(
  value: unknown,
  schema: ConfigSchema,
  onProblem: OnProblem,
): Pick<ConfigFile, 'settings' | 'overrideIndex'> {
  if (value === undefined) return { settings: {}, overrideIndex: [] };
  const report = <T>(part: z.ZodType<T>, input: unknown, prefix: readonly PropertyKey[]): Salvaged<T> => {
    const result = salvage(part, input);
    for (const issue of result.issues) {
      for (const { path, at, message } of issueTexts(issue, part, input)) onProblem([...prefix, ...path], at, message);
    }
    return result;
  };
  // Overrides are validated one by one: those after a wrong one keep their number.
  const { overrides, ...rest } = isRecord(value) ? value : { overrides: undefined };
  const main = report(schema, isRecord(value) ? rest : value, []);
  const settings: ConfigSettings = main.value ?? {};
  const override = schema.shape.overrides.unwrap().element;
  const kept: z.output<typeof override>[] = [];
  const overrideIndex: number[] = [];
  if (Array.isArray(overrides)) {
    for (const [index, item] of overrides.entries()) {
      const { value: valid } = report(override, item, ['overrides', index]);
      if (valid === undefined) continue;
      kept.push(valid);
      overrideIndex.push(index);
    }
  } else if (overrides !== undefined) {
    report(z.array(z.unknown()), overrides, ['overrides']);
  }
  return { settings: { ...settings, overrides: kept }, overrideIndex };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
