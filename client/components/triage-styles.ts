import { css } from 'lit';

/** The verdict keeps its place whatever the item says: nobody aims for a button that moves. */
export const triageStyles = css`
  :host { display: grid; grid-template: auto auto minmax(0, 48%) auto minmax(0, 1fr) auto / minmax(0, 1fr); height: 100%; }
  .head { grid-row: 1; display: flex; align-items: center; gap: 2px; padding: 6px 6px 4px 12px; }
  .head h2 { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .head button { flex: none; }
  .head h2 span { font-weight: 400; }
  .keys { grid-row: 2; display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 3px 12px; padding: 6px 12px 8px; border-block: 1px solid var(--sb-line); background: var(--wa-color-surface-lowered); font-size: var(--sb-small); }
  .keys div { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 6px; align-items: start; }
  .item { grid-row: 3; display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; align-content: start; overflow: auto; padding: 6px 12px 10px; overflow-wrap: anywhere; }
  .item:focus { outline: none; }
  .item:focus-visible { box-shadow: inset 3px 0 var(--sb-chosen-line); }
  .on { display: flex; flex-wrap: wrap; gap: 3px 5px; align-items: center; }
  .title { font-size: 15px; font-weight: 650; line-height: 1.35; }
  h3.title { margin: 0; }
  sb-text.title { margin: -2px -8px; }
  h3 { font-size: var(--sb-text); font-weight: 600; }
  .why { display: grid; gap: 1px; }
  .why li { padding-inline-start: 12px; text-indent: -9px; }
  .why li::before { content: '· '; font-weight: 700; }
  .why button { display: inline; text-indent: 0; }
  .notice { padding: 5px 9px; border-inline-start: 3px solid var(--sb-chosen-line); background: var(--sb-chosen); }
  .alike { display: grid; gap: 3px; padding: 6px 9px; border: 1px solid var(--sb-line); border-radius: 6px; background: var(--wa-color-surface-lowered); }
  .alike li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 8px; align-items: center; padding: 2px 0; }
  .details { display: grid; grid-template-columns: 66px minmax(0, 1fr); gap: 6px 8px; align-items: center; padding-top: 2px; }
  .letters { display: flex; gap: 3px; }
  .details .letters button { padding: 2px; min-height: 0; border: 1px solid transparent; background: none; }
  .details .letters button[aria-pressed='false'] { opacity: 0.35; }
  .details .letters button[aria-pressed='true'] { border-color: var(--sb-line-strong); }
  .levels { display: flex; flex-wrap: wrap; gap: 3px; }
  .levels button { padding: 1px 5px; gap: 4px; font-size: var(--sb-small); }
  .levels button[aria-pressed='true'] { background: var(--sb-chosen); border-color: var(--sb-chosen-line); font-weight: 600; }
  kbd { display: inline-grid; place-items: center; min-width: 16px; padding: 0 4px; border: 1px solid currentcolor; border-radius: 3px; font: 500 var(--sb-tiny) / 14px ui-monospace, monospace; opacity: 0.75; }
  .keys kbd { opacity: 1; white-space: nowrap; }
  .verdict { grid-row: 4; display: flex; gap: 6px; padding: 9px 12px; border-block: 1px solid var(--sb-line-strong); background: var(--wa-color-surface-default); }
  .verdict > button { white-space: nowrap; }
  .asking { display: grid; gap: 6px; }
  .asking li button { width: 100%; text-align: start; padding: 2px 4px; min-height: 24px; }
  .asking .row { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 6px; }
  .waiting { grid-row: 5; overflow: auto; }
  .queue button { display: grid; grid-template-columns: 48px minmax(0, 1fr) auto; gap: 8px; width: 100%; min-height: 28px; padding: 3px 12px; border: 0; border-radius: 0; border-bottom: 1px solid var(--sb-line); background: none; text-align: start; }
  .queue button:hover:not(:disabled) { background: var(--sb-hover); }
  .queue button[aria-current] { background: var(--sb-chosen); box-shadow: inset 3px 0 var(--sb-chosen-line); }
  .queue .letters { overflow: hidden; gap: 1px; }
  .queue sb-letter { zoom: 0.85; }
  .what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .who { padding: 0 6px; border-radius: 9px; border: 1px solid var(--sb-chosen-line); background: var(--sb-chosen); color: var(--wa-color-text-normal); }
  .more { padding: 5px 12px; }
  .log { grid-row: 6; display: grid; gap: 1px; padding: 5px 6px 6px 12px; border-top: 1px solid var(--sb-line-strong); }
  .log li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 8px; align-items: center; font-size: var(--sb-small); }
  @container panel (max-height: 560px) {
    :host { display: block; height: auto; }
    .verdict { position: sticky; inset-block: 0; }
    .item { overflow: visible; }
  }
  @container panel (max-width: 400px) {
    .head button { padding-inline: 6px; }
    .head h2 span { display: none; }
  }
`;
