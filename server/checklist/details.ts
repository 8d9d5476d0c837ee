import { isClosed } from '#engine/checklist/model.ts';
import type { EvidencePlace } from '#engine/checklist/view.ts';
import type { ChecklistEvidence, ChecklistFindingPlace, ChecklistItemDetails } from '#protocol/checklist.ts';
import type { Texts } from '../convert/texts.ts';
import { toUri } from '../convert/uris.ts';
import { claimsByItem, type KnownItem } from './lookup.ts';
import { formatNodeId } from './nodeIds.ts';
import { itemNode } from './nodes.ts';
import { outlineOf } from './outline.ts';

/** Places told of one rule: nobody goes through more, and each costs a look into its file. */
const MOST_PLACES = 100;
/** Longer texts are cut, of lines that were not written by a person. */
const LONGEST_TEXT = 4000;

/** All that is known about an item, with places as the client knows them. */
export function itemDetails(known: KnownItem, texts: Texts): ChecklistItemDetails {
  const { folder, judged, item } = known;
  const { path } = judged;
  const lines = texts.lines(path);
  const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const { gate, waiver } = item.item;
  const claim = claimsByItem(folder.workspace.checklist()).get(item.key);
  return {
    node: itemNode(known, item, (outlineOf(judged.document).items.get(item.item.id)?.children.length ?? 0) > 0, texts),
    title: item.item.title,
    detail: item.item.detail.slice(0, LONGEST_TEXT),
    text: (folder.workspace.text(path) ?? '')
      .slice(item.item.span.start, Math.min(item.item.span.end, item.item.span.start + LONGEST_TEXT))
      .trim(),
    place: { uri: texts.uri(path), range: lines?.range(item.item.titleSpan) ?? nowhere },
    evidence: item.evidence.map(
      ({ rule, kind, state, why, findings, elsewhere }): ChecklistEvidence => ({
        rule,
        kind,
        state,
        why,
        findings: places(findings, texts),
        findingCount: findings.length,
        elsewhere: places(elsewhere, texts),
        elsewhereCount: elsewhere.length,
      }),
    ),
    gate:
      gate === undefined
        ? null
        : {
            command: gate.command ?? null,
            expected: gate.expected,
            result: item.gate === undefined ? null : { ...item.gate, exitCode: item.gate.exitCode ?? null },
          },
    waiver:
      waiver === undefined ? null : { reason: waiver.reason, owner: waiver.owner ?? null, until: waiver.until ?? null },
    folder: toUri(folder.root),
    alike: (claim?.items ?? [])
      .filter(({ key }) => key !== item.key)
      .map((other) => ({
        id: formatNodeId({ kind: 'item', path: other.path, id: other.item.id }),
        name: other.key.slice(0, other.key.indexOf('#')),
        uri: texts.uri(other.path),
        range: texts.lines(other.path)?.range(other.item.titleSpan) ?? nowhere,
        done: isClosed(other.item.status),
      })),
  };
}

function places(found: readonly EvidencePlace[], texts: Texts): readonly ChecklistFindingPlace[] {
  return found.slice(0, MOST_PLACES).flatMap((place) => {
    const range = texts.lines(place.path)?.range(place);
    return range === undefined
      ? []
      : [{ uri: texts.uri(place.path), range, message: place.message, priority: place.priority }];
  });
}
