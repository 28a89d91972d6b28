// What the set-up pages say, in Dutch.

import { markup } from '../../html';
import { counted } from '../values';
import type { SetupText } from './en';

const seconds = counted('nl', { one: '# seconde', other: '# seconden' });

export const nl: SetupText = {
  frame: {
    heading: (site, connection) =>
      markup`Eenmalige aanmelding (SSO) voor <strong>${site}</strong>, verbinding <strong>${connection}</strong>`,
    steps: 'Stappen',
    step1: 'Uw systeem',
    step2: 'Onze waarden',
    step3: 'Uw metagegevens',
    stepDomains: 'Uw domeinen',
    step4: 'Testen',
    step5: 'Activeren',
    openUntil: (time) => markup`Deze pagina’s zijn in deze browser open tot ${time}.`,
    language: 'Taal',
    change: 'Wijzigen',
    skip: 'Naar de inhoud',
    copy: 'Kopiëren',
    copied: 'Gekopieerd',
  },
  invitation: {
    title: 'Eenmalige aanmelding (SSO) instellen',
    what: (site) =>
      markup`Hier verbindt u het aanmeldsysteem van uw organisatie (Entra ID, Okta, Google Workspace en andere) met <strong>${site}</strong>. Dat duurt ongeveer tien minuten. U moet daar beheerder zijn.`,
    safe: 'Er verandert voor niemand iets totdat u het hebt getest en het is geactiveerd.',
    open: 'De instelpagina’s openen',
    once: (time) => markup`De link werkt één keer, in deze browser en tot ${time}.`,
  },
  connect: {
    title: 'Uw systeem kiezen',
    heading: 'Welk aanmeldsysteem gebruikt u?',
    intro:
      'U krijgt de menu’s en veldnamen van dat systeem te zien. Tijdens het instellen verandert er voor niemand iets.',
    legend: 'Uw identiteitsprovider',
    other: 'Een ander systeem',
    go: 'Doorgaan',
  },
  values: {
    title: 'Onze waarden',
    heading: (product) =>
      product === undefined
        ? markup`Vul onze waarden in uw systeem in`
        : markup`Vul onze waarden in bij ${product}`,
    whatToDo: 'Wat u daar moet doen',
    inEnglish: 'Menu’s en velden staan hier met de naam die ze in de Engelse versie van dat systeem hebben.',
    theValues: 'De waarden',
    leaveEmpty: 'Laat dit veld leeg.',
    alsoCalled: (names) => markup`Heet ook: ${names}`,
    inMetadata: 'Dit alles staat ook in onze metagegevens:',
    download: 'Onze metagegevens als bestand downloaden',
    traps: 'Wat daar vaak misgaat',
    entered: 'Ik heb ze ingevuld',
  },
  metadata: {
    title: 'Uw metagegevens',
    heading: 'Geef de metagegevens van uw identiteitsprovider op',
    place: (product, place) => markup`Bij ${product}: <strong>${place}</strong>`,
    oneIsEnough: 'Een van deze is genoeg. Een adres is het beste, als dat er is.',
    address: 'Adres van de metagegevens',
    file: 'Of een bestand',
    text: 'Of de tekst',
    values: 'Of drie losse waarden',
    entityId: 'Entity ID (Issuer)',
    signInAddress: 'Aanmeldadres (SSO-URL)',
    certificate: 'Certificaat voor ondertekening',
    look: 'Bekijken',
    savedNow: 'Nu opgeslagen',
    goOn: 'Hiermee verdergaan',
  },
  preview: {
    title: 'Is dit uw identiteitsprovider?',
    notSaved: 'Dit hebben we begrepen. Er is nog niets opgeslagen.',
    entityId: 'Entity ID',
    name: 'Naam',
    signInAddress: 'Aanmeldadres',
    validUntil: 'Geldig tot',
    certificates: 'Certificaten die mogen ondertekenen',
    ends: 'Verloopt',
    isOver: '(verlopen: het werkt nog, vernieuw het snel)',
    leftOut: 'Wat is weggelaten',
    changes: 'Wat er verandert voor wie zich nu aanmeldt',
    newCertificate: 'Nieuw certificaat',
    certificateGoes: 'Certificaat dat vervalt',
    newAddress: 'Nieuw adres',
    addressGoes: 'Adres dat vervalt',
    use: 'Dit gebruiken',
    other: 'Iets anders proberen',
  },
  domains: {
    heading: 'Toon aan dat de domeinen van u zijn',
    introduction:
      'Alleen de eigenaar van een domein kan een record aan de DNS ervan toevoegen. Voeg voor elk domein hieronder dit TXT-record toe waar u de DNS van het domein beheert. Aanmelden kan alleen met adressen in deze domeinen.',
    standing: {
      proven: 'Aangetoond.',
      missing: 'Het record is er niet meer.',
      unproven: 'Nog niet aangetoond.',
    },
    missing: 'Voeg het weer toe: na zeven dagen kan niemand van dit domein zich meer aanmelden.',
    type: 'Type: TXT',
    name: 'Naam (host)',
    nameNote: (domain) =>
      markup`De meeste DNS-consoles voegen ${domain} zelf toe; vul dan alleen in wat ervoor staat.`,
    value: 'Waarde (tekst)',
    check: 'Nu controleren',
    notFound:
      'Het record is niet gevonden. Het kan een uur duren voordat een DNS-wijziging overal zichtbaar is.',
    noAnswer: (reason) =>
      markup`De naamservers van dit domein gaven geen antwoord (${reason}). Er is niets gewijzigd; controleer het later opnieuw.`,
    hourly: 'U hoeft hier niet te wachten: we kijken elk uur totdat het record er is, en daarna dagelijks.',
    next: 'Doorgaan',
  },
  test: {
    title: 'Testen',
    heading: 'De aanmelding testen',
    intro:
      'U gaat naar uw identiteitsprovider, meldt u daar aan zoals altijd en komt hier terug. Niemand wordt hierdoor bij de site aangemeld en er verandert niets.',
    assigned: 'Gebruik een account waaraan de toepassing daar is toegewezen.',
    start: 'Test starten',
    again: 'Opnieuw testen',
    report: 'Rapport als tekst',
    outdated: markup`<strong>De instellingen zijn intussen gewijzigd.</strong> Test opnieuw.`,
    failed: markup`<strong>De test is mislukt.</strong> Zo zou niemand zich kunnen aanmelden. Hieronder staat wat er moet veranderen.`,
    passed: (time) => markup`<strong>De test is geslaagd.</strong> ${time}`,
    waiting: (time) => markup`<strong>We wachten op het antwoord</strong> sinds ${time}.`,
    nothing: (time) =>
      markup`<strong>Er is niets teruggekomen</strong> van uw identiteitsprovider sinds ${time}.`,
    isAssigned:
      'Toont uw identiteitsprovider een fout in plaats van u terug te sturen: is de toepassing daar aan het account toegewezen?',
    atProduct: (product, menu) => markup`Bij ${product}: <strong>${menu}</strong>.`,
    relayState: (code, otherCode) =>
      markup`Zag u een pagina van ons met de code ${code} of ${otherCode}, dan heeft uw identiteitsprovider onze RelayState niet teruggestuurd: het eigen veld daarvoor moet leeg blijven.`,
    emptyField: (product, field) => markup`Bij ${product} heet het <strong>${field}</strong>.`,
    otherBinding: (code, otherCode) =>
      markup`${code}, ${otherCode}: bij een van deze codes heeft uw identiteitsprovider geantwoord via HTTP-Redirect of HTTP-Artifact. Kies de binding HTTP-POST voor onze ACS-URL.`,
    lookAgain: 'Opnieuw kijken',
    knownBy: (source) => markup`Personen worden herkend aan dit adres: ${source}.`,
    whichAddress: 'Wat is het adres van de persoon?',
    several:
      'Er staat op meer dan één plaats een adres. Leden worden daaraan herkend: kies het adres dat hetzelfde blijft.',
    useAddress: 'Dit adres gebruiken',
    decided: (source) => markup`Gekozen: ${source}.`,
    go: 'Doorgaan',
    forHelp: 'Voor wie u helpt',
    reportField: 'Rapport zonder adressen en sleutels',
    over: 'De test is voorbij',
    nobody: 'Niemand is aangemeld. Het resultaat staat op de instelpagina’s.',
    back: 'Terug naar de instelpagina’s',
  },
  findings: {
    verdicts: { pass: 'Goed', fail: 'Fout', unknown: 'Niet beoordeeld', amber: 'Opvallend' },
    verdict: (word) => `${word}:`,
    wrong: 'Wat er fout is',
    odd: 'Wat opvalt, maar geen kwaad kan',
    rest: (count) => markup`Wat verder is bekeken (${count})`,
    changeAt: (product) =>
      product === undefined ? markup`Te wijzigen in uw systeem` : markup`Te wijzigen bij ${product}`,
    whatToDo: 'Wat u kunt doen',
    expected: 'Verwacht',
    received: 'Ontvangen',
    code: 'Code',
    rule: 'Regel',
    whatCame: 'Wat er is aangekomen',
    none: 'geen',
    nameId: (value, format) => markup`${value}, indeling ${format}`,
    signedInBy: 'Aangemeld met',
    clock: 'Klok',
    clockAgrees: 'loopt gelijk met de onze',
    clockAhead: (count) => `loopt ${seconds(count)} voor op de onze`,
    clockBehind: (count) => `loopt ${seconds(count)} achter op de onze`,
    certificateUsed: 'Certificaat dat in het antwoord staat',
    certificateHeld: 'Bekend certificaat',
    certificateStrange: 'Certificaat in het antwoord dat niet bekend is',
    noText: 'geen tekst',
    noAttributes: 'Er zijn geen attributen aangekomen.',
    sourceNameId: 'de NameID',
    sourceAttribute: (name) => markup`het attribuut ${name}`,
    sourceWith: (source, address) => markup`${source} (${address})`,
  },
  activate: {
    title: 'Activeren',
    noMetadata: 'Uw metagegevens ontbreken nog.',
    bringIt: 'Opgeven',
    notTested: 'Deze instellingen zijn nog niet voor een test geslaagd.',
    testThem: 'Testen',
    undecided: 'Er is nog niet gekozen welk adres telt.',
    decideIt: 'Kiezen',
    notProven: 'Nog niet alle domeinen zijn aangetoond.',
    prove: 'Nu aantonen',
    alone:
      'Hiermee melden personen zich binnen enkele seconden zo aan, zonder dat er nog iemand bij nodig is. Degene die de site beheert krijgt bericht.',
    activateNow: 'Nu activeren',
    byLink: (link) => markup`Geactiveerd via link ${link}.`,
    undoTitle: 'Klopt er iets niet?',
    undoMeaning: 'Hiermee geldt weer waarmee personen zich eerder aanmeldden.',
    undo: 'Teruggaan',
    live: (time) =>
      markup`<strong>Deze verbinding is in gebruik</strong> sinds ${time}. Personen melden zich ermee aan.`,
    handedOver: (time) => markup`Overgedragen: ${time}.`,
    history: 'Geschiedenis',
    activated: ({ time, link, brought, summary }) =>
      markup`Geactiveerd ${time}, opgegeven via link ${link} ${brought}: ${summary}`,
    ready: 'De test is geslaagd. Dit wordt in gebruik genomen:',
    identityProvider: 'Identiteitsprovider',
    address: 'Adres van een persoon',
    handOverIntro:
      'Hiermee bent u klaar. Degene die de site beheert krijgt bericht, bekijkt het en activeert het.',
    handOver: 'Overdragen voor activering',
    done: (command) =>
      markup`<strong>U bent klaar.</strong> Degene die de site beheert, activeert de verbinding met ${command}.`,
  },
};
