import { z } from 'zod';
import { type Finding, type FixContext, rule, type TextEdit, ts } from '#api';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { NAME, preferencesFrom, preferencesOf, type UnsafeSetting, unsafeAssignment, unsafeIn } from './preferences.ts';
import { SWITCHES } from './switches.ts';
import { isWebview, unsafeInJsx, unsafeInPage } from './webviews.ts';

type Fact =
  | { readonly kind: 'preferences'; readonly value: ts.Expression }
  | { readonly kind: 'setting'; readonly setting: UnsafeSetting }
  | { readonly kind: 'webview'; readonly element: ts.JsxOpeningElement | ts.JsxSelfClosingElement };

const preferences = (value: ts.Expression | undefined): Fact | undefined => value && { kind: 'preferences', value };
const webview = (element: ts.JsxOpeningElement | ts.JsxSelfClosingElement): Fact | undefined =>
  isWebview(element) ? { kind: 'webview', element } : undefined;

/** What the message says of a setting. */
function wording(name: string): { name: string; value: string; safe: string; effect: string } {
  const { unsafe, effect } = SWITCHES.get(name) ?? { unsafe: true, effect: '' };
  return { name, value: String(unsafe), safe: String(!unsafe), effect };
}

function isSetting(node: ts.Node): node is UnsafeSetting['at'] {
  return ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isBinaryExpression(node);
}

/** Gives the setting its other value, or takes the attribute away that stands for it. */
function makeSafe(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  const text = ctx.text.slice(finding.start, finding.end);
  const node = /\.html?$/i.test(ctx.path) ? undefined : ctx.node(isSetting);
  const safe = String(finding.data['safe']);
  if (node !== undefined && ts.isShorthandPropertyAssignment(node)) return [ctx.replace(node, `${text}: ${safe}`)];
  if (node !== undefined) {
    return [ctx.replace(ts.isPropertyAssignment(node) ? node.initializer : node.right, safe)];
  }
  const word = /^(\w+\s*=\s*)\w+$/.exec(text);
  const isWord = word !== null && SWITCHES.has(text.split(/\s*=/)[0] ?? '');
  if (isWord) {
    const start = finding.start + (word[1]?.length ?? 0);
    return [ctx.replace({ start, end: finding.end }, safe === 'true' ? 'yes' : 'no')];
  }
  const blanks = /\s+$/.exec(ctx.text.slice(0, finding.start))?.[0].length ?? 0;
  return [ctx.replace({ start: finding.start - blanks, end: finding.end }, '')];
}

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Electron windows whose pages get Node, or whose protections are turned off.',
    promise: 'All windows keep the protections of Electron turned on',
    topics: [
      'webPreferences',
      'nodeIntegration',
      'contextIsolation',
      'webSecurity',
      'electron sandbox',
      'context isolation',
      'node integration',
      'enableRemoteModule',
    ],
    subject: ['webPreferences', 'BrowserWindow', 'webview'],
    references: [
      { title: 'Electron: Security', url: 'https://www.electronjs.org/docs/latest/tutorial/security' },
      { title: 'CWE-1188', url: 'https://cwe.mitre.org/data/definitions/1188.html' },
    ],
    messages: {
      unsafe:
        '`{name}: {value}` {effect}. Set it to {safe}, and let a preload script hand out the single functions that the page needs.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      PropertyAssignment: { named: NAME, listen: (node): Fact | undefined => preferences(preferencesOf(node)) },
      VariableDeclaration: (node): Fact | undefined => preferences(preferencesOf(node)),
      PropertyDeclaration: (node): Fact | undefined => preferences(preferencesOf(node)),
      FunctionDeclaration: (node): Fact | undefined => preferences(preferencesFrom(node)),
      MethodDeclaration: (node): Fact | undefined => preferences(preferencesFrom(node)),
      BinaryExpression: {
        named: (name) => name.endsWith(' =') && SWITCHES.has(name.slice(0, -2)),
        listen: (node): Fact | undefined => {
          const setting = unsafeAssignment(node);
          return setting && { kind: 'setting', setting };
        },
      },
      JsxOpeningElement: webview,
      JsxSelfClosingElement: webview,
    },
    check(ctx) {
      const seen = new Set<ts.Node>();
      for (const fact of ctx.scope.all()) {
        if (fact.kind === 'webview') {
          if (isDevelopmentOnly(fact.element)) continue;
          for (const { at, name } of unsafeInJsx(fact.element)) ctx.report(at, 'unsafe', wording(name));
          continue;
        }
        const settings =
          fact.kind === 'setting' ? [fact.setting] : unsafeIn(fact.value, (identifier) => ctx.lookup(identifier));
        const place = fact.kind === 'setting' ? fact.setting.at : fact.value;
        if (settings.length === 0 || isDevelopmentOnly(place)) continue;
        for (const { at, name } of settings) {
          if (seen.has(at) || isDevelopmentOnly(at)) continue;
          seen.add(at);
          ctx.report(at, 'unsafe', wording(name));
        }
      }
    },
  },
  documents: {
    languages: ['html'],
    check({ document, report }) {
      if (document.language !== 'html') return;
      for (const { at, name } of unsafeInPage(document)) report(at, 'unsafe', wording(name));
    },
  },
  fixes: {
    unsafe: [{ title: 'Turn the protection on again', safety: 'suggest', edits: makeSafe }],
  },
});
