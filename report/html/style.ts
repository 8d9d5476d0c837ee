const LIGHT = `
  --page: #f4f6f9; --card: #ffffff; --ink: #16202c; --soft: #566373; --line: #dde3ea; --hover: #f4f7fa;
  --P0: #c4282d; --P1: #b95f00; --P2: #2167ae; --P3: #66727f;
  --P0-bar: #d64045; --P1-bar: #f0a03c; --P2-bar: #4f8fd0; --P3-bar: #a7b1bc;
  --good: #187a4a; --good-bar: #36a56c; --open-bar: #f0c35a; --rest-bar: #ccd4dc;
  --on-dark: #ffffff; --on-light: #16202c; --link: #185fa5;
  --shadow: 0 1px 2px rgb(16 32 52 / 7%), 0 4px 14px rgb(16 32 52 / 5%);
`;

const DARK = `
  --page: #0e1319; --card: #161d26; --ink: #e5ebf2; --soft: #9ba9b8; --line: #2a3542; --hover: #1b242f;
  --P0: #ff7a7a; --P1: #ffb054; --P2: #74b6fb; --P3: #a0adbb;
  --P0-bar: #e05555; --P1-bar: #e29a3c; --P2-bar: #4a8fd8; --P3-bar: #647282;
  --good: #55c98d; --good-bar: #2f9d66; --open-bar: #d9ab47; --rest-bar: #3b4856;
  --on-dark: #ffffff; --on-light: #10161d; --link: #7db8f5;
  --shadow: none;
`;

/**
 * The page's style: light and dark by the reader's setting, and paper. VS Code draws a page in the colours of its theme,
 * which it names in a class of the body, whatever the system's setting is.
 */
export const style = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) {
  :root { ${DARK} }
}
@media screen {
  :root:has(body.vscode-light, body.vscode-high-contrast-light) { color-scheme: light; ${LIGHT} }
  :root:has(body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light)) { color-scheme: dark; ${DARK} }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
main, .top, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
a { color: var(--link); text-underline-offset: 2px; text-decoration-thickness: from-font; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code, .place { font: .86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 12px; padding: 8px 14px; background: var(--card); }
.top { padding-top: 36px; }
.eyebrow { margin: 0; color: var(--soft); font-size: .82rem; letter-spacing: .08em; text-transform: uppercase; font-weight: 600; }
h1 { margin: 2px 0 4px; font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; overflow-wrap: anywhere; }
.facts { margin: 0 0 20px; color: var(--soft); font-size: .9rem; }
h2 { margin: 44px 0 14px; font-size: 1.3rem; letter-spacing: -.01em; }
h3 { margin: 0; font-size: 1.02rem; }
.lead { margin: -8px 0 14px; color: var(--soft); max-width: 75ch; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); }
.hero { display: flex; gap: 28px; align-items: center; padding: 22px 26px; border-left: 6px solid var(--rest-bar); }
.hero.blocked { border-left-color: var(--P0-bar); }
.hero.clear { border-left-color: var(--good-bar); }
.hero .ring { flex: none; width: 132px; height: 132px; }
.hero p { margin: 0; max-width: 70ch; }
.hero .status { font-size: 1.32rem; font-weight: 650; line-height: 1.3; }
.hero .status .icon { margin-right: .4em; }
.hero.blocked .status .icon { color: var(--P0); }
.hero.clear .status .icon { color: var(--good); }
.hero .score { margin-top: 6px; color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 14px 0 0; padding: 0; list-style: none; }
.tiles li { padding: 13px 16px; }
.tiles b { display: block; font-size: 1.55rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--soft); font-size: .86rem; line-height: 1.35; display: block; }
.tiles .P0 b { color: var(--P0); } .tiles .P1 b { color: var(--P1); } .tiles .P2 b { color: var(--P2); }
nav { margin-top: 18px; font-size: .92rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0; padding: 0; list-style: none; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 430px), 1fr)); gap: 14px; }
figure { margin: 0; padding: 18px 20px 14px; min-width: 0; }
figcaption { font-weight: 620; }
.chart { display: block; width: 100%; height: auto; margin-top: 10px; overflow: visible; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg .label { font-size: 12.5px; }
svg .note, svg .tick { fill: var(--soft); font-size: 11.5px; }
svg .large { font-size: 27px; font-weight: 680; letter-spacing: -.02em; }
svg .small { font-size: 11.5px; fill: var(--soft); }
svg .axis { stroke: var(--line); } svg .grid { stroke: var(--line); stroke-dasharray: 2 4; }
.P0-part { fill: var(--P0-bar); } .P1-part { fill: var(--P1-bar); } .P2-part { fill: var(--P2-bar); } .P3-part { fill: var(--P3-bar); }
.proven { fill: var(--good-bar); } .broken { fill: var(--P0-bar); } .open { fill: var(--open-bar); } .aside, .rest { fill: var(--rest-bar); }
svg text.on-P0-part, svg text.on-broken, svg text.on-P2-part, svg text.on-proven { fill: var(--on-dark); font-weight: 600; }
svg text.on-P1-part, svg text.on-open { fill: var(--on-light); font-weight: 600; }
svg .line path { fill: none; stroke: var(--good-bar); stroke-width: 2.2; } svg .line circle { fill: var(--good-bar); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 8px 0 0; padding: 0; list-style: none; font-size: .82rem; color: var(--soft); }
.legend svg { width: 10px; height: 10px; margin-right: 6px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th, td { padding: 9px 14px; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--soft); font-size: .78rem; font-weight: 600; letter-spacing: .03em; white-space: nowrap; }
tbody th { font-weight: 600; }
tbody tr:hover { background: var(--hover); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.number.none { color: var(--soft); }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.block { margin-top: 12px; }
.block > table, .block > .scroll { border-top: 0; }
details.block > summary, .block > .head { padding: 13px 18px; }
details.block[open] > summary, .block > .head { border-bottom: 1px solid var(--line); }
details.block > summary { cursor: pointer; border-radius: 12px; }
summary:hover { background: var(--hover); }
.head, summary { line-height: 1.45; }
summary h3 { display: inline; overflow-wrap: anywhere; }
.sub { display: block; color: var(--soft); font-size: .88rem; overflow-wrap: anywhere; }
.verdict, .priority { display: inline-block; white-space: nowrap; font-size: .84rem; font-weight: 620; }
.verdict .icon { display: inline-block; width: 1.35em; text-align: center; margin-right: .2em; }
.verdict.proven { color: var(--good); } .verdict.broken { color: var(--P0); } .verdict.open { color: var(--P1); } .verdict.aside { color: var(--soft); }
.priority { padding: 0 7px; border: 1px solid currentcolor; border-radius: 99px; font-size: .76rem; line-height: 1.6; }
.priority.P0 { color: var(--P0); } .priority.P1 { color: var(--P1); } .priority.P2 { color: var(--P2); } .priority.P3 { color: var(--P3); }
.title { font-weight: 600; overflow-wrap: anywhere; }
.why { color: var(--soft); overflow-wrap: anywhere; }
.items td:first-child { width: 9.5em; }
.items td:last-child { width: 34%; }
.depth-1 .title { padding-left: 1.2em; display: inline-block; } .depth-2 .title { padding-left: 2.4em; display: inline-block; }
.crumbs { display: block; color: var(--soft); font-size: .8rem; font-weight: 400; }
.evidence { margin: 0; padding: 0; list-style: none; font-size: .88rem; }
.evidence li + li { margin-top: 5px; }
.evidence ul { margin: 2px 0 0; padding-left: 1.1em; color: var(--soft); }
.more { color: var(--soft); font-size: .86rem; padding: 8px 18px 12px; margin: 0; }
dl.verdicts { display: grid; grid-template-columns: max-content 1fr; gap: 5px 18px; margin: 0; padding: 16px 20px; font-size: .92rem; }
dl.verdicts dd { margin: 0; color: var(--soft); }
.plain { padding: 14px 20px; } .plain p { margin: 0; } .plain p + p, .plain ul { margin: 8px 0 0; }
footer { margin-top: 48px; padding-bottom: 36px; color: var(--soft); font-size: .86rem; }
@media (max-width: 640px) {
  .hero { flex-direction: column; align-items: flex-start; }
  .items thead { display: none; }
  .items tr { display: block; padding: 10px 14px; border-top: 1px solid var(--line); }
  .items td, .items td:first-child, .items td:last-child { display: block; width: auto; padding: 2px 0; border: 0; }
}
@media print {
  :root { --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000; --shadow: none;
    --P0: #a01015; --P1: #8a4500; --P2: #104f90; --P3: #444; --good: #0d6036; --rest-bar: #d5dae0; --on-light: #000; --on-dark: #fff; }
  body { font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main, .top, footer { max-width: none; padding-left: 0; padding-right: 0; }
  nav, .skip { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  tr, figure, .hero, .tiles li { break-inside: avoid; }
  h2, h3, summary { break-after: avoid; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
