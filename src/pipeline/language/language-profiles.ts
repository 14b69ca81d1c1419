/** How a language gives itself away in print. */
export interface LanguageProfile {
  /** ISO 639-1. */
  code: string;
  /** English name, for reasons that people read. */
  name: string;
  /** ISO 15924. */
  script: 'Latn' | 'Cyrl' | 'Arab';
  /** Letters beyond the basic ones of the script that it writes its own words with, in lower case. */
  letters: string;
  /**
   * Its commonest small words, then names of days and months and what stands on forms and bills, since
   * a timetable or a receipt hardly has small words. Lower case; what is elided keeps its apostrophe (l').
   */
  words: string;
}

/**
 * Profiles for the scripts that several of our languages share. Neighbours such as Norwegian or Czech
 * are here as well so that they are not taken for Danish or Polish.
 */
export const languageProfiles: readonly LanguageProfile[] = [
  {
    code: 'de',
    name: 'German',
    script: 'Latn',
    letters: 'äöüß',
    words: `der die das und ist in den von zu mit sich des auf für nicht ein eine einen einem einer dem auch es an
      werden aus er hat dass sie nach wird bei noch wie um so über einige wenn wir ihr ihre ihnen ich nur oder aber vor
      zur zum bis mehr durch man sein wurde sind war haben kann keine als im am unser sehr diese dieser
      montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember
      datum preis betrag steuer bar rückgeld quittung rechnung nummer straße danke bitte uhr seite stundenplan`,
  },
  {
    code: 'en',
    name: 'English',
    script: 'Latn',
    letters: '',
    words: `the of and to in is that for it was on with as be by at this have from or had not are but what all were
      we when your can said there an each which she do how their if will up other about out many then them these so
      some her would make like him into has two more no way could my than been who its now our you they his may any
      shall should must under after before where only per every please thank
      monday tuesday wednesday thursday friday saturday sunday january february march april june july october december
      date name price amount tax cash change receipt invoice number address phone telephone signature page room form`,
  },
  {
    code: 'es',
    name: 'Spanish',
    script: 'Latn',
    letters: 'áéíóúñü',
    words: `el la de que y en los se del las un por con no una su para es al lo como más o pero sus le ha me si sin
      sobre este ya entre cuando todo esta ser son dos también fue había era muy hasta desde está mi porque qué sólo
      han yo hay vez puede todos así nos ni parte tiene uno donde bien tiempo ese otro usted nuestra nuestro
      lunes martes miércoles jueves viernes sábado domingo enero febrero marzo mayo junio julio agosto octubre diciembre
      fecha precio importe impuesto efectivo cambio recibo factura número calle gracias nombre horario`,
  },
  {
    code: 'fr',
    name: 'French',
    script: 'Latn',
    letters: 'àâæçéèêëîïôœùûüÿ',
    words: `le la les de des du et est un une que qui dans en pour pas sur au aux ce cette ces se son sa ses il elle
      ils ne plus par avec tout faire être avoir l' d' j' qu' c' s' n' on nous vous je lui leur y mais ou où donc comme si
      même sont était été ont fait deux très sans entre aussi bien peut votre notre après avant chez
      lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août octobre décembre
      date prix montant taxe espèces monnaie reçu facture numéro rue merci nom adresse horaire`,
  },
  {
    code: 'it',
    name: 'Italian',
    script: 'Latn',
    letters: 'àèéìòù',
    words: `il lo la i gli le di a da in con su per tra e è che non un una uno del della dei delle degli nel nella
      al alla ai dal dalla sul sulla si sono come più anche ma se questo questa ha ho era essere stato suo sua loro
      ci mi ti vi ne quando dove perché cui anni molto tutti tutto ogni prima dopo fra ed o l' un' dell' all' nell' sull' c' d'
      lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno luglio ottobre dicembre
      data prezzo importo imposta contanti resto ricevuta fattura numero via grazie nome orario`,
  },
  {
    code: 'nl',
    name: 'Dutch',
    script: 'Latn',
    letters: 'ëïéèö',
    words: `de het een van en in is dat op te zijn voor met die niet aan er om ook als dan maar bij of uit nog naar
      door over ze hij zij je ik we wij ons hun haar was heeft hebben wordt worden werd kan zou geen meer al wel deze
      dit tot onder tegen na veel moet toch waar wat wie nu zo uw u alle omdat tussen
      maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart mei juni juli augustus oktober december
      datum prijs bedrag btw contant wisselgeld bon factuur nummer straat dank naam adres rooster`,
  },
  {
    code: 'pl',
    name: 'Polish',
    script: 'Latn',
    letters: 'ąćęłńóśźż',
    words: `i w na z do nie się to że jest o jak po od za przez co dla tak ale czy już jego jej ich tym tego przy był
      była było być może są który która które ze oraz lub tylko także jeszcze gdy bardzo pod ma mnie my wszystkie
      można bez między przed kiedy gdzie ten ta te nas nam pan pani roku
      poniedziałek wtorek środa czwartek piątek sobota niedziela stycznia lutego marca kwietnia maja czerwca lipca sierpnia października grudnia
      data cena kwota podatek gotówka reszta paragon faktura numer ulica dziękujemy imię nazwisko`,
  },
  {
    code: 'pt',
    name: 'Portuguese',
    script: 'Latn',
    letters: 'áâãàçéêíóôõú',
    words: `o a os as de que e do da em um uma para com não no na se por mais dos das como mas foi ao ele ela sua seu
      ou quando muito nos já eu também só pelo pela até isso entre era depois sem mesmo aos seus quem nas me esse eles
      você essa num nem suas meu às minha têm numa pelos são está ser à nós lhe havia tem onde
      segunda terça quarta quinta sexta sábado domingo janeiro fevereiro março abril maio junho julho agosto outubro dezembro
      data preço valor imposto dinheiro troco recibo fatura número rua obrigado nome horário`,
  },
  {
    code: 'sv',
    name: 'Swedish',
    script: 'Latn',
    letters: 'åäöé',
    words: `och i att det som en på är av för med den till inte har de om ett han var jag men sig hon så från vi kan
      när år under också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket än
      här då sedan över bara in blir upp även vad få två vill ha många hur mer ni er oss denna detta
      måndag tisdag onsdag torsdag fredag lördag söndag januari februari mars april maj juni juli augusti oktober december
      datum pris belopp moms kontant växel kvitto faktura nummer gata tack namn adress`,
  },
  {
    code: 'da',
    name: 'Danish',
    script: 'Latn',
    letters: 'æøåé',
    words: `og i at det er en til på som af for med de den der ikke har et om var han jeg men sig hun så fra vi kan
      når eller nu sin hvor ved mod skal ville kommer ud få findes være havde alle andre meget end her da efter over
      kun ind bliver op også hvad to vil mange hvordan mere os denne dette blev år mellem ind nogle noget
      mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar marts april maj juni juli august oktober december
      dato pris beløb moms kontant byttepenge kvittering faktura nummer tak navn`,
  },
  {
    code: 'no',
    name: 'Norwegian',
    script: 'Latn',
    letters: 'æøåé',
    words: `og i at det er en til på som av for med de den ikke har et om var han jeg men seg hun så fra vi kan når
      eller nå sin hvor ved mot skal ville kommer ut få finnes være hadde alle andre mye enn her da etter over bare
      inn blir opp også hva to vil mange hvordan mer oss denne dette ble år mellom noen noe sier deg meg fram
      mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar mars april mai juni juli august oktober desember
      dato pris beløp mva kontant kvittering faktura nummer takk navn`,
  },
  {
    code: 'fi',
    name: 'Finnish',
    script: 'Latn',
    letters: 'äöå',
    words: `ja on ei se että oli hän en ovat mutta kun niin myös sen joka tai kuin ole hänen ne jos mitä vain nyt
      olen minä sinä me te he tämä tässä sitä jo voi vielä siitä olla olisi kanssa mukaan sekä eli joita ennen
      jälkeen kaikki hyvin sitten koko joka päivä
      maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai hinta päivämäärä kuitti lasku kiitos nimi osoite`,
  },
  {
    code: 'cs',
    name: 'Czech',
    script: 'Latn',
    letters: 'áčďéěíňóřšťúůýž',
    words: `a v se na je že to s z do o i ve jako za si ale by po tak jsem jsou pro byl bylo byla jeho být jeho který
      která které nebo už jen když od jak při není ze aby ještě má co mezi před podle také pod bez více kde jsme tento
      pondělí úterý středa čtvrtek pátek sobota neděle ledna února března dubna května června července srpna října prosince
      datum cena částka daň hotovost účtenka faktura číslo ulice děkujeme jméno`,
  },
  {
    code: 'hu',
    name: 'Hungarian',
    script: 'Latn',
    letters: 'áéíóöőúüű',
    words: `a az és hogy nem is egy ez meg csak volt már de ha van mint el még vagy azt ezt ki be le fel mi én te ő
      minden lesz után között alatt szerint pedig sem kell lehet amely ami akkor nagyon több első két
      hétfő kedd szerda csütörtök péntek szombat vasárnap ár összeg adó számla nyugta köszönjük név cím`,
  },
  {
    code: 'ro',
    name: 'Romanian',
    script: 'Latn',
    letters: 'ăâîșțşţ',
    words: `și de la în a cu pe din care o nu un este sunt se să pentru mai că al ale ce prin dar după sau fi fost
      au am ai lui ei lor cel cea cei pe către fără între până foarte acest această unei unui
      luni marți miercuri joi vineri sâmbătă duminică preț sumă factură bon număr mulțumim nume adresă`,
  },
  {
    code: 'tr',
    name: 'Turkish',
    script: 'Latn',
    letters: 'çğıöşüâî',
    words: `ve bir bu da de için ile çok olarak daha o ne gibi kadar var olan en sonra ama her ya ki mi mı değil ben
      sen biz siz onlar şey yok göre önce diye ise hem iki olduğu olduğunu tarafından arasında bütün zaman şu hiç
      nasıl üzerinde kendi bizim içinde sadece ancak veya
      pazartesi salı çarşamba perşembe cuma cumartesi pazar ocak şubat nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
      tarih fiyat tutar vergi nakit fiş fatura numara teşekkür adı adres`,
  },
  {
    code: 'ru',
    name: 'Russian',
    script: 'Cyrl',
    letters: 'ёъыэ',
    words: `и в не на что он с как это по но они мы все она так его за то из от до же вы бы к у о для был была было
      были её их только ещё уже или если когда может этого при есть быть который которые где мне меня нет ли во со
      понедельник вторник среда четверг пятница суббота воскресенье января февраля марта апреля июня июля октября
      дата цена сумма налог наличные сдача чек счёт номер улица спасибо имя`,
  },
  {
    code: 'uk',
    name: 'Ukrainian',
    script: 'Cyrl',
    letters: 'іїєґ',
    words: `і в не на що він з як це по але вони ми всі вона так його за та із від до ж ви би у про для був була було
      були її їх тільки ще вже або якщо коли може цього при є бути який які де мені мене немає чи й зі також
      понеділок вівторок середа четвер субота неділя січня лютого березня квітня травня червня липня жовтня
      дата ціна сума податок готівка решта чек рахунок номер вулиця дякуємо`,
  },
  {
    code: 'bg',
    name: 'Bulgarian',
    script: 'Cyrl',
    letters: 'ъ',
    words: `и в не на че той с как това по но те ние всички тя така му за то от до се са е да ще ви бъде към у или
      ако когато може при има който която които където мен няма ли във със също само още вече беше бяха след
      понеделник вторник сряда четвъртък петък събота неделя януари февруари април юни юли октомври декември`,
  },
  {
    code: 'ar',
    name: 'Arabic',
    script: 'Arab',
    letters: 'ةأإؤئىك',
    words: `في من على إلى أن هذا هذه التي الذي عن مع كان كانت ما لا أو هو هي قد كل بعد قبل بين حتى إذا ذلك لم لن ثم
      عند غير بعض يوم كما أي نحن أنا ليس منذ حيث فقط الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت`,
  },
  {
    code: 'fa',
    name: 'Persian',
    script: 'Arab',
    letters: 'پچژگکی',
    words: `در به از که این را با است برای آن یک خود تا بر هم نیز شود شد ما او یا می ها های کرد کند شده بود دارد باید
      هر بین پس اگر آنها وی روز دو سال`,
  },
  {
    code: 'ur',
    name: 'Urdu',
    script: 'Arab',
    letters: 'ٹڈڑںےھہگچپکی',
    words: `کے میں کی ہے اور سے کا کو اس نے پر یہ کہ ہیں بھی ایک نہیں تھا کر ہو گیا لئے کیا جو تو وہ اپنے ان تھی ہوئے`,
  },
];
