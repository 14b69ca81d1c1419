import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { isOn, scanXml, xmlAttribute } from './xml-scanner.ts';

function eventsOf(xml: string): string[] {
  const events: string[] = [];
  scanXml(xml, 'part.xml', {
    open: (name, attributes, isEmpty) =>
      void events.push(`<${name}${attributes.trimEnd()}${isEmpty ? '/' : ''}>`),
    close: (name) => void events.push(`</${name}>`),
    text: (text) => void events.push(text),
  });
  return events;
}

test('elements, texts and CDATA come in order, comments and instructions do not', () => {
  const xml = '<?xml version="1.0"?><a><!-- <b> --><b c="1>2"/>x &amp; y<![CDATA[<z>]]></a>';
  expect(eventsOf(xml)).toEqual(['<a>', '<b c="1>2"/>', 'x & y', '<z>', '</a>']);
});

test('references are resolved once, and nothing but the predefined ones exists', () => {
  expect(eventsOf('<a>&#228;&#x20AC;&lt;&amp;lt;&foo;&#0;&#xD800;</a>')[1]).toBe(
    'ä€<&lt;&foo;\ufffd\ufffd',
  );
});

test('known namespaces get the prefix we know, whatever the file calls them', () => {
  const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const strict = 'http://purl.oclc.org/ooxml/wordprocessingml/main';
  expect(eventsOf(`<x:p xmlns:x="${main}"/>`)[0]).toContain('<w:p');
  expect(eventsOf(`<p xmlns='${strict}'><t/></p>`)[1]).toBe('<w:t/>');
  expect(eventsOf('<x:p xmlns:x="urn:other"/>')[0]).toContain('<x:p');
});

test('attributes are found by their local name', () => {
  expect(xmlAttribute(` w:val='a&quot;b' w:other="1"`, 'val')).toBe('a"b');
  expect(xmlAttribute(' w:interval="1"', 'val')).toBeUndefined();
  expect([' w:val="0"', ' w:val="false"', '', ' w:val="1"'].map(isOn)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test.for([
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
  '<a><!ENTITY x SYSTEM "http://127.0.0.1/"></a>',
  '<a><b></a></b>',
  '<a>',
  '<a b="></a>',
  '</a>',
  `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`,
])('%# is refused: a document type, or not well-formed', (xml) => {
  expect(() => eventsOf(xml)).toThrow(expect.objectContaining({ code: 'file.damaged' }));
});

test('any text gives events or a refusal', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '</',
    '/>',
    'a',
    ' b="',
    '"',
    '&',
    ';',
    '<!--',
    ']]>',
    '<?',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
      try {
        eventsOf(pieces.join(''));
      } catch (error) {
        if (!isAppError(error)) throw error;
      }
    }),
  );
});
