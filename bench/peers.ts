/**
 * `npm run bench:peers [-- --sizes=1000,10000 --keys=30 --write]`: the same file and the same key, sent through real
 * language servers side by side. Exits with 1 when ours is not as much faster as it has to be.
 */
import { parseArgs } from 'node:util';
import { generateFile } from './generate.ts';
import { KeySession, sleep } from './keySession.ts';
import { createPeerWorkspace, installPeers, type PeerServer, servers, stopDaemons } from './peerServers.ts';
import { median, quantile } from './quantiles.ts';
import { machine, ms, table, writeSection } from './report.ts';

/** Ours must need at most this share of the fastest peer's time, by number of lines. */
const BUDGETS: Readonly<Record<number, number>> = { 1000: 1 / 5, 10000: 1 / 15, 50000: 1 / 15 };

/** Opening a file may take long for a server that starts cold; a key may not. */
const OPEN_TIMEOUT = 60_000;
const KEY_TIMEOUT = 30_000;
/** A server that has used this much time for its keys at one size gets no more of them. */
const TIME_PER_SIZE = 45_000;
const KEYS_PER_ROUND = 5;
/** Between two keys: a fast typist's rhythm. */
const TYPING_PAUSE = 120;

interface Measured {
  readonly server: PeerServer;
  readonly samples: number[];
  opened: number;
  findings: number;
  mode: string;
  note: string;
}

const { values: args } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,50000' },
    keys: { type: 'string', default: '40' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const sizes = args.sizes.split(',').map(Number);
const keys = Number(args.keys);
const chosen = servers.filter(
  ({ name }) => args.only === undefined || args.only.split(',').some((part) => name.includes(part)),
);

async function measure(lines: number): Promise<readonly Measured[]> {
  const file = generateFile('functions', lines);
  const workspace = createPeerWorkspace(file.text);
  const measured: Measured[] = chosen.map((server) => ({
    server,
    samples: [],
    opened: Number.NaN,
    findings: Number.NaN,
    mode: '',
    note: '',
  }));
  const sessions = new Map<Measured, KeySession>();
  const leave = async (entry: Measured, reason: unknown): Promise<void> => {
    entry.note = reason instanceof Error ? reason.message : String(reason);
    await sessions.get(entry)?.stop();
    sessions.delete(entry);
  };
  try {
    for (const entry of measured) {
      const session = new KeySession(entry.server, workspace, file);
      sessions.set(entry, session);
      try {
        const answer = await session.open(OPEN_TIMEOUT);
        entry.opened = answer.ms;
        entry.findings = answer.count;
        entry.mode = session.mode;
        // Four presses warm it up, unless it is so slow that they would use up its time.
        for (let warm = 0; warm < 4; warm++) if ((await session.press(KEY_TIMEOUT)).ms > 2_000 && warm % 2 === 1) break;
        await session.settle();
      } catch (error) {
        await leave(entry, error);
      }
    }
    for (let done = 0; done < keys; done += KEYS_PER_ROUND) {
      for (const [entry, session] of [...sessions]) {
        const spent = entry.samples.reduce((sum, sample) => sum + sample, 0);
        if (spent > TIME_PER_SIZE) continue;
        try {
          for (let key = 0; key < KEYS_PER_ROUND; key++) {
            entry.samples.push((await session.press(KEY_TIMEOUT)).ms);
            await sleep(TYPING_PAUSE);
          }
          await session.settle();
        } catch (error) {
          await leave(entry, error);
        }
      }
    }
  } finally {
    for (const session of sessions.values()) await session.stop();
    workspace.remove();
  }
  return measured;
}

installPeers();
const sections: string[] = [];
let missed = 0;
try {
  for (const lines of sizes) {
    const measured = await measure(lines);
    const ours = measured.find(({ server }) => server.role === 'ours');
    const fastest = Math.min(
      ...measured
        .filter(({ server, samples }) => server.role === 'peer' && samples.length > 0)
        .map(({ samples }) => median(samples)),
    );
    const rows = measured.map(({ server, samples, opened, findings, mode, note }) => {
      const p50 = median(samples);
      return [
        server.name,
        mode,
        ms(opened),
        String(samples.length),
        ms(p50),
        ms(quantile(samples, 0.95)),
        Number.isFinite(findings) ? String(findings) : '–',
        Number.isFinite(p50) ? `${(p50 / fastest).toFixed(3)}` : note,
      ];
    });
    const head = ['server', 'mode', 'open ms', 'keys', 'p50 ms', 'p95 ms', 'findings', '÷ fastest peer'];
    const parts = [`### ${lines.toLocaleString('en')} lines`, '', table(head, rows)];
    const budget = BUDGETS[lines];
    if (ours !== undefined && budget !== undefined && Number.isFinite(fastest)) {
      const ratio = median(ours.samples) / fastest;
      const held = ratio <= budget;
      if (!held) missed++;
      parts.push(
        '',
        `${held ? 'Held' : 'Missed'}: ours needs 1/${(1 / ratio).toFixed(1)} of the fastest peer, at most 1/${Math.round(1 / budget)} is allowed.`,
      );
    }
    const section = parts.join('\n');
    console.log(`${section}\n`);
    sections.push(section);
  }
} finally {
  stopDaemons();
}
if (args.write) writeSection('peers', [machine(), ...sections].join('\n\n'));
process.exitCode = missed > 0 ? 1 : 0;
