/** Light or dark: the system's choice until a person makes their own, which this browser remembers. */
import { Value } from '../session/observable.ts';

export type ColorScheme = 'light' | 'dark';

const KEY = 'strideboard.scheme';
const system = matchMedia('(prefers-color-scheme: dark)');
const chosen = new Value<ColorScheme | null>(remembered());

export const colorScheme = new Value<ColorScheme>('light');

export function toggleColorScheme(): void {
  const next = colorScheme.get() === 'dark' ? 'light' : 'dark';
  chosen.set(next);
  // Where the system asks for the same, it may go on deciding.
  if (next === systemScheme()) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, next);
}

function apply(): void {
  const scheme = chosen.get() ?? systemScheme();
  document.documentElement.classList.toggle('wa-dark', scheme === 'dark');
  document.documentElement.classList.toggle('wa-light', scheme === 'light');
  colorScheme.set(scheme);
}

const systemScheme = (): ColorScheme => (system.matches ? 'dark' : 'light');

function remembered(): ColorScheme | null {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : null;
}

chosen.subscribe(apply);
system.addEventListener('change', () => {
  if (!remembered()) chosen.set(null);
  apply();
});
apply();
