/** Looks of native controls inside shadow roots, where the page's styles do not reach. */
import { css } from 'lit';

export const controls = css`
  *, *::before, *::after { box-sizing: border-box; }
  h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  h2 { font-size: var(--sb-text); font-weight: 650; }
  button, input, select, textarea { font: inherit; color: inherit; }
  :focus-visible { outline: 2px solid var(--wa-color-focus); outline-offset: 1px; }

  button {
    display: inline-flex; align-items: center; gap: 5px; padding: 3px 9px; min-height: 26px; cursor: pointer;
    border: 1px solid var(--sb-line-strong); border-radius: 5px; background: var(--wa-color-surface-raised);
  }
  button:hover:not(:disabled) { background: color-mix(in oklab, var(--wa-color-surface-raised), var(--wa-color-text-normal) 6%); }
  /* By aria where it keeps the keyboard: a button that is pressed until it has no more to do. */
  button:is(:disabled, [aria-disabled='true']) { opacity: 0.45; cursor: default; }
  button.primary { background: var(--wa-color-brand-fill-loud); color: var(--wa-color-brand-on-loud); border-color: transparent; font-weight: 600; }
  button.primary:hover:not(:disabled) { background: color-mix(in oklab, var(--wa-color-brand-fill-loud), black 12%); }
  button.plain { border-color: transparent; background: none; }
  button.plain:hover:not(:disabled) { background: var(--sb-hover); }
  /* Stands by itself: its words begin where the others do. */
  button.flush { margin-inline-start: -10px; }
  button.link { border: 0; background: none; padding: 0; min-height: 0; color: var(--wa-color-text-link); text-align: start; }
  button.link:hover:not(:disabled) { background: none; text-decoration: underline; }

  input:not([type='checkbox'], [type='radio']), select, textarea {
    width: 100%; padding: 4px 7px; border: 1px solid var(--sb-line-strong); border-radius: 5px; background: var(--wa-color-surface-default);
  }
  select { padding-inline-end: 2px; }
  textarea { resize: vertical; min-height: 3.6em; }
  input:disabled, select:disabled, textarea:disabled { opacity: 0.75; }
  label { font-size: var(--sb-small); font-weight: 600; }
  .quiet { color: var(--sb-quiet); }
  .small { font-size: var(--sb-small); }
  .error { color: var(--wa-color-danger-on-quiet); font-size: var(--sb-small); }
  .row { display: flex; align-items: center; gap: 8px; }
  .stack { display: grid; gap: 8px; }
  .spread { justify-content: space-between; }
  .icon { flex: none; }
  .visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  [hidden] { display: none !important; }
`;
