/** Colours and letters of the chart, for a light and a dark page. */
export const STYLE = `
text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: var(--ink); }
.page { fill: var(--page); }
.title { font-size: 16px; font-weight: 650; }
.load { font-size: 13px; font-weight: 600; }
.name { fill: var(--soft); }
.own .name, .own .value { font-weight: 650; fill: var(--own-ink); }
.note { font-size: 11px; fill: var(--soft); }
.goal { font-size: 11px; fill: var(--goal); }
.value { font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--page); stroke-width: 4px; stroke-linejoin: round; }
.axis { stroke: var(--soft); stroke-width: 1; }
.grid { stroke: var(--grid); stroke-width: 1; }
.target { stroke: var(--goal); stroke-width: 1.5; stroke-dasharray: 4 3; }
.peer .mark { fill: var(--peer); }
.own .mark { fill: var(--own); }
.span { stroke-width: 3; stroke-linecap: round; opacity: 0.55; }
.peer .span { stroke: var(--peer); }
.own .span { stroke: var(--own); }
svg { --page: #ffffff; --ink: #1c2430; --soft: #5b6675; --grid: #e3e7ec; --peer: #9aa5b4; --own: #0b6e99; --own-ink: #0a5b80; --goal: #b4530a; }
@media (prefers-color-scheme: dark) {
  svg { --page: #11161d; --ink: #e8edf3; --soft: #9aa7b6; --grid: #28313c; --peer: #647182; --own: #4fb4dc; --own-ink: #7cc8e8; --goal: #f0a15c; }
}
`;
