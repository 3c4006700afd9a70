import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from './threat-model.ts';
import { child, parseXml, rootName, textOf } from './xml.ts';

describe('XML that somebody brought', () => {
  it('is a tree of names and attributes without prefixes, with its texts', () => {
    const root = parseXml(
      `<?xml version="1.0"?><!-- x --><a:r xmlns:a="urn:a" a:n="1 &lt; 2"><b> one </b>tail<b>two</b></a:r>`,
    );
    expect(root.name).toBe('r');
    expect(root.attributes.get('n')).toBe('1 < 2');
    expect(root.text).toBe('tail');
    expect(root.children.map(({ text }) => text)).toEqual([' one ', 'two']);
    expect(textOf(root, 'b')).toBe('one');
    expect(child(root, 'c')).toBeUndefined();
    expect(textOf(child(root, 'c'), 'd')).toBe('');
  });

  it('has the five entities of XML and numbers decoded once, and nothing decoded in CDATA', () => {
    const { text } = parseXml(
      '<a>&amp;lt; &#65;&#x42; &quot;&apos; &unknown; &#0; &#xD800;<![CDATA[<&amp;>]]></a>',
    );
    expect(text).toBe(`&lt; AB "' &unknown; &#0; &#xD800;<&amp;>`);
  });

  it('takes any text back that was escaped', () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    fc.assert(
      fc.property(fc.string(), text => {
        expect(parseXml(`<a>${escaped(text)}</a>`).text).toBe(text);
      }),
    );
  });

  it('tells the root from its first bytes', () => {
    expect(rootName('<?xml version="1.0"?>\n<!-- <x> --><m:ThreatModel a="b">')).toBe('ThreatModel');
    expect(rootName('<!DOCTYPE ThreatModel [')).toBe('ThreatModel');
    expect(rootName('< a>')).toBeNull();
    expect(rootName('')).toBeNull();
  });

  it('expands nothing that the file defines', () => {
    expect(parseXml('<a><!DOCTYPE b [<!ENTITY c "d">]>&c;</a>').text).toBe('&c;');
  });

  it.each([
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>', 'DOCTYPE'],
    ['an outside entity', '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'DOCTYPE'],
    ['what is cut off', '<a><b>', 'not valid XML'],
    ['a name of the language', '<a><__proto__/></a>', 'not valid XML'],
    ['two roots', '<a/><b>', 'not valid XML'],
    ['nothing', '<!-- nothing -->', 'not valid XML'],
    ['deep nesting', '<a>'.repeat(200_000) + '</a>'.repeat(200_000), 'levels deep'],
    ['deep nesting that is cut off', '<a>'.repeat(200_000), 'not valid XML'],
  ])('refuses %s in a few words', (_, text, words) => {
    let error: unknown;
    try {
      parseXml(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(FormatError);
    expect((error as Error).message).toContain(words);
    expect((error as Error).message.length).toBeLessThan(300);
  });

  it('fails with a FormatError or not at all, whatever it is given', () => {
    const pieces = fc.constantFrom(
      '<a>',
      '</a>',
      '<',
      '>',
      '&',
      '"',
      '<a b="',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
    );
    const more = fc.constantFrom(
      '<?',
      '?>',
      '<!DOCTYPE a [',
      '<!ENTITY',
      ' ',
      'x:',
      '<toString/>',
      '<__proto__ a="1"/>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, more, fc.string({ maxLength: 4 }))), parts => {
        const text = `<a>${parts.join('')}</a>`;
        try {
          parseXml(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
