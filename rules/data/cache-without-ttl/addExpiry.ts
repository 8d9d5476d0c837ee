import { type Fix, ts, unwrap } from '#api';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import { quoteMark } from '../../_shared/layout.ts';

/** Gives an entry a time to live, in the words of the client that is installed. */
export const addExpiry: Fix<{ readonly seconds: number }> = {
  title: 'Let the entry expire',
  safety: 'suggest',
  edits(ctx) {
    const call = ctx.node(ts.isCallExpression);
    const [, value, third] = call?.arguments ?? [];
    if (call === undefined || value === undefined || third !== undefined) return undefined;
    const { seconds } = ctx.options;
    if (dataCall(call, ctx)?.kind === 'keyv') return [ctx.insert(value.end, `, ${seconds * 1000}`)];
    const has = (name: string) => ctx.header.dependency(name) !== undefined;
    const isFlat = has('ioredis') || has('iovalkey');
    const isObject = has('redis') || has('@redis/client');
    const isUpstash = has('@upstash/redis');
    // Two clients with different words: nobody can tell which one this is.
    if (Number(isFlat) + Number(isObject) + Number(isUpstash) !== 1 || ts.isSpreadElement(unwrap(value)))
      return undefined;
    const mark = quoteMark(ctx.text);
    if (isFlat) return [ctx.insert(value.end, `, ${mark}EX${mark}, ${seconds}`)];
    return [ctx.insert(value.end, `, { ${isObject ? 'EX' : 'ex'}: ${seconds} }`)];
  },
};
