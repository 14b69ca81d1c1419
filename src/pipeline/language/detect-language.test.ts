import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectLanguage } from './detect-language.ts';

test.each([
  [
    'de',
    'Wir haben den Brief gestern gelesen und werden Ihnen nach dem Wochenende darauf antworten.',
  ],
  ['de', 'Die Straße zur alten Mühle ist für Lastwagen gesperrt, weil die Brücke sie nicht trägt.'],
  [
    'en',
    'The miller has mended the wheel, and we shall be able to grind corn again before winter.',
  ],
  ['en', 'Please return this form to the office by Friday and keep a copy for yourself.'],
  ['es', 'El molino está cerrado hasta el martes porque la rueda no gira desde que subió el río.'],
  ['es', 'Los niños trajeron sus cuadernos y escribieron una carta muy larga para su maestra.'],
  [
    'fr',
    "Le moulin n'est ouvert que le dimanche, mais on peut acheter de la farine chez le boulanger.",
  ],
  ['fr', 'Nous vous remercions de votre lettre et nous y répondrons avant la fin du mois.'],
  [
    'it',
    'Il mulino è rimasto chiuso per molti anni, ma ora la ruota gira di nuovo con la piena del fiume.',
  ],
  [
    'it',
    'Gli alunni della terza classe sono andati alla biblioteca e hanno letto tutto il pomeriggio.',
  ],
  [
    'nl',
    'De molen staat al eeuwen aan het water en wordt door de buren met veel zorg onderhouden.',
  ],
  [
    'nl',
    'Wij hebben uw brief ontvangen en zullen u voor het einde van de week een antwoord sturen.',
  ],
  ['pl', 'Młyn stoi nad rzeką od wielu lat, ale koło jeszcze się obraca i mąka jest bardzo dobra.'],
  ['pl', 'Proszę przynieść zeszyty na poniedziałek, bo będziemy pisać list do przyjaciół.'],
  [
    'pt',
    'O moinho não funciona desde que a roda se partiu, mas os vizinhos já começaram a consertar tudo.',
  ],
  ['pt', 'As crianças foram à escola e depois ficaram na biblioteca até às cinco horas.'],
  [
    'sv',
    'Kvarnen har stått stilla i många år, men nu snurrar hjulet igen och mjölet är mycket gott.',
  ],
  ['sv', 'Vi ska träffas på torsdag efter lunch för att läsa brevet som kom från skolan.'],
  ['da', 'Møllen har stået stille i mange år, men nu drejer hjulet igen, og melet er meget godt.'],
  ['da', 'Vi skal mødes på torsdag efter frokost for at læse brevet, som kom fra skolen af.'],
  [
    'tr',
    'Değirmen uzun yıllar boyunca kapalı kaldı, ama şimdi çark yeniden dönüyor ve un çok güzel.',
  ],
  ['tr', 'Öğretmen bize bu mektubu okumak için bir hafta verdi ve sonra hep birlikte konuştuk.'],
  ['ru', 'Мельница стоит на реке уже много лет, но колесо всё ещё вертится, и мука очень хорошая.'],
  ['ru', 'Мы получили ваше письмо и ответим на него до конца этой недели.'],
  ['uk', 'Млин стоїть над річкою вже багато років, але колесо ще крутиться і борошно дуже добре.'],
  ['uk', 'Ми отримали вашого листа та відповімо на нього до кінця цього тижня.'],
  ['el', 'Ο μύλος στέκει δίπλα στο ποτάμι εδώ και πολλά χρόνια.'],
  ['ar', 'كانت الطاحونة على ضفة النهر منذ سنوات طويلة، ثم عادت إلى العمل بعد أن أصلحها الجيران.'],
  ['he', 'הטחנה עומדת על שפת הנהר כבר שנים רבות והגלגל עדיין מסתובב.'],
  ['zh', '磨坊在河边已经很多年了，水车还在转，面粉也很好。'],
  ['ja', '水車小屋は川のそばに長い間立っていて、今でも粉をひいています。'],
  ['ko', '물레방아는 오랫동안 강가에 서 있었고 지금도 밀을 빻고 있습니다.'],
])('%s is recognised: %s', (code, text) => {
  const verdict = detectLanguage(text);
  expect(verdict, verdict.reasons.join('; ')).toMatchObject({ code });
  expect(verdict.confidence).toBeGreaterThanOrEqual(0.4);
});

test.each([
  [
    'Norwegian for Danish',
    'no',
    'Møllen har stått stille i mange år, men nå går hjulet igjen, og melet er svært godt.',
  ],
  [
    'Czech for Polish',
    'cs',
    'Mlýn stojí u řeky už mnoho let, ale kolo se ještě točí a mouka je velmi dobrá.',
  ],
  [
    'Persian for Arabic',
    'fa',
    'این آسیاب سال‌ها در کنار رود بود و چرخ آن هنوز می‌چرخد که برای ما خوب است.',
  ],
  [
    'Bulgarian for Russian',
    'bg',
    'Мелницата е край реката от много години, но колелото още се върти и брашното е добро.',
  ],
])('a neighbour is not taken for another: %s', (_, code, text) => {
  expect(detectLanguage(text).code).toBe(code);
});

test('a page of a timetable without small words is told by its days', () => {
  const text =
    'Zeit Montag Dienstag Mittwoch Donnerstag Freitag 8:00 Sport Kunst Chemie Physik Latein';
  expect(detectLanguage(text)).toMatchObject({ code: 'de', script: 'Latn' });
});

test.each([
  ['nothing', '', null],
  ['digits and signs', '12.50 | 13.75 — 14/11/2026', null],
  ['a name', 'Okello', 'Latn'],
  ['codes', 'RRXM-B RRXM-T MC-4-PH SKGC WCC PCBS RXF RBF', 'Latn'],
  ['words of no language', 'Zyx brolm wukk tarn plimo sedrak vonu iklat rupp', 'Latn'],
  [
    'a language that is not known',
    'Tôi rất thích đọc những cuốn sách mới ở thư viện trường học',
    'Latn',
  ],
  ['a script that is not known', 'यह चक्की कई वर्षों से नदी के किनारे खड़ी है', 'Deva'],
])('%s is undetermined', (_, text, script) => {
  expect(detectLanguage(text)).toMatchObject({ code: 'und', script, confidence: 0 });
});

test('a few foreign words do not turn a text over', () => {
  const text =
    'The sign said "Vorsicht, die Straße ist gesperrt", and so we had to go back to the mill.';
  expect(detectLanguage(text).code).toBe('en');
});

test('what a recogniser of English makes of a French page is still French', () => {
  const text =
    "Portez ce vieux whisky au juge blond qui fume sur son ile intérieure, a coté de l'alcove ovoide, ou les biches se consument";
  expect(detectLanguage(text).code).toBe('fr');
});

test('the reasons can be read', () => {
  expect(detectLanguage('The wheel of the mill is at the end of the lane.').reasons).toEqual([
    '8 of 12 words are common in English',
    'next is Danish with 2',
  ]);
  expect(detectLanguage('Ja').reasons).toEqual(['only 2 letters']);
});

test('letters composed and apart give the same', () => {
  const text = 'Die Mühle gehört für immer über Jahre hinweg den Söhnen der Müllerin.';
  expect(detectLanguage(text.normalize('NFD'))).toEqual(detectLanguage(text));
});

test('any text gets a verdict in bounds, and the same one twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const verdict = detectLanguage(text);
      expect(verdict.confidence).toBeGreaterThanOrEqual(0);
      expect(verdict.confidence).toBeLessThanOrEqual(1);
      expect(verdict.reasons.length).toBeGreaterThan(0);
      expect(detectLanguage(text)).toEqual(verdict);
    }),
    { numRuns: 200 },
  );
});
