import type { Span, ts } from '#api';
import { isValue, memberOf, type Setting } from '../../_shared/testing/setting.ts';

/** A setting by which the tests pass whatever the compiler says. */
export interface Suppression {
  readonly place: ts.Node | Span;
  readonly message: 'off' | 'warnOnly' | 'ignoredCodes';
  readonly data: Readonly<Record<string, string>>;
}

/** What of ts-jest's `diagnostics` keeps type errors from failing the tests. */
export function suppressionsIn(options: Setting): readonly Suppression[] {
  const diagnostics = memberOf(options, 'diagnostics');
  if (diagnostics === undefined) return [];
  if (isValue(diagnostics.value, false)) return [{ place: diagnostics.place, message: 'off', data: {} }];
  const found: Suppression[] = [];
  const warnOnly = memberOf(diagnostics.value, 'warnOnly');
  if (warnOnly !== undefined && isValue(warnOnly.value, true)) {
    found.push({ place: warnOnly.place, message: 'warnOnly', data: {} });
  }
  const ignored = memberOf(diagnostics.value, 'ignoreCodes');
  const codes = ignored === undefined ? [] : codesIn(ignored.value).filter(isTypeError);
  if (ignored !== undefined && codes.length > 0) {
    const data = { codes: codes.map((code) => `TS${code}`).join(', ') };
    found.push({ place: ignored.place, message: 'ignoredCodes', data });
  }
  return found;
}

/** ts-jest takes numbers, `TS2345`, lists of them, and several in one string. */
function codesIn(setting: Setting): readonly number[] {
  if (setting.kind === 'list') return setting.items.flatMap(codesIn);
  return setting.kind === 'value' ? codesOf(String(setting.value)) : [];
}

/** Numbers of errors in a text such as `TS2345, 2322`. */
export function codesOf(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const code = /^\s*(?:TS)?(\d+)\s*$/i.exec(part)?.[1];
    return code === undefined ? [] : [Number(code)];
  });
}

/**
 * Errors about what the compiler was asked to produce, not about the code: `import.meta` and `await` at top level, JSX and
 * dynamic imports under a `module` or `target` that the tests do not run with. Ignoring them hides no mistake.
 */
const ABOUT_SETTINGS = new Set([
  1286, 1287, 1295, 1309, 1323, 1324, 1343, 1375, 1378, 1432, 1470, 1479, 17004, 18002, 18003,
]);

/**
 * Whether a code says that the program is wrong. Those of ts-jest itself (151001 …), of compiler options (5xxx) and of
 * messages and unused names (6xxx) do not.
 */
export function isTypeError(code: number): boolean {
  return code >= 1000 && code < 100_000 && !(code >= 5000 && code < 7000) && !ABOUT_SETTINGS.has(code);
}
