/** What TM-BOM says in structure and a threat model in words or one word: composed when read, told from edits when written. */
import type { Severity, ThreatStatus } from '../../document/threats.ts';
import type { Assumption, Control, Risk } from './schema.ts';

export function scopeText(
  scope: string | undefined,
  description: string | undefined,
  assumptions: readonly Assumption[],
): string {
  const assumed = assumptions.map(({ description, validity }) => `- ${description} (${validity})`);
  const parts = [
    description === scope ? '' : description,
    scope,
    assumed.length > 0 ? ['Assumptions:', ...assumed].join('\n') : '',
  ];
  return parts.filter(part => part).join('\n\n');
}

export const mitigationText = (controls: readonly Control[]): string =>
  controls
    .map(({ title, description, status }) => {
      const said = description === '' || description === title ? '' : `: ${description}`;
      return `${title} (${status.replaceAll('_', ' ')})${said}`;
    })
    .join('\n');

/** Mitigated when every control that is not given up is active. */
export function statusOf(controls: readonly Control[]): ThreatStatus {
  const meant = controls.filter(({ status }) => status !== 'retired' && status !== 'wont_do');
  return meant.length > 0 && meant.every(({ status }) => status === 'active') ? 'mitigated' : 'open';
}

/** The six levels of a risk in the four words for a threat's severity. */
const SEVERITY_OF: Record<string, Severity> = {
  very_low: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  very_high: 'high',
  critical: 'critical',
};
const ORDER: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

/** That of the worst risk that the threat is part of. */
export function severityOf(risks: readonly Risk[]): Severity | null {
  const worst = Math.max(-1, ...risks.map(({ level }) => ORDER.indexOf(SEVERITY_OF[level]!)));
  return ORDER[worst] ?? null;
}

/**
 * A likelihood and an impact whose product falls into the level that a severity is: 3 to 4 low, 5 to 9 medium, 10 to 12 high, 20 to
 * 25 critical (the specification's 5x5 matrix).
 */
export const RISK_OF: Record<Severity, Pick<Risk, 'likelihood' | 'impact' | 'score' | 'level'>> = {
  low: { likelihood: 'possible', impact: 'negligible', score: 3, level: 'low' },
  medium: { likelihood: 'possible', impact: 'moderate', score: 9, level: 'medium' },
  high: { likelihood: 'possible', impact: 'major', score: 12, level: 'high' },
  critical: { likelihood: 'likely', impact: 'severe', score: 20, level: 'critical' },
};

export const CONTROL_STATUS: Record<ThreatStatus, Control['status']> = {
  proposed: 'suggested',
  open: 'suggested',
  eliminated: 'active',
  mitigated: 'active',
  accepted: 'wont_do',
  transferred: 'assumed',
  rejected: 'wont_do',
};
