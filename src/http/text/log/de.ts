// What the pages of the sign-in log say, in German.

import type { LogText } from './en';

export const de: LogText = {
  title: 'Anmeldeprotokoll',
  setup: 'Einrichtung',
  inviteTitle: 'Das Anmeldeprotokoll ansehen',
  inviteWhat:
    'Hier sehen Sie, wer sich über Ihren Identitätsanbieter anmelden wollte, was daraus wurde und was zu ändern ist, wenn jemand abgewiesen wurde. Ändern lässt sich hier nichts.',
  inviteOpen: 'Anmeldeprotokoll öffnen',
  intro:
    'Wer sich anmelden wollte, die neuesten zuerst, in UTC. Adressen stehen ohne den Teil da, der die Person nennt.',
  none: 'Nichts dergleichen. Versuche erscheinen hier wenige Sekunden später.',
  off: 'Der Betreiber führt kein Anmeldeprotokoll.',
  began: 'Beginn',
  state: 'Was daraus wurde',
  person: 'Adresse',
  open: 'Öffnen',
  older: 'Ältere',
  csv: 'Als CSV herunterladen',
  back: 'Zurück zum Protokoll',
  filter: 'Nur anzeigen',
  all: 'Alles',
  reference: 'Kennung auf einer Fehlerseite',
  go: 'Anzeigen',
  onePerson: 'Eine Person, nach Adresse',
  personNote: 'Die Adresse wird in einen Code verwandelt, der sie wiederfindet, und nicht gespeichert.',
  personGo: 'Diese Person suchen',
  ofOne: 'Nur die Versuche einer Person werden gezeigt.',
  reset: 'Alles anzeigen',
  attempt: 'Ein Versuch',
  happened: 'Was geschah',
  keys: 'Signiert mit',
  personCode: 'Person, als Code',
  noVerdicts: 'Von diesem Versuch wurde nur der Fehlercode behalten.',
  timedOut:
    'Ihr Identitätsanbieter hat nichts zurückgeschickt. Meist hat er selbst einen Fehler gezeigt: Ist die Person dort der Anwendung zugewiesen?',
  notCollected:
    'Die Antwort war richtig, aber die Seite der Website hat die Sitzung nicht abgeholt. Bitte sagen Sie es dem Betreiber der Website.',
  states: {
    inProgress: 'Im Gang',
    signedIn: 'Angemeldet',
    refused: 'Abgewiesen',
    timedOut: 'Nichts kam zurück',
    notCollected: 'Auf der Website nicht abgeschlossen',
    notSignedIn: 'Dort niemand angemeldet',
  },
  steps: {
    started: 'An Ihren Identitätsanbieter geschickt',
    accepted: 'Die Antwort Ihres Identitätsanbieters wurde angenommen',
    waits: 'Wartet in der Schlange der Website',
    redeemed: 'Auf der Website angemeldet',
    refused: 'Abgewiesen',
    notSignedIn: 'Ihr Identitätsanbieter sagt, dass dort niemand angemeldet ist',
    manyRefused: 'So oft auf einmal abgewiesen, dass nur gezählt wurde',
  },
  experience: {
    title: 'Gemessen an den letzten Anmeldungen',
    pass: (all, pass) => `Von den letzten ${all} Anmeldungen kämen ${pass} durch.`,
    otherIdentityProvider: 'Von einem anderen Identitätsanbieter als diesem',
    missingKey: 'Signiert mit einem Zertifikat, das nicht unter diesen ist',
    noAddress: 'Ohne Adresse dort, wo sie gesucht würde',
    otherAddress: 'Mit einer anderen Adresse dort: Diese Personen würden auf der Website zu jemand anderem',
    wait: 'Vergewissern Sie sich, dass Ihr Identitätsanbieter wirklich umgestellt hat, bevor dies aktiviert wird.',
  },
};
