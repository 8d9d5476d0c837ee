import type { z } from 'zod';
import { type Fix, ts } from '#api';
import { defaultSort } from './defaultSort.ts';
import type { Elements } from './elements.ts';
import { freeNames } from './freeNames.ts';

const COMPARATORS = {
  numbers: (a: string, b: string) => `(${a}, ${b}) => ${a} - ${b}`,
  bigints: (a: string, b: string) => `(${a}, ${b}) => (${a} < ${b} ? -1 : ${a} > ${b} ? 1 : 0)`,
  dates: (a: string, b: string) => `(${a}, ${b}) => ${a}.getTime() - ${b}.getTime()`,
};

/** Passes a comparator that orders elements of this kind by value. The finding says what they are, so no types are asked. */
export function passComparator(kind: Exclude<Elements, 'mixed' | 'gaps'>): Fix<z.output<z.ZodObject>> {
  return {
    title: 'Pass a comparator',
    safety: 'safe',
    edits(ctx) {
      let node = ctx.node(isName)?.parent;
      while (node !== undefined && !ts.isCallExpression(node)) node = node.parent;
      const sort = node && defaultSort(node);
      if (sort === undefined) return undefined;
      const comparator = COMPARATORS[kind](...freeNames(sort.call));
      const [given] = sort.call.arguments;
      if (given !== undefined) return [ctx.replace(given, comparator)];
      // Before the closing parenthesis, so that a comment stays in front.
      const end = sort.call.end - 1;
      return [ctx.insert(end, /[(\s]/.test(ctx.text.charAt(end - 1)) ? comparator : ` ${comparator}`)];
    },
  };
}

function isName(node: ts.Node): node is ts.Identifier | ts.StringLiteralLike {
  return ts.isIdentifier(node) || ts.isStringLiteralLike(node);
}
