/** Which recorded threats may say the same as another: by their words, where they are, and their letters. */
import type { Threat } from '../document/threats.ts';
import type { Letter } from './letters.ts';

/** What is held against the recorded threats: a proposal, or a suggestion as the threat that it would become. */
export interface Compared {
  /** Of a threat, so that it is not its own duplicate. */
  id?: string;
  title: string;
  stride: readonly Letter[];
  target: string;
  /** What its target is joined to: a flow's ends, an element's flows. */
  near: readonly string[];
}

/** Most that are offered. */
const MOST = 3;
/** From here on two titles are worth comparing by a person; the weights add up to 1. */
const THRESHOLD = 0.45;
const WEIGHTS = { words: 0.65, place: 0.22, letters: 0.13 };
/** Share of the words that must agree, whatever else does: one letter on one element is no likeness. */
const FEWEST_WORDS = 0.2;

const STOP_WORDS = new Set(
  (
    'a an and any anyone are as at attacker attackers be because been being by can could does for from get gets has have he her his if in into ' +
    'is it its malicious may might no not of off on onto or other out over someone somebody something stranger than that the their them there ' +
    'they this through to under unauthorised unauthorized up us was were when which while who will with without would'
  ).split(' '),
);

/** Words that threat lists use for one another, by the stem that stands for them. */
const SYNONYMS = new Map(
  [
    'spoof fake forge impersonate pose pretend masquerade rogue counterfeit clone',
    'eavesdrop overhear intercept sniff listen capture',
    'tamper alter modify change manipulate falsify corrupt edit rewrite',
    'disclose leak expose read reveal steal stolen theft exfiltrate',
    'deny repudiate dispute disown',
    'flood jam block dos exhaust overload drain interrupt unavailable outage stop',
    'replay resend record repeat',
    'firmware software update image',
    'escalate elevate privilege admin root',
    'password credential login secret pin key',
    'reading measurement value data record result glucose',
    'log audit trail logging',
    'app application phone smartphone mobile',
    'ble bluetooth radio air wireless',
    'cloud server backend',
    'command order instruction dose bolus therapy',
    'physician doctor clinician provider nurse',
  ].flatMap(line => {
    const [first, ...others] = line.split(' ').map(stem);
    return others.map(other => [other, first!] as const);
  }),
);

/** Enough of a stem for titles: plural, -ed, -ing and their doubled letters. */
function stem(word: string): string {
  let short = word.replace(/(?:'s|’s)$/, '');
  if (short.length > 4) short = short.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
  if (short.length > 5) short = short.replace(/(?:ing|ed|er|or|ion)$/, '');
  return short.replace(/([b-df-hj-np-rt-z])\1$/, '$1').replace(/e$/, '');
}

/** Meanings of titles that were read before: the same threats are asked about for one item after the other. */
const known = new Map<string, ReadonlySet<string>>();
const MOST_KNOWN = 5000;

/** The words of a title that carry meaning, as their stems. */
function wordsOf(title: string): ReadonlySet<string> {
  let words = known.get(title);
  if (!words) {
    const all = title.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
    words = new Set(
      all.filter(word => !STOP_WORDS.has(word)).map(word => SYNONYMS.get(stem(word)) ?? stem(word)),
    );
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(title, words);
  }
  return words;
}

/**
 * The threats that may say the same, the likeliest first, three at most; what was rejected is none. A word that many titles hold
 * counts for less than a rare one.
 */
export function likelyDuplicates(item: Compared, threats: readonly Threat[]): Threat[] {
  const own = wordsOf(item.title);
  if (own.size === 0) return [];
  const near = new Set(item.near);
  const others = threats
    .filter(({ id, status }) => id !== item.id && status !== 'rejected')
    .map(threat => ({ threat, words: wordsOf(threat.title) }));
  const counts = new Map<string, number>();
  for (const { words } of others) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const weight = (word: string) => 1 / Math.log2(2 + (counts.get(word) ?? 0));
  const weigh = (words: Iterable<string>) => {
    let sum = 0;
    for (const word of words) sum += weight(word);
    return sum;
  };
  const all = weigh(own);
  return others
    .flatMap(({ threat, words }) => {
      const shared = weigh([...own].filter(word => words.has(word)));
      const agreeing = (2 * shared) / (all + weigh(words));
      if (agreeing < FEWEST_WORDS) return [];
      const place = threat.target === item.target ? 1 : near.has(threat.target) ? 0.6 : 0;
      const letters = threat.stride.some(letter => item.stride.includes(letter)) ? 1 : 0;
      const score = WEIGHTS.words * agreeing + WEIGHTS.place * place + WEIGHTS.letters * letters;
      return score >= THRESHOLD ? [{ threat, score }] : [];
    })
    .sort((a, b) => b.score - a.score || a.threat.at - b.threat.at)
    .slice(0, MOST)
    .map(({ threat }) => threat);
}
