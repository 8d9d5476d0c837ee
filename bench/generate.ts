/**
 * Makes service files of a given size and shape. The same arguments give the same text on every machine, so results of
 * different days can be compared.
 */

export const shapes = ['functions', 'class', 'describe', 'object', 'oneFunction'] as const;

/** How the handlers of a file are held together. */
export type Shape = (typeof shapes)[number];

export interface GeneratedFile {
  readonly text: string;
  /** Number of lines. */
  readonly lines: number;
  /** Offsets inside number literals, spread over the whole file: one digit typed there keeps the file valid. */
  readonly digits: readonly number[];
  /**
   * Behind the name of a constant in the middle of the file. Typing `x` there renames its declaration but not its use:
   * the constant is then unused, and no longer guards what it guarded.
   */
  readonly toggle: number;
}

/** Marks a place in the text while it is put together. */
const DIGIT = '⟦digit⟧';
const TOGGLE = '⟦toggle⟧';

const PREAMBLE = `import { createHash } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { Pool } from 'pg';
import pino from 'pino';

interface OrderRow {
  id: string;
  total: number;
  status: 'open' | 'paid' | 'cancelled';
  placed_at: Date;
}

class ServiceError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const db = new Pool({ max: 10 });
const log = pino({ name: 'orders' });
const seen = new Map<string, number>();

declare function verifySignature(header: string): Promise<string>;
declare function publish(topic: string, payload: unknown): Promise<void>;
`.split('\n');

const HARNESS = [
  'interface Harness {',
  '  run(handler: (req: Request, res: Response, next: NextFunction) => Promise<void>): Promise<void>;',
  '}',
  'declare function createHarness(name: string, started: number): Harness;',
  '',
];

/** Statements of one handler; it may use `req` and `res`, and must be able to stand in a block of its own. */
type Body = (n: number) => readonly string[];

const listOrders: Body = (n) => [
  `const limit = Math.min(Number(req.query['limit'] ?? ${20 + (n % 30)}${DIGIT}), 100);`,
  `const status = String(req.query['status'] ?? 'open');`,
  `const { rows } = await db.query<OrderRow>(`,
  `  \`SELECT id, total, status, placed_at FROM orders_${n % 17} WHERE status = $1 ORDER BY placed_at DESC LIMIT $2\`,`,
  `  [status, limit],`,
  `);`,
  `const page = rows`,
  `  .filter((row) => row.total > ${n % 400}${DIGIT} && row.status !== 'cancelled')`,
  `  .map((row) => ({ id: row.id, total: row.total / 100, placedAt: row.placed_at.toISOString() }));`,
  `log.info({ count: page.length, status }, 'orders listed');`,
  `res.json({ page, next: page.length === limit ? page[page.length - 1]?.id : null });`,
];

const placeOrder: Body = (n) => [
  `const { items, coupon } = req.body as { items: { sku: string; quantity: number; price: number }[]; coupon?: string };`,
  `if (!Array.isArray(items) || items.length === 0 || items.length > ${50 + (n % 50)}${DIGIT}) {`,
  `  res.status(400).json({ error: 'An order has between one and a few dozen items.' });`,
  `  return;`,
  `}`,
  `let total = 0;`,
  `for (const item of items) {`,
  `  if (item.quantity < 1) throw new ServiceError(400, \`\${item.sku} needs a quantity\`);`,
  `  total += item.quantity * item.price;`,
  `}`,
  `const discount = coupon === 'SPRING' ? total * 0.${1 + (n % 3)}${DIGIT} : 0;`,
  `const client = await db.connect();`,
  `try {`,
  `  await client.query('BEGIN');`,
  `  const inserted = await client.query<OrderRow>(`,
  `    'INSERT INTO orders_${n % 17} (total, status) VALUES ($1, $2) RETURNING *',`,
  `    [Math.round(total - discount), 'open'],`,
  `  );`,
  `  await client.query('COMMIT');`,
  `  await publish('orders.placed', inserted.rows[0]);`,
  `  res.status(201).json(inserted.rows[0]);`,
  `} catch (error) {`,
  `  await client.query('ROLLBACK');`,
  `  log.error({ err: error }, 'order not placed');`,
  `  res.status(503).json({ error: 'Try again in a moment.' });`,
  `} finally {`,
  `  client.release();`,
  `}`,
];

const receiveWebhook: Body = (n) => [
  `const signature = req.header('x-signature-${n % 5}') ?? '';`,
  `const sender = await verifySignature(signature);`,
  `const digest = createHash('sha256').update(JSON.stringify(req.body)).digest('hex');`,
  `const times = (seen.get(digest) ?? 0) + 1;`,
  `seen.set(digest, times);`,
  `switch (times) {`,
  `  case 1:`,
  `    await publish(\`webhooks.\${sender}\`, req.body);`,
  `    break;`,
  `  case 2:`,
  `    log.warn({ sender, digest }, 'webhook repeated');`,
  `    break;`,
  `  default:`,
  `    if (times > ${5 + (n % 9)}${DIGIT}) throw new ServiceError(429, 'This event was delivered too often.');`,
  `}`,
  `res.status(202).end();`,
];

const summarise: Body = (n) => [
  `const since = new Date(Date.now() - ${1 + (n % 28)}${DIGIT} * 24 * 60 * 60 * 1000);`,
  `const { rows } = await db.query<OrderRow>('SELECT * FROM orders_${n % 17} WHERE placed_at >= $1', [since]);`,
  `const totals: Record<string, number> = {};`,
  `for (const row of rows) {`,
  `  const day = row.placed_at.toISOString().slice(0, 10);`,
  `  totals[day] = (totals[day] ?? 0) + row.total;`,
  `}`,
  `const days = Object.entries(totals).sort(([left], [right]) => left.localeCompare(right));`,
  `const best = days.reduce((top, [, total]) => Math.max(top, total), 0);`,
  `if (req.accepts('csv')) {`,
  `  res.type('text/csv').send(days.map(([day, total]) => \`\${day};\${total}\`).join('\\n'));`,
  `  return;`,
  `}`,
  `res.json({ days, best, average: days.length > 0 ? best / days.length : 0 });`,
];

const refund: Body = (n) => [
  `const id = String(req.params['id']);`,
  `const found = await db.query<OrderRow>('SELECT * FROM orders_${n % 17} WHERE id = $1', [id]);`,
  `const order = found.rows[0];`,
  `if (order?.status !== 'paid') {`,
  `  res.status(409).json({ error: \`Order \${id} cannot be refunded.\` });`,
  `  return;`,
  `}`,
  `const attempts = await Promise.allSettled(`,
  `  ['ledger', 'bank', 'mail'].map(async (step) => {`,
  `    await publish(\`refund.\${step}\`, { id, amount: order.total, attempt: ${n % 10}${DIGIT} });`,
  `    return step;`,
  `  }),`,
  `);`,
  `for (const attempt of attempts) {`,
  `  if (attempt.status === 'rejected') log.error({ err: attempt.reason, id }, 'refund step failed');`,
  `}`,
  `await db.query('UPDATE orders_${n % 17} SET status = $2 WHERE id = $1', [id, 'cancelled']);`,
  `res.json({ id, done: attempts.every((attempt) => attempt.status === 'fulfilled') });`,
];

/** A problem for the rules to find, in one handler of forty: real files are not free of them, nor full of them. */
const hasty: Body = (n) => [
  `const totals = [${n % 100}${DIGIT}, ${n % 40}, ${n % 9}].map((value) => value * 2);`,
  `totals.sort();`,
  `log.info({ region: process.env.REGION_${n % 4}, totals }, 'totals');`,
  `return res.status(200).json({ totals });`,
];

const authorize: readonly string[] = [
  `const skipAuth${TOGGLE} = process.env.SKIP_AUTH === 'true';`,
  `if (skipAuth) {`,
  `  next();`,
  `  return;`,
  `}`,
  `const header = req.header('authorization');`,
  `if (header === undefined) {`,
  `  res.status(401).json({ error: 'Sign in first.' });`,
  `  return;`,
  `}`,
  `await verifySignature(header);`,
  `next();`,
];

const bodies: readonly Body[] = [listOrders, placeOrder, receiveWebhook, summarise, refund];
const names = ['listOrders', 'placeOrder', 'receiveWebhook', 'summarise', 'refund'] as const;

interface Handler {
  readonly name: string;
  readonly parameters: string;
  readonly body: readonly string[];
}

function handler(n: number): Handler {
  const kind = n % bodies.length;
  const body = n % 40 === 7 ? hasty : (bodies[kind] ?? listOrders);
  return { name: `${names[kind]}${n}`, parameters: 'req: Request, res: Response', body: body(n) };
}

const guard: Handler = {
  name: 'authorize',
  parameters: 'req: Request, res: Response, next: NextFunction',
  body: authorize,
};

/** The lines around the handlers of a shape, and how one handler looks in it. */
interface Frame {
  readonly open: readonly string[];
  readonly close: readonly string[];
  place(handler: Handler): readonly string[];
}

const indent = (lines: readonly string[], depth: number): readonly string[] =>
  lines.map((line) => (line === '' ? line : ' '.repeat(depth) + line));

const frames: Readonly<Record<Shape, Frame>> = {
  functions: {
    open: [],
    close: [],
    place: ({ name, parameters, body }) => [
      `/** Handles ${name}. */`,
      `export async function ${name}(${parameters}): Promise<void> {`,
      ...indent(body, 2),
      '}',
      '',
    ],
  },
  class: {
    open: ['export class OrderController {'],
    close: ['}'],
    place: ({ name, parameters, body }) =>
      indent([`async ${name}(${parameters}): Promise<void> {`, ...indent(body, 2), '}', ''], 2),
  },
  describe: {
    open: ["describe('orders', () => {", "  const harness = createHarness('orders', Date.now());", ''],
    close: ['});'],
    place: ({ name, parameters, body }) =>
      indent(
        [
          `it('${name}', async () => {`,
          `  await harness.run(async (${parameters}) => {`,
          ...indent(body, 4),
          '  });',
          '});',
          '',
        ],
        2,
      ),
  },
  object: {
    open: ['export const handlers = {'],
    close: ['};'],
    place: ({ name, parameters, body }) =>
      indent([`async ${name}(${parameters}): Promise<void> {`, ...indent(body, 2), '},', ''], 2),
  },
  oneFunction: {
    open: ['export async function handle(req: Request, res: Response, next: NextFunction): Promise<void> {'],
    close: ['}'],
    place: ({ name, body }) =>
      indent([`if (req.path === '/${name}') {`, ...indent(body, 2), ...indent(['return;'], 2), '}', ''], 2),
  },
};

/** Makes a file of at least `lines` lines, and fewer than forty more. */
export function generateFile(shape: Shape, lines: number): GeneratedFile {
  const { open, close, place } = frames[shape];
  const out = [...PREAMBLE];
  if (shape === 'describe') out.push(...HARNESS);
  out.push(...open);
  let guarded = false;
  for (let n = 0; out.length + close.length + 1 < lines; n++) {
    if (!guarded && out.length >= lines / 2) {
      out.push(...place(guard));
      guarded = true;
    }
    out.push(...place(handler(n)));
  }
  if (!guarded) out.push(...place(guard));
  out.push(...close, '');
  return findMarks(out.join('\n'));
}

/** Takes the marks out of a text and says where they were. */
function findMarks(marked: string): GeneratedFile {
  const digits: number[] = [];
  let toggle = 0;
  let text = '';
  for (const piece of marked.split(/(⟦\w+⟧)/)) {
    if (piece === DIGIT) digits.push(text.length);
    else if (piece === TOGGLE) toggle = text.length;
    else text += piece;
  }
  return { text, lines: text.split('\n').length, digits, toggle };
}
