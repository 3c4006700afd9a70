/** Times of day as the viewer's clock shows them. */
import type { Times } from '#shared/meeting/markdown.ts';

const shortTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const longDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

export const timeText = (at: number): string => shortTime.format(at);
export const dayText = (at: number): string => longDay.format(at);

/** The day as files and date fields have it, `2027-01-31`: Swedish writes dates so. */
export const dayOf = (at: number): string => new Date(at).toLocaleDateString('sv');

/** For a text that others read elsewhere: it says which zone. */
export function localTimes(): Times {
  const offset = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' })
    .formatToParts()
    .find(({ type }) => type === 'timeZoneName')?.value;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    zone: offset ? `${timeZone} (${offset})` : timeZone,
    day: dayOf,
    time: at => new Date(at).toLocaleTimeString('sv', { hour: '2-digit', minute: '2-digit' }),
  };
}
