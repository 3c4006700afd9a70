/** Looks of answers to choose from: a few side by side of which one counts, and many of which several do. */
import { css } from 'lit';

export const choices = css`
  fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 4px; min-width: 0; }
  legend { padding: 0 0 4px; font-size: var(--sb-small); font-weight: 600; }
  .choices { display: flex; flex-wrap: wrap; }
  .choices label { position: relative; padding: 3px 10px; border: 1px solid var(--sb-line-strong); margin-inline-start: -1px; cursor: pointer; font-weight: 400; }
  .choices label:first-child { border-radius: 5px 0 0 5px; margin: 0; }
  .choices label:last-child { border-radius: 0 5px 5px 0; }
  .choices label:has(:checked) { background: var(--sb-chosen); box-shadow: inset 0 0 0 1px var(--sb-chosen-line); z-index: 1; }
  .choices label:has(:focus-visible) { outline: 2px solid var(--wa-color-focus); z-index: 2; }
  .choices input { position: absolute; opacity: 0; pointer-events: none; }
  .many { display: grid; grid-template-columns: 1fr 1fr; gap: 2px 10px; }
  .many label { font-weight: 400; display: flex; gap: 6px; align-items: center; }
`;
