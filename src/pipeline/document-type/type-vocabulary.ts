/**
 * Words that mark a type of document in the languages Docmill knows. Matched as whole words without regard
 * to case; accents are spelt both ways where recognition loses them.
 */

/** Names of Monday to Friday or Saturday, one list a language, long and short. */
export const weekdayNames: readonly (readonly string[])[] = [
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag'],
  ['mo', 'di', 'mi', 'do', 'fr', 'sa'],
  ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
  ['lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato'],
  ['segunda', 'terça', 'quarta', 'quinta', 'sexta', 'sábado'],
  ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'],
  ['poniedziałek', 'wtorek', 'środa', 'czwartek', 'piątek', 'sobota'],
  ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag'],
  ['mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag'],
  ['pazartesi', 'salı', 'çarşamba', 'perşembe', 'cuma', 'cumartesi'],
  ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота'],
  ['понеділок', 'вівторок', 'середа', 'четвер', 'пʼятниця', 'субота'],
  ['δευτέρα', 'τρίτη', 'τετάρτη', 'πέμπτη', 'παρασκευή', 'σάββατο'],
];

export const timetableWords = anyOf([
  'time ?table',
  'class schedule',
  'weekly schedule',
  'stundenplan',
  'fahrplan',
  'emploi du temps',
  'horario',
  'horário',
  'orario',
  'rooster',
  'dienstregeling',
  'plan lekcji',
  'rozkład jazdy',
  'schema',
  'skema',
  'ders programı',
  'расписание',
  'розклад',
  'ωρολόγιο πρόγραμμα',
]);

/** What a bill or receipt calls itself, or the line that numbers it. */
export const billWords = anyOf([
  'invoice',
  'receipt',
  'cash (?:bill|sales?)',
  'bill no',
  'order no',
  'rechnung',
  'quittung',
  'kassenbon',
  'facture',
  'ticket de caisse',
  'reçu',
  'factura',
  'recibo',
  'fattura',
  'scontrino',
  'ricevuta',
  'factuur',
  'kassabon',
  'faktura',
  'paragon',
  'fatura',
  'kvitto',
  'kvittering',
  'fiş',
  'счет-фактура',
  'чек',
  'рахунок',
  'τιμολόγιο',
  'απόδειξη',
]);

export const totalWords = anyOf([
  '(?:sub|grand )?total',
  'amount due',
  'balance due',
  'gesamt(?:betrag|summe)?',
  'summe',
  'endbetrag',
  'montant',
  'net à payer',
  'importe',
  'totale',
  'totaal',
  'te betalen',
  'razem',
  'suma',
  'do zapłaty',
  'summa',
  'att betala',
  'toplam',
  'итого',
  'всього',
  'разом',
  'σύνολο',
]);

/** Taxes, ways to pay and what a till prints around a sale. Each one is named in the reasons. */
export const paymentWords = anyOf([
  'cash',
  'cashier',
  'change',
  'tendered',
  'rounding',
  'qty',
  'unit price',
  'paid by card',
  'visa',
  'mastercard',
  'vat',
  'gst',
  'sales tax',
  'mwst',
  'ust',
  'bar',
  'rückgeld',
  'iban',
  'tva',
  'iva',
  'btw',
  'ptu',
  'moms',
  'kdv',
  'ндс',
  'пдв',
  'φπα',
  'net amount',
  'discount',
  'payment',
]);

/** Opens a letter; to be looked for where a line begins. */
export const salutations =
  /^(?:dear(?: \p{L}|$)|to whom it may concern|sehr geehrte|liebe[rs]? \p{Lu}|guten tag|madame,? monsieur|(?:cher|chère)s? \p{L}|estimad[oa]s? |querid[oa]s? |muy señor|gentil[ei] |egregi[oa] |car[oa]s? \p{Lu}|prezad[oa]s? |exm[oa]s?\.? |geachte |beste \p{Lu}|szanown[iya]+ |drog[ia] \p{Lu}|kära |bästa \p{Lu}|kære |sayın |уважаем|дорог(?:ой|ая|ие) |шановн|αγαπητ|אדון נכבד|لسيد|السيد المحترم|拝啓|尊敬的)/iu;

/** Closes a letter; to be looked for where a line begins. */
export const closings =
  /^(?:yours (?:sincerely|faithfully|truly|ever)|sincerely(?: yours)?\b|(?:with )?(?:best|kind|warm)(?:est)? (?:regards|wishes)|respectfully|mit (?:freundlichen?|besten|herzlichen) gr|hochachtungsvoll|cordialement|veuillez agréer|(?:bien )?cordialement|salutations|atentamente|un cordial saludo|saludos|(?:cordiali|distinti) saluti|atenciosamente|com os melhores cumprimentos|met vriendelijke groet|hoogachtend|z poważaniem|med vänlig|vänliga hälsningar|med venlig hilsen|saygılarım|с уважением|з повагою|με εκτίμηση|敬具|此致)/iu;

/** What a form calls itself. */
export const formWords = anyOf([
  'form',
  'application for',
  'questionnaire',
  'registration',
  'formular',
  'antrag',
  'fragebogen',
  'anmeldung',
  'formulaire',
  'demande de',
  'formulario',
  'solicitud',
  'modulo',
  'domanda',
  'formulário',
  'requerimento',
  'formulier',
  'aanvraag',
  'formularz',
  'wniosek',
  'blankett',
  'ansökan',
  'blanket',
  'ansøgning',
  'başvuru',
  'анкета',
  'заявление',
  'заява',
  'αίτηση',
]);

/** Asks somebody to fill in, sign or send back. */
export const fillingWords = anyOf([
  'signature',
  'signed by',
  'please (?:print|complete|fill|tick|check)',
  'fill(?:ing)? (?:in|out)',
  'for (?:office|control|official|internal) use(?: only)?',
  'return (?:this|to|the)',
  'check (?:one|all)',
  'give reasons?',
  'if applicable',
  'date of birth',
  'unterschrift',
  'bitte (?:ausfüllen|ankreuzen)',
  'geburtsdatum',
  'date de naissance',
  'veuillez (?:remplir|cocher)',
  'firma',
  'fecha de nacimiento',
  'assinatura',
  'handtekening',
  'geboortedatum',
  'podpis',
  'data urodzenia',
  'underskrift',
  'namnteckning',
  'imza',
  'подпись',
  'підпис',
  'υπογραφή',
]);

/** What a form asks for; to be looked for where a cell begins. */
export const fieldNames =
  /^[^\p{L}]{0,3}((?:first |last |family |full |company |product |project |customer |client )?name|(?:project |contract |account |order |lot |job |phone |fax |serial |formula |registration )(?:no\b|number)|address|city|state|zip|country|telephone|phone|fax|e-?mail|date|title|signature|company|department|subject|customer|client|contact|manager|technician|supervisor|prepared by|reported by|approved by|position|affiliation|quantity|description|comments|remarks|type|purpose|sponsor|initiator|vorname|nachname|anschrift|adresse|ort|datum|beruf|telefon|nom|prénom|ville|téléphone|nombre|apellidos?|dirección|teléfono|cognome|nome|indirizzo|cidade|endereço|telefone|naam|adres|imię|nazwisko|namn|adress|navn|ad soyad|имя|фамилия|адрес|ім.я|прізвище|όνομα|διεύθυνση)(?![\p{Ll}])/iu;

/** Parts of a paper, report or book. */
export const articleWords = anyOf([
  'abstract',
  'introduction',
  'conclusions?',
  'references',
  'contents',
  'chapter \\d+',
  'zusammenfassung',
  'einleitung',
  'literatur(?:verzeichnis)?',
  'inhalt(?:sverzeichnis)?',
  'résumé',
  'sommaire',
  'bibliographie',
  'resumen',
  'introducción',
  'conclusiones',
  'riassunto',
  'introduzione',
  'bibliografia',
  'resumo',
  'introdução',
  'samenvatting',
  'inleiding',
  'streszczenie',
  'wstęp',
  'sammanfattning',
  'özet',
  'введение',
  'вступ',
]);

function anyOf(words: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${words.join('|')})(?![\p{L}\p{N}])`, 'giu');
}
