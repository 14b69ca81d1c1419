import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDocumentType } from './find-document-type.ts';
import { setPage } from './set-page.ts';

const prose = `The wheel of the mill had stood still for thirty years when the neighbours
came together and bought it for the price of the slates on its roof. They
cleared the race of mud, mended the sluice with oak from the old barn, and
asked every family in the valley to lend a hand on the first dry Saturday.`;

const schoolWeek = `Stundenplan 4b

Zeit            Montag      Dienstag    Mittwoch    Donnerstag  Freitag
8:00 - 8:45     Deutsch     Mathe       Deutsch     Sport       Kunst
8:50 - 9:35     Mathe       Deutsch     Mathe       Sport       Kunst
9:55 - 10:40    Sachkunde   Musik       Englisch    Mathe       Deutsch`;

const daysDown = `Opening hours and lessons
Lundi      9:00 - 10:00   Piano
Mardi      9:00 - 10:00   Violon
Mercredi   14:00 - 15:30  Orgue
Jeudi      9:00 - 10:00   Piano
Vendredi   16:00 - 17:00  Chant

Horaire`;

const departures = Array.from(
  { length: 12 },
  (_, i) => `Harl ${i}   6:${10 + i}   7:${10 + i}   8:${10 + i}   9:${10 + i}`,
).join('\n');

const till = `WENLOW BAKERY
Mill Lane 4
Receipt 20817
2 Oat bread        8.50
1 Rye bread        4.25
TOTAL             12.75
CASH              20.00
CHANGE             7.25`;

const invoice = `Müller & Söhne
Rechnung Nr. 2026-114
Datum: 3.5.2026
Kunde: 4711
Position   Menge   Einzelpreis   Betrag
Mehl       10      3,80          38,00
Kleie      2       1.250,00      2.500,00
Gesamtbetrag                     2.538,00
MwSt 7 %                           166,04
IBAN DE00 1234`;

const letter = `The Trustees
Wenlow                                  18 March 2026

Dear Trustees,

${prose}

Yours sincerely,
Nell Harrow`;

const lettre = `Madame, Monsieur,

${prose}

Veuillez agréer l'expression de mes sentiments distingués.`;

const application = `REGISTRATION FORM
Name: ______________   Date of birth: __________
Address: ___________   Telephone: ______________
Class: _____________   Signature: ______________
Please print. For office use only.`;

const filled = `Formulaire d'inscription
Nom : Dupont
Prénom : Nell
Adresse : 4, rue du Moulin
Ville : Harl
Téléphone : 02 11 22 33 44`;

const article = `# The wheel turns again

${prose}

# What it cost

${prose}

${prose}

References
1 A book of mills`;

const figures = Array.from(
  { length: 9 },
  (_, i) => `Parish ${i}     ${i * 31 + 12}     ${i * 7 + 3}     ${i * 113}`,
).join('\n');

test.each([
  ['timetable', 'a school week', schoolWeek],
  ['timetable', 'days one under the other', daysDown],
  ['timetable', 'departures', departures],
  ['invoice_or_receipt', 'a till receipt', till],
  ['invoice_or_receipt', 'a German invoice, full of labels', invoice],
  ['letter', 'a letter', letter],
  ['letter', 'a French letter', lettre],
  ['form', 'an empty form', application],
  ['form', 'a French form, filled in', filled],
  ['article', 'an article', article],
  ['table', 'figures in columns', figures],
  ['unknown', 'nothing', ''],
  ['unknown', 'a few words', 'Wenlow Mill Museum'],
  ['unknown', 'one paragraph', prose],
  ['unknown', 'prose that names days', 'We met on Monday, Tuesday and Friday at 9:30.'],
  ['unknown', 'prose that names a receipt', 'Please keep the receipt; it is worth 12.50 to you.'],
])('%s: %s', (type, _, text) => {
  const verdict = findDocumentType([setPage(text)], 1);
  expect(verdict, verdict.reasons.join('; ')).toMatchObject({ type });
  if (type !== 'unknown') expect(verdict.score).toBeGreaterThanOrEqual(0.5);
  else expect(verdict.score).toBeLessThan(0.5);
});

test('the reasons can be read by a person, the strongest first', () => {
  expect(findDocumentType([setPage(schoolWeek)], 1)).toEqual({
    type: 'timetable',
    score: 1,
    reasons: [
      '5 weekday names in one row',
      '3 rows begin with a span of time',
      '"Stundenplan" at the head',
      '6 times of day',
    ],
  });
  expect(findDocumentType([setPage(till)], 1).reasons).toEqual([
    '5 amounts with two decimals',
    'a word for total beside an amount',
    'the word "receipt"',
    'words of paying: "cash", "change"',
  ]);
});

test('evidence for two types alike gives neither, and says so', () => {
  const verdict = findDocumentType([setPage(`${schoolWeek}\n\n${application}`)], 1);
  expect(verdict.type).toBe('unknown');
  expect(verdict.reasons).toHaveLength(2);
  expect(verdict.reasons.join()).toContain('not clear enough for timetable (1.00)');
});

test('a report with a table of sums is still an article', () => {
  const accounts =
    'Flour sold       1,204.50\nVisitors         3,310.00\nTotal            4,514.50';
  const pages = [setPage(article, 1), setPage(`${prose}\n\n${accounts}\n\n${prose}`, 2)];
  expect(findDocumentType(pages, 2).type).toBe('article');
});

test('a book with a covering letter is no letter', () => {
  const pages = [setPage(letter.replace('Yours sincerely,\n', ''), 1), setPage(article, 2)];
  expect(findDocumentType(pages, 240).type).toBe('article');
});

test('the order of the words on the page does not matter', () => {
  const page = setPage(till);
  const turned = { ...page, words: page.words.toReversed() };
  expect(findDocumentType([turned], 1)).toEqual(findDocumentType([page], 1));
});

test('any words get a verdict in bounds, and the same one twice', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 30 }),
      (lines) => {
        const page = setPage(lines.join('\n'));
        const verdict = findDocumentType([page], 1);
        expect(verdict.score).toBeGreaterThanOrEqual(0);
        expect(verdict.score).toBeLessThanOrEqual(1);
        expect(verdict.reasons.length).toBeGreaterThan(0);
        expect(findDocumentType([page], 1)).toEqual(verdict);
      },
    ),
    { numRuns: 100 },
  );
});
