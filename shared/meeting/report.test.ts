import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Json } from '../document/board.ts';
import { putEntry, root, SESSION_ENTRY } from '../document/document.ts';
import { escaped, minutesMarkdown } from './markdown.ts';
import { type Happening, record } from './minutes.ts';
import { reportOf } from './report.ts';

const mona = { id: 'mona', name: 'Mona Reyes' };
const ben = { id: 'ben', name: 'Ben Otieno' };
const START = Date.UTC(2027, 0, 31, 13, 5);
const at = (minute: number) => START + minute * 60_000;

let doc: Y.Doc;
let lines = 0;
const tell = (minute: number, by: typeof mona | null, happening: Happening) =>
  record(doc, `m${lines++}`, { at: at(minute), by }, happening);
const threat = (id: string, number: number, more: Record<string, Json> = {}) =>
  putEntry(root(doc, 'threats'), id, {
    ...{ number, title: `Threat ${id}`, stride: ['S'], target: '', status: 'open', by: mona, at: 1 },
    ...more,
  });
const followup = (id: string, kind: string, more: Record<string, Json> = {}) =>
  putEntry(root(doc, 'followups'), id, {
    ...{ kind, text: `Text of ${id}`, owner: '', due: '', done: false, about: '', by: ben, at: 1 },
    ...more,
  });
const decided = (id: string, more: object = {}): Happening => ({
  ...{ what: 'threat-decided', threat: id, title: `Threat ${id}`, status: 'mitigated' },
  ...{ severity: 'high', owner: '', reason: '', into: '' },
  ...more,
});

/** A whole meeting: two phases, a vote, decisions, and what remained. */
function meeting() {
  threat('a', 1, { status: 'mitigated' });
  threat('b', 2, { status: 'open', owner: 'Ana' });
  threat('c', 3, { status: 'rejected', into: 'a' });
  tell(0, mona, { what: 'phase-started', title: 'Decide', kind: 'decide' });
  tell(0, mona, { what: 'meeting-started' });
  tell(0, mona, { what: 'came', role: 'moderator' });
  tell(1, ben, { what: 'came', role: 'observer' });
  tell(2, mona, { what: 'role-changed', who: ben, role: 'participant' });
  tell(3, mona, decided('a', { reason: 'Nonces in every message.' }));
  tell(4, mona, decided('a', { owner: 'Ana', severity: null }));
  tell(5, mona, decided('c', { status: 'rejected', into: 'a' }));
  tell(6, mona, { what: 'suggestion-dismissed', suggestion: 's', title: 'Fake app', reason: 'Offline' });
  tell(7, ben, { what: 'left' });
  tell(9, ben, { what: 'came', role: 'participant' });
  tell(10, mona, { what: 'phase-extended', title: 'Decide', minutes: 5 });
  tell(11, mona, { what: 'vote-opened', vote: 'v', title: 'Which matter most?' });
  tell(13, null, { what: 'vote-closed', vote: 'v', title: 'Which matter most?', voters: 2 });
  tell(19, mona, { what: 'phase-skipped', title: 'Gap check', kind: 'gaps' });
  tell(20, mona, { what: 'phase-started', title: 'Own phase', kind: 'scope' });
  tell(30, mona, { what: 'meeting-ended' });
  tell(90, ben, { what: 'reopened', about: 'a', title: 'Threat a' });
  putEntry(root(doc, 'votes'), 'v', {
    ...{ title: 'Which matter most?', dots: 3, perThreat: 1, threats: ['a', 'b'], openedAt: at(11) },
    ...{ endsAt: at(13), closedAt: at(13), voters: 2, result: { a: 1, b: 2, gone: 3 } },
  });
  followup('q', 'question', { about: 'a' });
  followup('done', 'question', { done: true, at: 0 });
  followup('act', 'action', { owner: 'Ana', due: '2027-02-28' });
}

beforeEach(() => {
  doc = new Y.Doc();
  lines = 0;
  putEntry(root(doc, 'session'), SESSION_ENTRY, { title: 'Patch', scope: 'The sensor\nand its app' });
});

describe('the report of a session', () => {
  it('has who was there, with every stay and the last role', () => {
    meeting();
    expect(reportOf(doc).meetings[0]!.people).toEqual([
      { who: mona, role: 'moderator', stays: [{ from: at(0), to: at(30) }] },
      {
        who: ben,
        role: 'participant',
        stays: [
          { from: at(1), to: at(7) },
          { from: at(9), to: at(30) },
        ],
      },
    ]);
  });
  it('has the phases with their planned and real times', () => {
    meeting();
    expect(reportOf(doc).meetings[0]!.phases).toEqual([
      { title: 'Decide', kind: 'decide', planned: 20, added: 5, startedAt: at(0), endedAt: at(20) },
      { title: 'Gap check', kind: 'gaps', planned: 10, added: 0, startedAt: null, endedAt: null },
      { title: 'Own phase', kind: 'scope', planned: null, added: 0, startedAt: at(20), endedAt: at(30) },
    ]);
  });
  it('groups decisions by what they are about, and keeps those outside of meetings apart', () => {
    meeting();
    const { meetings, between } = reportOf(doc);
    expect(meetings[0]!.decisions.map(({ ref, lines: { length } }) => [ref, length])).toEqual([
      ['T1', 2],
      ['T3', 1],
      [null, 1],
    ]);
    expect(between).toMatchObject([{ ref: 'T1', lines: [{ text: 'Ben Otieno reopened T1.' }] }]);
  });
  it('has votes by their dots, what is open first, and what nobody decided', () => {
    meeting();
    const { meetings, questions, undecided } = reportOf(doc);
    expect(meetings[0]!.votes[0]!.threats).toMatchObject([
      { ref: 'T2', dots: 2 },
      { ref: 'T1', dots: 1 },
    ]);
    expect(questions.map(({ id }) => id)).toEqual(['q', 'done']);
    expect(undecided).toMatchObject([{ ref: 'T2', owner: 'Ana' }]);
  });
  it('of a meeting that goes on has no end yet; one that was never ended ends with the next', () => {
    tell(0, mona, { what: 'meeting-started' });
    tell(1, mona, { what: 'came', role: 'moderator' });
    tell(60, mona, { what: 'meeting-started' });
    expect(reportOf(doc).meetings.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [at(0), at(1)],
      [at(60), null],
    ]);
  });
  it('of a session without any is empty', () => {
    const { title, scope: _, ...rest } = reportOf(doc);
    expect([title, ...Object.values(rest).map(value => Object.keys(value).length)]).toEqual([
      'Patch',
      ...[0, 0, 0, 0, 0, 0],
    ]);
    expect(minutesMarkdown(reportOf(doc))).toBe(
      '# Minutes: Patch\n\n> The sensor\n> and its app\n\nTimes are in UTC.\n',
    );
  });
  it('passes over lines that it does not know, and takes broken ones for what can be read of them', () => {
    tell(0, mona, { what: 'meeting-started' });
    tell(1, mona, { what: 'future' } as never);
    tell(2, null, { what: 'threat-decided', threat: 5, title: {}, status: [], reason: 7 } as never);
    tell(3, mona, { what: 'role-changed', role: 'king' } as never);
    tell(4, mona, { what: 'phase-started', title: null, kind: 3 } as never);
    tell(5, mona, { what: 'phase-extended', minutes: 'x' } as never);
    expect(() => minutesMarkdown(reportOf(doc))).not.toThrow();
  });
});

describe('the minutes as Markdown', () => {
  it('read like this', () => {
    meeting();
    expect(minutesMarkdown(reportOf(doc))).toMatchInlineSnapshot(`
      "# Minutes: Patch

      > The sensor
      > and its app

      Times are in UTC.

      ## Meeting of 2027-01-31, 13:05 – 13:35

      ### Who was there

      | Name | Role | From – to |
      | --- | --- | --- |
      | Mona Reyes | moderator | 13:05 – 13:35 |
      | Ben Otieno | participant | 13:06 – 13:12, 13:14 – 13:35 |

      ### Phases

      | Phase | Planned | Held |
      | --- | --- | --- |
      | Decide | 20 min +5 min | 13:05 – 13:25 (20 min) |
      | Gap check | 10 min | skipped |
      | Own phase | – | 13:25 – 13:35 (10 min) |

      ### Decisions

      - **T1 Threat a**
        - 13:08 Mona Reyes decided T1: Mitigated, high severity – Nonces in every message.
        - 13:09 Mona Reyes decided T1: Mitigated, owner Ana.
      - **T3 Threat c**
        - 13:10 Mona Reyes merged T3 into T1 Threat a.
      - **Fake app**
        - 13:11 Mona Reyes dismissed “Fake app” – Offline.

      ### Vote: Which matter most?

      2 people voted.

      | Threat | Dots |
      | --- | --- |
      | T2 Threat b | 2 |
      | T1 Threat a | 1 |

      ### What else happened

      - 13:07 Mona Reyes made Ben Otieno a participant.

      ## Decided outside of meetings

      - **T1 Threat a**
        - 2027-01-31 14:35 Ben Otieno reopened T1.

      ## Open questions

      - [ ] Text of q (on T1 Threat a) (Ben Otieno)
      - [x] Text of done (Ben Otieno)

      ## Actions

      | Action | Owner | Due | Done |
      | --- | --- | --- | --- |
      | Text of act | Ana | 2027-02-28 | no |

      ## Not decided yet

      - T2 Threat b (open, owner Ana)
      "
    `);
  });
  it('show what people wrote as the text that it is', () => {
    const hostile = [
      '| a | b |\n| --- |\n# Heading',
      '<script>alert(1)</script><img src=x onerror=alert(1)>',
      '`code` **bold** ~~gone~~ $x$ @everyone',
      '[click](https://evil.example) ![x](http://evil.example/a.png) www.evil.example',
    ];
    threat('a', 1, { title: hostile[0]! });
    putEntry(root(doc, 'session'), SESSION_ENTRY, {
      title: hostile[3]!,
      scope: `- ${hostile[0]}\n1. ${hostile[1]}`,
    });
    const evil = { id: 'evil', name: hostile[1]! };
    tell(0, evil, { what: 'meeting-started' });
    tell(0, evil, { what: 'came', role: 'moderator' });
    tell(1, evil, { what: 'phase-started', title: hostile[2]!, kind: 'scope' });
    tell(2, evil, decided('a', { title: hostile[0], owner: hostile[3], reason: hostile[2] }));
    followup('q', 'question', { text: `- ${hostile[2]}`, by: evil, about: 'a' });
    followup('act', 'action', { text: hostile[0]!, owner: hostile[1]!, due: '2027-02-28' });
    expect(minutesMarkdown(reportOf(doc))).toMatchInlineSnapshot(`
      "# Minutes: \\[click\\](https\\://evil.example) !\\[x\\](http\\://evil.example/a.png) www\\.evil.example

      > \\- \\| a \\| b \\|
      > \\| --- \\|
      > \\# Heading
      > 1\\. \\<script\\>alert(1)\\</script\\>\\<img src=x onerror=alert(1)\\>

      Times are in UTC.

      ## Meeting of 2027-01-31, 13:05 – still going on

      ### Who was there

      | Name | Role | From – to |
      | --- | --- | --- |
      | \\<script\\>alert(1)\\</script\\>\\<img src=x onerror=alert(1)\\> | moderator | 13:05 – still going on |

      ### Phases

      | Phase | Planned | Held |
      | --- | --- | --- |
      | \\\`code\\\` \\*\\*bold\\*\\* \\~\\~gone\\~\\~ \\$x\\$ \\@everyone | – | 13:06 – still going on |

      ### Decisions

      - **T1 \\| a \\| b \\| \\| --- \\| \\# Heading**
        - 13:07 \\<script\\>alert(1)\\</script\\>\\<img src=x onerror=alert(1)\\> decided T1: Mitigated, high severity, owner \\[click\\](https\\://evil.example) !\\[x\\](http\\://evil.example/a.png) www\\.evil.example – \\\`code\\\` \\*\\*bold\\*\\* \\~\\~gone\\~\\~ \\$x\\$ \\@everyone.

      ## Open questions

      - [ ] \\- \\\`code\\\` \\*\\*bold\\*\\* \\~\\~gone\\~\\~ \\$x\\$ \\@everyone (on T1 \\| a \\| b \\| \\| --- \\| \\# Heading) (\\<script\\>alert(1)\\</script\\>\\<img src=x onerror=alert(1)\\>)

      ## Actions

      | Action | Owner | Due | Done |
      | --- | --- | --- | --- |
      | \\| a \\| b \\| \\| --- \\| \\# Heading | \\<script\\>alert(1)\\</script\\>\\<img src=x onerror=alert(1)\\> | 2027-02-28 | no |

      ## Not decided yet

      - T1 \\| a \\| b \\| \\| --- \\| \\# Heading (open)
      "
    `);
  });
  it.each([
    ['a|b', 'a\\|b'],
    ['two\nlines\r\nand\u2028more', 'two lines and more'],
    ['<b>&amp;', '\\<b\\>\\&amp;'],
    ['- item', '\\- item'],
    ['12. item', '12\\. item'],
    ['=====', '\\====='],
    ['http://x', 'http\\://x'],
    ['see WWW.x.y', 'see WWW\\.x.y'],
    ['a\u202eb\u0000c', 'ab c'],
    ['back\\slash', 'back\\\\slash'],
  ])('%j is written %j', (text, written) => {
    expect(escaped(text)).toBe(written);
  });
});
