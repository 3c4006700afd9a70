/** Keyboard of the triage panel: what its help says, the hints on its buttons, and the reasons that a number gives. */
import { html } from 'lit';

export const TRIAGE_KEYS = {
  a: 'Accept',
  x: 'Dismiss, then a reason by its number or in words',
  m: 'Merge, then the threat by its number here or its name',
  j: 'Next',
  k: 'Previous',
  z: 'Undo',
  o: 'Owner',
  l: 'Tags',
  's t r i d e': 'Letters on or off',
  '0 – 4': 'Severity: none, low, medium, high, critical',
  '?': 'These keys',
} as const;

/** Shown on a button; its name stays what it says. */
export const hint = (key: string) => html`<kbd aria-hidden="true">${key}</kbd>`;

/** Reasons that teams give most, by their numbers. */
export const REASONS = [
  'Does not apply to this device',
  'A control covers it already',
  'Out of scope',
  'Too unlikely to matter',
  'Recorded already',
] as const;

/** Whether what is typed goes into a field. */
export function isTyping(event: KeyboardEvent): boolean {
  const [at] = event.composedPath();
  return (
    at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement
  );
}
