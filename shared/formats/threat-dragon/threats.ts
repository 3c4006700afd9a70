/** Threats as they hang on Threat Dragon's cells. */

import type { Json } from '../../document/board.ts';
import { LETTERS } from '../../stride/letters.ts';
import { isLoose, type Loose } from '../loose.ts';
import type { FileThreat } from '../threat-model.ts';
import { difference, merged, objectOf, type Refuse, textOf, typed, without } from './json.ts';
import { FORMAT } from './names.ts';
import { categoryOf, severityOf, statusOf, typeFor, wordForSeverity, wordForStatus } from './words.ts';

/** What of a threat the threat model holds itself; `threatId` is the older name of its id. */
const HELD = ['id', 'threatId', 'title', 'description', 'mitigation', 'status', 'severity', 'type'];

/** It has no field for why a threat has its status: the last paragraph of its mitigation says it. */
const JUSTIFICATION = /(?:^|\n\n)Justification: (.*)$/s;

/** What its own id is, or else what stays the same in a newer file: its rule, its number, its title. */
export function threatIdOf(threat: Loose, cell: string): string {
  const own = textOf(threat.id) || textOf(threat.threatId);
  if (own) return own;
  const number = numberOfThreat(threat);
  const rest = textOf(threat.ruleId) || (number ? `T${number}` : textOf(threat.title));
  return `${cell}/${rest}`;
}

/** Counts from 1 over the whole file; null without. */
export function numberOfThreat({ number }: Loose): number | null {
  return Number.isSafeInteger(number) && (number as number) > 0 ? (number as number) : null;
}

/** @param target id of the thing that it is on, or empty */
export function readThreat(threat: Loose, id: string, target: string, refuse: Refuse): FileThreat {
  const { stride, category } = categoryOf(threat.type, threat.modelType);
  const { type, modelType } = typeFor(stride, category);
  const status = statusOf(threat.status);
  const severity = severityOf(threat.severity);
  const text = textOf(threat.mitigation);
  const justification = JUSTIFICATION.exec(text);
  const standard = { modelType, score: '', number: 0 };
  const spelling = {
    status: wordForStatus(status),
    severity: wordForSeverity(severity),
    type,
  };
  const words = Object.fromEntries(
    Object.keys(spelling).flatMap(key => (typeof threat[key] === 'string' ? [[key, threat[key]]] : [])),
  );
  return {
    id,
    title: textOf(threat.title),
    description: textOf(threat.description),
    stride,
    category,
    target,
    status,
    severity,
    justification: justification?.[1] ?? '',
    mitigation: justification ? text.slice(0, justification.index) : text,
    foreign: {
      [FORMAT]: {
        ...difference(typed(without(threat, HELD), standard, refuse), standard),
        ...difference(words, spelling),
      },
    },
  };
}

/**
 * @param nextNumber gives a number to a threat that Threat Dragon has not seen yet
 * @returns the threat, and what of it can't be said there
 */
export function writeThreat(threat: FileThreat, nextNumber: () => number): { threat: Loose; lost: string[] } {
  const { id, title, description, stride, category, status, severity, justification, mitigation } = threat;
  const known = threat.foreign?.[FORMAT];
  const foreign = objectOf(known);
  const { type, modelType } = typeFor(stride, category);
  const written = merged(
    {
      id,
      title,
      ...{ status: wordForStatus(status), severity: wordForSeverity(severity), type },
      description,
      mitigation: justification
        ? `${mitigation}${mitigation && '\n\n'}Justification: ${justification}`
        : mitigation,
      modelType,
      ...(!isLoose(known) && { number: nextNumber() }),
      score: '',
    },
    without(foreign, HELD),
  );
  const same = (a: Json, b: Json) => JSON.stringify(a) === JSON.stringify(b);
  if (typeof foreign.status === 'string' && statusOf(foreign.status) === status)
    written.status = foreign.status;
  if (typeof foreign.severity === 'string' && severityOf(foreign.severity) === severity)
    written.severity = foreign.severity;
  if (
    typeof foreign.type === 'string' &&
    same(categoryOf(foreign.type, written.modelType).stride, [...stride]) &&
    categoryOf(foreign.type, written.modelType).category === category
  )
    written.type = foreign.type;
  const kept = categoryOf(written.type, written.modelType).stride;
  const lost = LETTERS.filter(letter => stride.includes(letter) && !kept.includes(letter));
  return {
    threat: written,
    lost: [
      ...(lost.length > 0 ? [`the categories ${lost.join(', ')} besides "${written.type}"`] : []),
      ...(status === 'proposed' ? ['that it is only proposed'] : []),
    ],
  };
}
