/** A soak as a picture: rooms, resident memory and heap over time. */
import type { Sample } from './soak-meter.ts';

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [800, 320, 60, 40, 20, 40];
const LINES = [
  { key: 'rss', label: 'resident memory, MB', stroke: '#1f4e79', dash: 'none' },
  { key: 'heap', label: 'heap, MB', stroke: '#b4460f', dash: '6 3' },
  { key: 'rooms', label: 'rooms', stroke: '#3b7d23', dash: '2 3' },
] as const;

export function drawSoak(samples: Sample[]): string {
  const seconds = Math.max(1, ...samples.map(sample => sample.seconds));
  const top = Math.max(1, ...samples.flatMap(({ rss, heap, rooms }) => [rss, heap, rooms])) * 1.1;
  const x = (value: number) => Math.round(LEFT + (value / seconds) * (WIDTH - LEFT - RIGHT));
  const y = (value: number) => Math.round(HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM));
  const lines = LINES.map(({ key, label, stroke, dash }, i) => {
    const points = samples.map(sample => `${x(sample.seconds)},${y(sample[key])}`).join(' ');
    const style = `fill="none" stroke="${stroke}" stroke-width="2" stroke-dasharray="${dash}"`;
    return `<polyline ${style} points="${points}"/>
<line ${style} x1="${LEFT + i * 220}" y1="20" x2="${LEFT + 30 + i * 220}" y2="20"/>
<text x="${LEFT + 38 + i * 220}" y="25">${label}</text>`;
  });
  const marks = [0, 0.25, 0.5, 0.75, 1].map(part => {
    const [value, at] = [Math.round((top / 1.1) * part), Math.round(seconds * part)];
    return `<text x="${LEFT - 8}" y="${y(value) + 5}" text-anchor="end">${value}</text>
<line x1="${LEFT}" y1="${y(value)}" x2="${WIDTH - RIGHT}" y2="${y(value)}" stroke="#ddd"/>
<text x="${x(at)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${at} s</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
${[...marks, ...lines].join('\n')}
</svg>
`;
}
