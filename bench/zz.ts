import { createWorkspace } from '#engine/workspace/create.ts';
import { rules as registered } from '#rules/index.generated.ts';
import { generateFile } from './generate.ts';
import { everythingOn, noFiles } from './settings.ts';

const spent = new Map<string, [number, number]>();
const note = (k: string, t: number) => {
  const e = spent.get(k) ?? [0, 0];
  e[0] += t;
  e[1]++;
  spent.set(k, e);
};
const now = () => process.cpuUsage().user / 1000;
const wrap =
  (k: string, o: any) =>
  (...a: any[]) => {
    const t = now();
    try {
      return o(...a);
    } finally {
      note(k, now() - t);
    }
  };
const seen = new Set();
const rules = registered.map((r: any) => {
  const c = { ...r };
  if (r.file)
    c.file = {
      ...r.file,
      ...(r.file.eachFunction && { eachFunction: wrap('eachFunction ' + r.id, r.file.eachFunction) }),
      ...(r.file.check && { check: wrap('file ' + r.id, r.file.check) }),
      ...(r.file.each && { each: wrap('each ' + r.id, r.file.each) }),
    };
  if (r.function) c.function = { ...r.function, check: wrap('function ' + r.id, r.function.check) };
  if (r.comment) c.comment = { ...r.comment, check: wrap('comment ' + r.id, r.comment.check) };
  for (const f of r.project?.facets ?? [])
    if (f.fold && !seen.has(f)) {
      seen.add(f);
      f.fold = wrap('fold ' + f.name, f.fold);
    }
  return c;
});
const file = generateFile((process.argv[2] as any) ?? 'functions', 10000);
const P = '/bench/src/orders.ts';
const sched = { budget: Number.POSITIVE_INFINITY, pause: async () => {}, superseded: false };
const ws = createWorkspace({ root: '/bench', rules, host: noFiles, configuration: everythingOn(rules) } as any);
ws.open(P, 'typescript', 1, file.text);
await ws.analyze(P, 'syntax', sched as any);
ws.findings(P);
spent.clear();
const ls = [0];
for (let a = file.text.indexOf('\n'); a >= 0; a = file.text.indexOf('\n', a + 1)) ls.push(a + 1);
const pos = (o: number) => {
  let l = ls.length - 1;
  while (ls[l]! > o) l--;
  return { line: l, character: o - ls[l]! };
};
let v = 1;
const N = 300;
let lane = 0;
for (let n = 0; n < N; n++) {
  const s = pos(file.digits[(n * 37) % file.digits.length] ?? 0);
  ws.change(P, ++v, [{ range: { start: s, end: s }, text: '7' }]);
  let t = now();
  await ws.analyze(P, 'syntax', sched as any);
  ws.findings(P);
  lane += now() - t;
  ws.change(P, ++v, [{ range: { start: s, end: { ...s, character: s.character + 1 } }, text: '' }]);
  t = now();
  await ws.analyze(P, 'syntax', sched as any);
  ws.findings(P);
  lane += now() - t;
}
console.log(process.argv[2], 'lane per key', (lane / N / 2).toFixed(2));
for (const [k, [t, c]] of [...spent].sort((a, b) => b[1][0] - a[1][0]).slice(0, 30))
  if (t / N / 2 > 0.02) console.log((t / N / 2).toFixed(3), (c / N / 2).toFixed(1), k);
