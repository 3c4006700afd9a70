/** A name in an exported picture. */
import { LINE_HEIGHT, type NameLayout } from './name-layout.ts';
import type { Inset } from './outlines.ts';

export const inkOf = (isDarkMode: boolean | undefined) =>
  isDarkMode ? { ink: '#f2f2f2', paper: '#101011' } : { ink: '#1d1d1d', paper: '#ffffff' };

interface Props {
  layout: NameLayout;
  inset: Inset;
  align: 'middle' | 'top-left';
  color: string;
}

export function SvgName({ layout: { fontSize, lines }, inset, align, color }: Props) {
  const step = fontSize * LINE_HEIGHT;
  const middle = align === 'middle';
  const top = inset.y + (middle ? (inset.h - lines.length * step) / 2 : 0);
  const x = middle ? inset.x + inset.w / 2 : inset.x;
  return (
    <text
      fontFamily="tldraw_sans, sans-serif"
      fontSize={fontSize}
      fill={color}
      stroke="none"
      textAnchor={middle ? 'middle' : 'start'}
    >
      {lines.map((line, i) => (
        <tspan key={i} x={x} y={top + (i + 0.78) * step}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
