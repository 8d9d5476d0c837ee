import assert from 'node:assert/strict';
import { test } from 'node:test';
import { likeness } from '#engine/checklist/likeness.ts';
import { parseChecklist } from '#engine/checklist/parse.ts';

function like(path: string, text: string): number {
  return likeness(path, parseChecklist(path, text));
}

test('ranks what blocks production before plans, and plans before the rest', () => {
  const boxes = '- [ ] Limit the rate of logins\n- [x] Log every refusal\n';
  const blockers = like('/docs/production-readiness.md', `# Readiness\n\n## P0\n\n${boxes}`);
  const checklist = like('/docs/LaunchChecklist.md', `# Harbour\n\n${boxes}`);
  const plan = like('/docs/migrationPlan.md', `# Harbour\n\n${boxes}`);
  const notes = like('/docs/notes.md', `# Harbour\n\n${boxes}`);
  assert.ok(blockers > checklist && checklist > plan && plan > notes, `${[blockers, checklist, plan, notes]}`);
  assert.equal(notes, 0);
  assert.ok(blockers <= 1);
});

test('does not take praise for a checklist', () => {
  const features = '- ✅ Fast\n- ✅ Small\n- ✅ Free\n';
  assert.equal(like('/README.md', `# Harbour\n\n${features}`), 0);
  assert.equal(like('/docs/release-notes.md', '# Security\n\nNothing to tick here.\n'), 0);
  assert.ok(like('/README.md', '# Production Checklist\n\n- [ ] Backups\n') > 0.5);
});
