import { z } from 'zod';
import { type FixContext, rule, type TextEdit, ts, unwrap } from '#api';
import { settled } from '../../_shared/browser/constants.ts';
import { constant, propertyKey } from '../../_shared/calls.ts';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { cutsFor } from '../../_shared/removeEntries.ts';
import { hasOwnPolicy, isHelmetOptions } from './settings.ts';

/** The option, written out or as the name of a constant. */
type Option = ts.PropertyAssignment | ts.ShorthandPropertyAssignment;

function isOption(node: ts.Node): node is Option {
  return ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
}

function writtenValue(option: Option): ts.Node {
  return ts.isPropertyAssignment(option) ? option.initializer : option.name;
}

function mayBeFalse(value: ts.Node): boolean {
  return ts.isIdentifier(unwrap(value)) || constant(value)?.value === false;
}

/** Takes the option out; a call that it was the only option of loses the empty object as well. */
function removeOption(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const property = ctx.node(isOption);
  if (property === undefined) return undefined;
  const { properties, parent } = property.parent;
  const object = property.parent;
  const inner = { start: object.getStart() + 1, end: object.end - 1 };
  const hasComment = /\/[/*]/.test(ctx.text.slice(inner.start, inner.end));
  if (ts.isCallExpression(parent) && parent.arguments.at(-1) === object && properties.length === 1 && !hasComment) {
    return [ctx.replace({ start: parent.arguments.at(-2)?.end ?? object.getStart(), end: object.end }, '')];
  }
  const spans = properties.map((one) => ({ start: one.getStart(), end: one.end }));
  const removed = new Set([properties.indexOf(property)]);
  return cutsFor(ctx.text, { inner, spans, removed }).map((cut) => ctx.replace(cut, ''));
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: "Content-Security-Policy turned off in helmet's options.",
    promise: 'Every page is served with a Content-Security-Policy',
    topics: ['content security policy', 'Content-Security-Policy', 'contentSecurityPolicy', 'CSP header', 'helmet CSP'],
    subject: ['helmet', 'contentSecurityPolicy'],
    references: [
      { title: 'Helmet: Content-Security-Policy', url: 'https://helmetjs.github.io/#content-security-policy' },
      { title: 'CWE-693', url: 'https://cwe.mitre.org/data/definitions/693.html' },
    ],
    messages: {
      disabled:
        'Without a Content-Security-Policy, one script that gets into a page runs with the rights of whoever looks at it. Remove this option, and give the policy the sources that your pages need.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      PropertyAssignment: {
        named: /^contentSecurityPolicy$/,
        listen: (node): Option | undefined =>
          propertyKey(node.name) === 'contentSecurityPolicy' && mayBeFalse(node.initializer) ? node : undefined,
      },
      ShorthandPropertyAssignment: {
        named: /^contentSecurityPolicy$/,
        listen: (node): Option | undefined => (node.name.text === 'contentSecurityPolicy' ? node : undefined),
      },
    },
    check(ctx) {
      const facts = [...ctx.scope.all()].filter(
        (property) =>
          constant(settled(writtenValue(property), (name) => ctx.lookup(name)))?.value === false &&
          isHelmetOptions(property.parent, ctx.header) &&
          !isDevelopmentOnly(property) &&
          !isReplaced(property, property.parent),
      );
      if (facts.length === 0 || hasOwnPolicy(ctx.file.text)) return;
      for (const property of facts) ctx.report(property, 'disabled');
    },
  },
  fixes: {
    disabled: [{ title: 'Let helmet send its policy', safety: 'suggest', edits: removeOption }],
  },
});

/** What comes behind may say otherwise, as `...(isProduction && { contentSecurityPolicy: policy })` does. */
function isReplaced(property: Option, object: ts.ObjectLiteralExpression): boolean {
  return object.properties.some((other) => {
    if (other.pos <= property.pos) return false;
    if (ts.isSpreadAssignment(other)) return !ts.isObjectLiteralExpression(unwrap(other.expression));
    return other.name !== undefined && propertyKey(other.name) === 'contentSecurityPolicy';
  });
}
