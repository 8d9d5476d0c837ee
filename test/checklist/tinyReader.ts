import type { ChecklistReader } from '#engine/checklist/judging/checklists.ts';
import type { ChecklistItem } from '#engine/checklist/model.ts';

const TASK = /^- \[([ x-])\] (?:(P[0-3]) )?(.*)$/;
const REFERENCE = /`([^`:\s]+\.\w+)(?::(\d+)(?:-(\d+))?)?`/g;
const STATUS = { ' ': 'open', x: 'done', '-': 'dropped' } as const;

/** Task lists whose items are one line: `- [x] P0 Title \`file.ts:3\` <!-- airworthy: … -->`, `<!-- gate: … -->`. */
export const tinyReader: ChecklistReader = {
  likeness: (name) => (/checklist|readiness/i.test(name) ? 1 : 0),
  parse(path, text) {
    const items: ChecklistItem[] = [];
    let start = 0;
    for (const [index, line] of text.split('\n').entries()) {
      const item = itemOf(line, start, index + 1);
      if (item !== undefined) items.push(item);
      start += line.length + 1;
    }
    const title = /^# (.*)$/m.exec(text)?.[1] ?? path;
    return { path, title, status: undefined, sections: [], items, bars: [], locations: [], problems: [] };
  },
};

function itemOf(line: string, start: number, number: number): ChecklistItem | undefined {
  const [, box, level, rest = ''] = TASK.exec(line) ?? [];
  if (box !== ' ' && box !== 'x' && box !== '-') return undefined;
  const span = { start, end: start + line.length };
  const title = rest.replace(/<!--.*?-->|`[^`]*`/g, '').trim();
  const waiver = /<!-- airworthy: waived(?: until (\S+))?(?: by @(\w+))?: (.+?) -->/.exec(rest);
  const gate = /<!-- gate: (.+?)(?: → (.+?))? -->/.exec(rest);
  return {
    id: title.toLowerCase(),
    title,
    detail: '',
    span,
    titleSpan: span,
    line: number,
    form: 'task',
    status: STATUS[box],
    mark: { kind: 'box', span: { start: start + 2, end: start + 5 }, text: `[${box}]`, toggled: undefined },
    priority: level === undefined ? undefined : { level: level as 'P0', from: 'item', span },
    section: undefined,
    sectionPath: [],
    parent: undefined,
    depth: 0,
    references: [...rest.matchAll(REFERENCE)].map(([, path = '', from, to]) => ({
      path,
      lines: from === undefined ? [] : [{ from: Number(from), to: Number(to ?? from) }],
      span,
    })),
    fields: [],
    gate: gate === null ? undefined : { command: gate[1], expected: gate[2] ?? '', span },
    human: false,
    links: [...rest.matchAll(/<!-- airworthy: ([a-z]+\/[\w-]+) -->/g)].map(([, rule = '']) => ({
      rule,
      from: 'comment',
      span,
    })),
    waiver:
      waiver === null ? undefined : { until: waiver[1], owner: waiver[2], reason: waiver[3] ?? '', span: { ...span } },
  };
}
