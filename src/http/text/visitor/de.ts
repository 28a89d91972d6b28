// What the pages of a sign-in say to visitors, in German.

import { markup } from '../../html';
import type { VisitorText } from './en';

export const de: VisitorText = {
  sentences: {
    again: 'Ihre Anmeldung konnte nicht abgeschlossen werden. Bitte beginnen Sie noch einmal.',
    expired: 'Diese Anmeldung ist abgelaufen oder wurde schon verwendet. Bitte beginnen Sie noch einmal.',
    used: 'Diese Anmeldung wurde schon verwendet, oder sie hat zu lange gedauert. Gehen Sie weiter zur Website: Falls Sie dort nicht angemeldet sind, können Sie noch einmal beginnen.',
    rejected:
      'Das Anmeldesystem Ihrer Organisation hat eine Antwort gesendet, die wir nicht annehmen können. Bitte wenden Sie sich an Ihren Administrator und nennen Sie die Referenz unten.',
    idp: 'Das Anmeldesystem Ihrer Organisation hat Sie nicht angemeldet. Bitte versuchen Sie es noch einmal, oder wenden Sie sich an Ihren Administrator.',
    member:
      'Mit diesem Konto kann man sich auf dieser Website nicht anmelden. Falls Sie ein anderes haben, verwenden Sie das. Wenden Sie sich sonst an Ihren Administrator und nennen Sie die Referenz unten.',
    blocked:
      'Ihr Konto auf dieser Website ist gesperrt. Bitte wenden Sie sich an Ihren Administrator und nennen Sie die Referenz unten.',
    pending:
      'Ihr Konto auf dieser Website ist noch nicht freigegeben. Bitte wenden Sie sich an Ihren Administrator und nennen Sie die Referenz unten.',
    unverified:
      'Mit Ihrer Adresse hat sich auf dieser Website schon jemand registriert. Bitte wenden Sie sich an Ihren Administrator und nennen Sie die Referenz unten.',
    busy: 'Die Website ist gerade ausgelastet. Bitte versuchen Sie es in einigen Sekunden noch einmal.',
    away: 'Die Anmeldung mit dem Konto Ihrer Organisation ist im Augenblick nicht möglich. Sie haben nichts falsch gemacht: Bitte versuchen Sie es in einigen Minuten noch einmal.',
    broken:
      'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es später noch einmal und nennen Sie die Referenz unten.',
    setup:
      'Die Website ist für diese Anmeldung nicht eingerichtet. Ein neuer Versuch hilft nicht: Bitte sagen Sie es der Person, die die Website betreut, und nennen Sie die Referenz unten.',
    link: 'Dieser Link zur Einrichtung kann nicht verwendet werden: Er ist abgelaufen, wurde zurückgezogen oder schon in einem anderen Browser geöffnet. Bitten Sie die Person, die ihn geschickt hat, um einen neuen. Falls Sie ihn noch nie geöffnet haben, sagen Sie ihr das.',
    changed:
      'Jemand anderes hat diese Einstellungen im selben Augenblick geändert. Gehen Sie bitte zurück, laden Sie die Seite neu und prüfen Sie sie.',
    signOut:
      'Die Abmeldung konnte nicht abgeschlossen werden. Schließen Sie zur Sicherheit alle Fenster Ihres Browsers. Falls das wieder geschieht, wenden Sie sich an Ihren Administrator und nennen Sie die Referenz unten.',
    request:
      'Dieser Link oder diese Anfrage ist ungültig. Gehen Sie bitte zurück zur Website und beginnen Sie noch einmal.',
  },
  refusal: {
    notSignedIn: 'Sie sind nicht angemeldet',
    badAddress: 'Diese Adresse funktioniert nicht',
    badLink: 'Dieser Link zur Einrichtung funktioniert nicht',
    changed: 'Jemand anderes hat das geändert',
    away: 'Die Anmeldung ist gerade nicht möglich',
    signOutFailed: 'Die Abmeldung wurde nicht abgeschlossen',
    used: 'Schon verwendet',
    goToSite: 'Zur Website',
    tryAgain: 'Noch einmal versuchen',
    goOn: 'Weiter zur Website',
    startAgain: 'Noch einmal beginnen',
    otherAccount: 'Anderes Konto verwenden',
    help: 'Hilfe Ihrer Organisation',
    ask: (address) => markup`Fragen Sie ${address}. Der Link öffnet einen Entwurf mit den nötigen Angaben.`,
    reference: 'Referenz:',
    code: 'Code:',
    time: 'Zeit:',
  },
  mail: {
    could: (site) =>
      site === undefined ? 'Ich konnte mich nicht anmelden.' : `Ich konnte mich bei ${site} nicht anmelden.`,
    subject: (site, reference) =>
      site === undefined
        ? `Anmeldung abgelehnt (${reference})`
        : `Anmeldung bei ${site} abgelehnt (${reference})`,
    forAdmin: 'Für den Administrator:',
  },
  chooser: {
    title: 'Anmelden',
    choose: 'Wählen Sie Ihre Organisation.',
    notAvailable: (name) => markup`${name} (im Augenblick nicht verfügbar)`,
    notSure: 'Nicht sicher?',
    address: 'Ihre geschäftliche E-Mail-Adresse',
    go: 'Weiter',
    undecided:
      'An dieser Adresse erkennen wir Ihre Organisation nicht. Prüfen Sie sie, oder wählen Sie oben Ihre Organisation.',
    undecidedAlone:
      'An dieser Adresse erkennen wir Ihre Organisation nicht. Prüfen Sie sie, oder beginnen Sie auf der Website.',
  },
  confirm: {
    account: (name) => markup`Sie melden sich mit Ihrem Konto bei <strong>${name}</strong> an.`,
    go: 'Weiter mit Ihrem Firmenkonto',
    other: 'Andere Organisation wählen',
  },
  onward: {
    title: 'Sie werden angemeldet …',
    text: 'Sie werden zurück zur Website geleitet. Falls nichts geschieht, benutzen Sie diesen Link.',
    go: 'Weiter zur Website',
  },
  toIdp: {
    title: 'Anmeldung',
    heading: 'Einen Moment …',
    text: 'Sie werden zur Anmeldeseite Ihrer Organisation geleitet. Falls nichts geschieht, benutzen Sie die Schaltfläche.',
    go: 'Weiter',
  },
  signingOut: {
    title: 'Sie werden abgemeldet …',
    toSite: 'Sie werden weitergeleitet. Falls nichts geschieht, benutzen Sie diesen Link.',
    toIdp:
      'Sie werden zur Abmeldeseite Ihrer Organisation geleitet. Falls nichts geschieht, benutzen Sie die Schaltfläche.',
    go: 'Weiter',
    done: 'Sie sind abgemeldet',
    close: 'Sie können dieses Fenster schließen.',
  },
};
