// What the pages of the sign-in log say, in Italian.

import type { LogText } from './en';

export const it: LogText = {
  title: 'Registro degli accessi',
  setup: 'Configurazione',
  inviteTitle: 'Vedere il registro degli accessi',
  inviteWhat:
    'Qui vede chi ha provato ad accedere con il suo provider di identità, che cosa è successo e che cosa cambiare quando qualcuno è stato respinto. Qui non si può modificare nulla.',
  inviteOpen: 'Apri il registro degli accessi',
  intro:
    'Chi ha provato ad accedere, dal più recente, in UTC. Gli indirizzi sono mostrati senza la parte che indica la persona.',
  none: 'Non c’è nulla di questo tipo. I tentativi compaiono qui dopo pochi secondi.',
  off: 'Il gestore non tiene un registro degli accessi.',
  began: 'Inizio',
  state: 'Esito',
  person: 'Indirizzo',
  open: 'Apri',
  older: 'Precedenti',
  csv: 'Scarica come CSV',
  back: 'Torna al registro',
  filter: 'Mostra solo',
  all: 'Tutto',
  reference: 'Riferimento di una pagina di errore',
  go: 'Mostra',
  onePerson: 'Una persona, per indirizzo',
  personNote: 'L’indirizzo viene trasformato in un codice che permette di ritrovarlo e non viene conservato.',
  personGo: 'Cerca questa persona',
  ofOne: 'Sono mostrati solo i tentativi di una persona.',
  reset: 'Mostra tutto',
  attempt: 'Un tentativo',
  happened: 'Che cosa è successo',
  keys: 'Firmato da',
  personCode: 'Persona, come codice',
  noVerdicts: 'Di questo tentativo è stato conservato solo il codice.',
  timedOut:
    'Il suo provider di identità non ha inviato nulla. Di solito ha mostrato un proprio errore: la persona è assegnata lì all’applicazione?',
  notCollected:
    'La risposta era corretta, ma la pagina del sito non ha ritirato la sessione. Avvisi chi gestisce il sito.',
  states: {
    inProgress: 'In corso',
    signedIn: 'Accesso eseguito',
    refused: 'Respinto',
    timedOut: 'Non è tornato nulla',
    notCollected: 'Non completato nel sito',
    notSignedIn: 'Nessuno connesso lì',
  },
  steps: {
    started: 'Inviato al suo provider di identità',
    accepted: 'La risposta del suo provider di identità è stata accettata',
    waits: 'In coda per il sito',
    redeemed: 'Accesso eseguito nel sito',
    refused: 'Respinto',
    notSignedIn: 'Il suo provider di identità ha detto che lì nessuno è connesso',
    manyRefused: 'Respinto così spesso insieme che è stato solo contato',
  },
  experience: {
    title: 'In base agli ultimi accessi',
    pass: (all, pass) => `Degli ultimi ${all} accessi ne passerebbero ${pass}.`,
    otherIdentityProvider: 'Da un provider di identità diverso da questo',
    missingKey: 'Firmati con un certificato che non è tra questi',
    noAddress: 'Senza indirizzo dove verrebbe cercato',
    otherAddress: 'Con un altro indirizzo lì: quelle persone diventerebbero qualcun altro nel sito',
    wait: 'Si assicuri che il suo provider di identità sia davvero cambiato prima che questo venga attivato.',
  },
};
