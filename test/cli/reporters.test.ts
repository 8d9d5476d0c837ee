import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '#cli/report.ts';
import { github } from '#cli/reporters/github.ts';
import { json } from '#cli/reporters/json.ts';
import { pretty } from '#cli/reporters/pretty.ts';
import type { Reporter } from '#cli/reporters/reporter.ts';
import { sarif } from '#cli/reporters/sarif.ts';
import { assertGolden } from './golden.ts';
import { projectWith } from './project.ts';
import { plainTerminal, runSample } from './runSample.ts';

const root = projectWith({
  'package.json': '{}',
  '.gitignore': 'local.ts\n',
  'local.ts': 'danger();\n',
  'node_modules/x/index.js': 'danger();\n',
  'airworthy.json': '{\n  "rules": { "security/no-dangr": "off" },\n  "exclude": ["old"]\n}\n',
  'old/a.ts': 'danger();\n',
  'src/a.ts': 'import { danger } from "x";\n\nexport function a() {\n\tdanger();\n}\n',
  'src/bom.ts': '\uFEFFfixable(); // first column\r\nsuggested();\r\n',
  'src/long.ts': `const padding = "${'x'.repeat(300)}"; danger(); const more = "${'y'.repeat(300)}";\n`,
  'src/many lines.ts': 'danger(\n  1,\n  2,\n  3,\n  4,\n  5,\n);\n',
  'src/throws.ts': 'explode();\n',
  'src/wide.ts': 'const 名前 = "日本語😀"; danger(); // \u202Ereversed\u202C\n',
  'src/made.generated.ts': 'danger();\n',
  'src/min.min.js': 'danger();\n',
});

async function rendered(reporter: Reporter, width = 100): Promise<string> {
  const report: Report = await runSample(root);
  const text = reporter({ ...report, stats: { ...report.stats, durationMs: 0 } }, plainTerminal(width));
  return text.replaceAll(report.cwd, '<cwd>');
}

test('pretty: frames, priorities, totals', async () => assertGolden('pretty.txt', await rendered(pretty)));
test('pretty: narrow terminals', async () => assertGolden('pretty-narrow.txt', await rendered(pretty, 60)));
test('json', async () => assertGolden('report.json', await rendered(json)));
test('sarif', async () => assertGolden('report.sarif.json', await rendered(sarif)));
test('github', async () => assertGolden('github.txt', await rendered(github)));

test('a report on nothing is short', async () => {
  const report = await runSample(projectWith({}));
  assert.equal(pretty(report, plainTerminal(80)), 'No files to analyse.\n');
});
