/**
 * `npm run bench:workspace [-- --files=5000 --lines=120 --write]`: what a whole folder costs from nothing, from what an
 * earlier process kept, and once all is known.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createConfiguration } from '#engine/config/configuration.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import type { Workspace } from '#engine/workspace/workspace.ts';
import { discover } from '#host/discover.ts';
import { diskHost } from '#host/disk.ts';
import { OutcomeFile } from '#host/outcomeFile.ts';
import { rules } from '#rules/index.generated.ts';
import { generateFile, shapes } from './generate.ts';
import { heapUsed } from './heap.ts';
import { median } from './quantiles.ts';
import { machine, ms, table, writeSection } from './report.ts';
import { atOnce } from './settings.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '5000' },
    lines: { type: 'string', default: '120' },
    write: { type: 'boolean', default: false },
  },
});
const count = Number(values.files);
const lines = Number(values.lines);
const KEYS = 100;

/** Services of a hundred files each, with a manifest of their own. */
function fill(folder: string): void {
  const texts = shapes.map((shape) => generateFile(shape, lines).text);
  for (let n = 0; n < count; n++) {
    const service = join(folder, 'services', `s${Math.floor(n / 100)}`);
    if (n % 100 === 0) {
      mkdirSync(join(service, 'src'), { recursive: true });
      const dependencies = { express: '^5.0.0', pg: '^8.0.0', pino: '^9.0.0' };
      writeFileSync(
        join(service, 'package.json'),
        JSON.stringify({ name: `s${n / 100}`, private: true, dependencies }),
      );
    }
    writeFileSync(join(service, 'src', `f${n}.ts`), `// ${n}\n${texts[n % texts.length] ?? ''}`);
  }
}

interface Start {
  readonly workspace: Workspace;
  readonly paths: readonly string[];
  readonly finding: number;
  readonly syntax: number;
  readonly project: number;
  readonly heap: number;
  readonly findings: number;
}

async function start(root: string, store: OutcomeFile): Promise<Start> {
  const before = heapUsed();
  const configuration = createConfiguration({ root, host: diskHost, rules });
  const workspace = createWorkspace({ root, rules, host: diskHost, configuration, store });
  let from = performance.now();
  const lap = (): number => {
    const now = performance.now();
    const spent = now - from;
    from = now;
    return spent;
  };
  const accepts = (path: string) => documentKind(path) !== undefined;
  const { files } = await discover(root, { accepts, signal: new AbortController().signal });
  const finding = lap();
  workspace.refresh(files);
  for (const path of files) await workspace.analyze(path, 'syntax', atOnce);
  const syntax = lap();
  await workspace.analyze(files[0] ?? root, 'project', atOnce);
  const project = lap();
  const findings = files.reduce((total, path) => total + workspace.findings(path).length, 0);
  return { workspace, paths: files, finding, syntax, project, heap: heapUsed() - before, findings };
}

/** Types digits into a comment at the top of a file: no value of a facet differs. */
async function type({ workspace, paths }: Start): Promise<{ readonly syntax: number[]; readonly project: number[] }> {
  const path = paths.find((file) => file.endsWith('.ts')) ?? '';
  workspace.open(path, 'typescript', 1, workspace.text(path) ?? '');
  await workspace.analyze(path, 'project', atOnce);
  const syntax: number[] = [];
  const project: number[] = [];
  const at = { line: 0, character: 3 };
  for (let n = 0; n < KEYS; n++) {
    const from = performance.now();
    workspace.change(path, n + 2, [{ range: { start: at, end: at }, text: '7' }]);
    await workspace.analyze(path, 'syntax', atOnce);
    const mid = performance.now();
    await workspace.analyze(path, 'project', atOnce);
    syntax.push(mid - from);
    project.push(performance.now() - mid);
  }
  return { syntax, project };
}

const root = mkdtempSync(join(tmpdir(), 'airworthy-bench-')).replaceAll('\\', '/');
try {
  fill(root);
  const file = join(root, '..', `${root.split('/').pop()}-outcomes.txt`);
  const kept = new OutcomeFile(file, 'bench');
  const cold = await start(root, kept);
  const keys = await type(cold);
  const saving = performance.now();
  await kept.save(() => true);
  const saved = performance.now() - saving;
  cold.workspace.dispose();
  const warm = await start(root, new OutcomeFile(file, 'bench'));
  if (warm.findings !== cold.findings) throw new Error(`${warm.findings} findings warm, ${cold.findings} cold`);
  const row = (name: string, { finding, syntax, project, heap }: Start): string[] => [
    name,
    ms(finding),
    ms(syntax),
    ms(project),
    ms(finding + syntax + project),
    (heap / 2 ** 20).toFixed(0),
  ];
  const total = ({ finding, syntax, project }: Start): number => finding + syntax + project;
  const content = [
    `${machine()}; ${count.toLocaleString('en')} files of ${lines} lines in ${Math.ceil(count / 100)} services, ${rules.length} rules, ${cold.findings.toLocaleString('en')} findings. Times in milliseconds.`,
    table(
      ['start', 'find files', 'analyse each', 'whole project', 'together', 'heap MB'],
      [row('from nothing', cold), row('from what was kept', warm)],
    ),
    `The warm start takes 1/${(total(cold) / total(warm)).toFixed(1)} of the cold one. What is kept are ${(statSync(file).size / 2 ** 20).toFixed(1)} MB, written in ${ms(saved)} ms. A key that changes no fact then costs ${ms(median(keys.syntax))} ms in its file and ${ms(median(keys.project))} ms in the project (medians of ${KEYS}).`,
  ].join('\n\n');
  console.log(content);
  if (values.write) writeSection('workspace', content);
  rmSync(file, { force: true });
} finally {
  rmSync(root, { recursive: true, force: true });
}
