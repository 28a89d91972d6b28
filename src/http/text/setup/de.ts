// What the set-up pages say, in German.

import { markup } from '../../html';
import { counted } from '../values';
import type { SetupText } from './en';

const seconds = counted('de', { one: '# Sekunde', other: '# Sekunden' });

export const de: SetupText = {
  frame: {
    heading: (site, connection) =>
      markup`Single Sign-On für <strong>${site}</strong>, Verbindung <strong>${connection}</strong>`,
    steps: 'Schritte',
    step1: 'Ihr System',
    step2: 'Unsere Werte',
    step3: 'Ihre Metadaten',
    stepDomains: 'Ihre Domains',
    step4: 'Test',
    step5: 'Aktivieren',
    openUntil: (time) => markup`Diese Seiten sind in diesem Browser bis ${time} geöffnet.`,
    language: 'Sprache',
    change: 'Ändern',
    skip: 'Zum Inhalt springen',
    copy: 'Kopieren',
    copied: 'Kopiert',
  },
  invitation: {
    title: 'Single Sign-On einrichten',
    what: (site) =>
      markup`Hier verbinden Sie das Anmeldesystem Ihrer Organisation (Entra ID, Okta, Google Workspace und andere) mit <strong>${site}</strong>. Das dauert etwa zehn Minuten. Sie brauchen dort Administratorrechte.`,
    safe: 'Für niemanden ändert sich etwas, bevor Sie die Anmeldung getestet haben und sie aktiviert wurde.',
    open: 'Einrichtung öffnen',
    once: (time) => markup`Der Link funktioniert einmal, in diesem Browser und bis ${time}.`,
  },
  connect: {
    title: 'System auswählen',
    heading: 'Welches Anmeldesystem verwenden Sie?',
    intro:
      'Sie sehen danach die Menüs und Feldnamen dieses Systems. Während der Einrichtung ändert sich für niemanden etwas.',
    legend: 'Ihr Identity Provider',
    other: 'Ein anderes',
    go: 'Weiter',
  },
  values: {
    title: 'Unsere Werte',
    heading: (product) =>
      product === undefined
        ? markup`Tragen Sie unsere Werte in Ihrem System ein`
        : markup`Tragen Sie unsere Werte bei ${product} ein`,
    whatToDo: 'Was dort zu tun ist',
    inEnglish: 'Menüs und Feldnamen stehen hier so, wie sie in der englischen Fassung dieses Systems heißen.',
    theValues: 'Die Werte',
    leaveEmpty: 'Lassen Sie dieses Feld leer.',
    alsoCalled: (names) => markup`Heißt auch: ${names}`,
    inMetadata: 'All das steht auch in unseren Metadaten:',
    download: 'Unsere Metadaten als Datei herunterladen',
    traps: 'Was dort oft schiefgeht',
    entered: 'Die Werte sind eingetragen',
  },
  metadata: {
    title: 'Ihre Metadaten',
    heading: 'Geben Sie uns die Metadaten Ihres Identity Providers',
    place: (product, place) => markup`Bei ${product}: <strong>${place}</strong>`,
    oneIsEnough: 'Eine der Angaben genügt. Am besten ist eine Adresse, wenn es sie gibt.',
    address: 'Adresse der Metadaten',
    file: 'Oder eine Datei',
    text: 'Oder der Text',
    values: 'Oder drei einzelne Werte',
    entityId: 'Entity ID (Issuer)',
    signInAddress: 'Anmeldeadresse (SSO-URL)',
    certificate: 'Signaturzertifikat',
    look: 'Ansehen',
    savedNow: 'Jetzt gespeichert',
    goOn: 'Damit weitermachen',
  },
  preview: {
    title: 'Ist das Ihr Identity Provider?',
    notSaved: 'Das haben wir verstanden. Gespeichert ist noch nichts.',
    entityId: 'Entity ID',
    name: 'Name',
    signInAddress: 'Anmeldeadresse',
    validUntil: 'Gültig bis',
    certificates: 'Zertifikate, die signieren dürfen',
    ends: 'Läuft ab',
    isOver: '(abgelaufen: Es funktioniert noch, erneuern Sie es bald)',
    leftOut: 'Was weggelassen wurde',
    changes: 'Was sich für Personen ändert, die sich jetzt anmelden',
    newCertificate: 'Neues Zertifikat',
    certificateGoes: 'Zertifikat, das wegfällt',
    newAddress: 'Neue Adresse',
    addressGoes: 'Adresse, die wegfällt',
    use: 'Übernehmen',
    other: 'Etwas anderes versuchen',
  },
  domains: {
    heading: 'Weisen Sie Ihre Domains nach',
    introduction:
      'Nur wem eine Domain gehört, kann in ihrem DNS einen Eintrag hinzufügen. Fügen Sie für jede Domain unten diesen TXT-Eintrag dort hinzu, wo Sie das DNS der Domain verwalten. Angemeldet werden nur Personen mit Adressen in diesen Domains.',
    standing: {
      proven: 'Nachgewiesen.',
      missing: 'Der Eintrag ist nicht mehr da.',
      unproven: 'Noch nicht nachgewiesen.',
    },
    missing:
      'Fügen Sie ihn wieder hinzu: Nach sieben Tagen kann sich in dieser Domain niemand mehr anmelden.',
    type: 'Typ: TXT',
    name: 'Name (Host)',
    nameNote: (domain) =>
      markup`Die meisten DNS-Verwaltungen ergänzen ${domain} selbst; geben Sie dann nur ein, was davor steht.`,
    value: 'Wert (Text)',
    check: 'Jetzt prüfen',
    notFound:
      'Der Eintrag wurde nicht gefunden. Bis eine Änderung im DNS überall zu sehen ist, kann eine Stunde vergehen.',
    noAnswer: (reason) =>
      markup`Die Nameserver dieser Domain haben nicht geantwortet (${reason}). Nichts wurde geändert; prüfen Sie es später noch einmal.`,
    hourly:
      'Sie müssen hier nicht warten: Wir sehen jede Stunde nach, bis der Eintrag da ist, danach täglich.',
    next: 'Weiter',
  },
  test: {
    title: 'Test',
    heading: 'Anmeldung testen',
    intro:
      'Sie werden zu Ihrem Identity Provider geleitet, melden sich dort wie gewohnt an und kommen hierher zurück. Auf der Website wird dadurch niemand angemeldet, und nichts wird geändert.',
    assigned: 'Verwenden Sie ein Konto, das der Anwendung dort zugewiesen ist.',
    start: 'Test starten',
    again: 'Noch einmal testen',
    report: 'Bericht als Text',
    outdated: markup`<strong>Die Einstellungen wurden inzwischen geändert.</strong> Bitte testen Sie noch einmal.`,
    failed: markup`<strong>Der Test ist fehlgeschlagen.</strong> So könnte sich niemand anmelden. Was zu ändern ist, steht unten.`,
    passed: (time) => markup`<strong>Der Test ist bestanden.</strong> ${time}`,
    waiting: (time) => markup`<strong>Wir warten auf die Antwort</strong> seit ${time}.`,
    nothing: (time) => markup`<strong>Von Ihrem Identity Provider kam nichts zurück</strong> seit ${time}.`,
    isAssigned:
      'Falls Ihr Identity Provider einen Fehler anzeigt, statt Sie zurückzuleiten: Ist das Konto dort der Anwendung zugewiesen?',
    atProduct: (product, menu) => markup`Bei ${product}: <strong>${menu}</strong>.`,
    relayState: (code, otherCode) =>
      markup`Falls Sie eine unserer Seiten mit dem Code ${code} oder ${otherCode} gesehen haben, hat Ihr Identity Provider unseren RelayState nicht zurückgegeben: Sein eigenes Feld dafür muss leer bleiben.`,
    emptyField: (product, field) => markup`Bei ${product} heißt es <strong>${field}</strong>.`,
    otherBinding: (code, otherCode) =>
      markup`${code}, ${otherCode}: Bei einem dieser Codes hat Ihr Identity Provider über HTTP-Redirect oder HTTP-Artifact geantwortet. Wählen Sie für unsere ACS-URL das Binding HTTP-POST.`,
    lookAgain: 'Noch einmal nachsehen',
    knownBy: (source) => markup`Personen werden an dieser Adresse erkannt: ${source}.`,
    whichAddress: 'Welche ist die Adresse der Person?',
    several:
      'Eine Adresse steht an mehreren Stellen. Mitglieder werden an ihr erkannt: Wählen Sie die, die gleich bleibt.',
    useAddress: 'Diese Adresse verwenden',
    decided: (source) => markup`Entschieden: ${source}.`,
    go: 'Weiter',
    forHelp: 'Für die Person, die Ihnen hilft',
    reportField: 'Bericht ohne Adressen und Schlüssel',
    over: 'Der Test ist beendet',
    nobody: 'Niemand wurde angemeldet. Das Ergebnis steht auf den Seiten der Einrichtung.',
    back: 'Zurück zur Einrichtung',
  },
  findings: {
    verdicts: { pass: 'Richtig', fail: 'Falsch', unknown: 'Nicht geprüft', amber: 'Auffällig' },
    verdict: (word) => `${word}:`,
    wrong: 'Was falsch ist',
    odd: 'Was auffällt und nicht schadet',
    rest: (count) => markup`Was sonst noch geprüft wurde (${count})`,
    changeAt: (product) =>
      product === undefined ? markup`In Ihrem System ändern` : markup`Bei ${product} ändern`,
    whatToDo: 'Was zu tun ist',
    expected: 'Erwartet',
    received: 'Erhalten',
    code: 'Code',
    rule: 'Regel',
    whatCame: 'Was ankam',
    none: 'keine',
    nameId: (value, format) => markup`${value}, Format ${format}`,
    signedInBy: 'Angemeldet mit',
    clock: 'Uhr',
    clockAgrees: 'stimmt mit unserer überein',
    clockAhead: (count) => `geht gegenüber unserer ${seconds(count)} vor`,
    clockBehind: (count) => `geht gegenüber unserer ${seconds(count)} nach`,
    certificateUsed: 'In der Antwort genanntes Zertifikat',
    certificateHeld: 'Hinterlegtes Zertifikat',
    certificateStrange: 'Zertifikat in der Antwort, das nicht hinterlegt ist',
    noText: 'kein Text',
    noAttributes: 'Es kamen keine Attribute an.',
    sourceNameId: 'die NameID',
    sourceAttribute: (name) => markup`das Attribut ${name}`,
    sourceWith: (source, address) => markup`${source} (${address})`,
  },
  activate: {
    title: 'Aktivieren',
    noMetadata: 'Ihre Metadaten fehlen noch.',
    bringIt: 'Metadaten angeben',
    notTested: 'Diese Einstellungen haben noch keinen Test bestanden.',
    testThem: 'Jetzt testen',
    undecided: 'Noch ist nicht entschieden, welche Adresse zählt.',
    decideIt: 'Jetzt entscheiden',
    notProven: 'Noch sind nicht alle Domains nachgewiesen.',
    prove: 'Jetzt nachweisen',
    alone:
      'Damit melden sich Personen innerhalb von Sekunden darüber an, ohne dass noch jemand zustimmt. Wer die Website betreibt, wird benachrichtigt.',
    activateNow: 'Jetzt aktivieren',
    byLink: (link) => markup`Über den Link ${link} aktiviert.`,
    undoTitle: 'Stimmt etwas nicht?',
    undoMeaning: 'Damit gilt wieder, worüber sich Personen zuvor angemeldet haben.',
    undo: 'Zurückkehren',
    live: (time) =>
      markup`<strong>Diese Verbindung ist in Betrieb</strong> seit ${time}. Personen melden sich darüber an.`,
    handedOver: (time) => markup`Übergeben: ${time}.`,
    history: 'Verlauf',
    activated: ({ time, link, brought, summary }) =>
      markup`Aktiviert ${time}, eingebracht über den Link ${link} ${brought}: ${summary}`,
    ready: 'Der Test ist bestanden. Das wird in Betrieb genommen:',
    identityProvider: 'Identity Provider',
    address: 'Adresse einer Person',
    handOverIntro:
      'Damit sind Sie fertig. Wer die Website betreibt, wird benachrichtigt, sieht es sich an und aktiviert es.',
    handOver: 'Zur Aktivierung übergeben',
    done: (command) =>
      markup`<strong>Sie sind fertig.</strong> Wer die Website betreibt, aktiviert die Verbindung mit ${command}.`,
  },
};
