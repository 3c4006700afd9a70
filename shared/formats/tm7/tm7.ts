/**
 * Files of the Microsoft Threat Modeling Tool, 2014 to 7: XML of .NET's data contracts, with the template that the model was
 * made with inside. A thing is told by the class that draws it; a threat by its type and the guids of its interaction.
 */
import type { Json } from '../../document/board.ts';
import type { Format } from '../format.ts';
import { Ids } from '../ids.ts';
import type { Source } from '../source.ts';
import { block, line } from '../text.ts';
import { FormatError, type Reading } from '../threat-model.ts';
import { child, parseXml, rootName, textOf, type XmlElement } from '../xml.ts';
import { type KnowledgeBase, readKnowledgeBase } from './knowledge.ts';
import { type Context, readSurface } from './surface.ts';
import { readThreats } from './threats.ts';

const MODEL = 'ThreatModel';
/** Root of a template (.tb7), which is refused in words of its own. */
const TEMPLATE = 'KnowledgeBase';

export const tm7: Format = {
  name: 'tm7',
  label: 'Microsoft Threat Modeling Tool',
  extension: '.tm7',
  mediaType: 'application/xml',
  recognises: ({ syntax, text }) => syntax === 'xml' && [MODEL, TEMPLATE].includes(rootName(text) ?? ''),
  read,
};

function read({ text }: Source): Reading {
  if (rootName(text) === TEMPLATE)
    throw new FormatError(
      'This is a template (.tb7) of the Microsoft Threat Modeling Tool: it has types and rules, but no threat model. Bring the model (.tm7) that was made with it.',
      TEMPLATE,
    );
  const root = parseXml(text);
  if (root.name !== MODEL) throw new FormatError(`The file has no ${MODEL}.`, root.name);
  const list = child(root, 'DrawingSurfaceList');
  if (!list) throw new FormatError('The file has no DrawingSurfaceList: there are no diagrams in it.', MODEL);
  const knowledge = readKnowledgeBase(child(root, TEMPLATE));
  const context: Context = { ids: new Ids(), knowledge, skipped: [] };
  const surfaces = list.children
    .filter(({ name }) => name === 'DrawingSurfaceModel')
    .map((surface, n) => readSurface(surface, n, context));
  const threats = readThreats(child(root, 'ThreatInstances'), surfaces, context);
  if (child(root, TEMPLATE))
    context.skipped.push({
      what: `template "${knowledge.name}"`,
      why: 'Its types and rules belong to the tool; what the model uses of them was read.',
      where: TEMPLATE,
    });
  const about = child(root, 'MetaInformation');
  return {
    model: {
      title: line(textOf(about, 'ThreatModelName')),
      scope: scopeOf(about),
      diagrams: surfaces.map(({ diagram }) => diagram),
      threats,
      foreign: { tm7: foreignOf(root, about, knowledge) },
    },
    skipped: context.skipped,
  };
}

function scopeOf(about: XmlElement | undefined): string {
  const part = (title: string, name: string): string => {
    const text = block(textOf(about, name));
    return text && title ? `${title}:\n${text}` : text;
  };
  return [
    part('', 'HighLevelSystemDescription'),
    part('Assumptions', 'Assumptions'),
    part('External dependencies', 'ExternalDependencies'),
  ]
    .filter(text => text !== '')
    .join('\n\n');
}

function foreignOf(root: XmlElement, about: XmlElement | undefined, knowledge: KnowledgeBase): Json {
  const people = { owner: 'Owner', contributors: 'Contributors', reviewer: 'Reviewer' };
  const notes = (child(root, 'Notes')?.children ?? []).map(note => ({
    message: block(textOf(note, 'Message')),
    by: line(textOf(note, 'AddedBy')),
    at: textOf(note, 'Date'),
  }));
  const { name, version, author } = knowledge;
  return {
    version: textOf(root, 'Version'),
    ...Object.fromEntries(
      Object.entries(people).flatMap(([key, from]) => {
        const text = line(textOf(about, from));
        return text ? [[key, text]] : [];
      }),
    ),
    ...(notes.length > 0 && { notes }),
    ...(name && { template: { name, version, author } }),
  };
}
