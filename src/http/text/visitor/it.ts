// What the pages of a sign-in say to visitors, in Italian.

import { markup } from '../../html';
import type { VisitorText } from './en';

export const it: VisitorText = {
  sentences: {
    again: 'Non è stato possibile completare l’accesso. Ricominciare.',
    expired: 'Questo accesso è scaduto o è già stato usato. Ricominciare.',
    used: 'Questo accesso è già stato usato o ha richiesto troppo tempo. Continuare al sito: se lì l’accesso non risulta effettuato, è possibile ricominciare.',
    rejected:
      'Il sistema di accesso dell’organizzazione ha inviato una risposta che non possiamo accettare. Contattare l’amministratore indicando il riferimento qui sotto.',
    idp: 'Il sistema di accesso dell’organizzazione non ha consentito l’accesso. Riprovare o contattare l’amministratore.',
    member:
      'Con questo account non è possibile accedere a questo sito. Se ne esiste un altro, usare quello. Altrimenti contattare l’amministratore indicando il riferimento qui sotto.',
    blocked:
      'L’account è bloccato su questo sito. Contattare l’amministratore indicando il riferimento qui sotto.',
    pending:
      'L’account non è ancora stato approvato su questo sito. Contattare l’amministratore indicando il riferimento qui sotto.',
    unverified:
      'Qualcuno si è già registrato su questo sito con lo stesso indirizzo. Contattare l’amministratore indicando il riferimento qui sotto.',
    busy: 'Il sito è molto occupato in questo momento. Riprovare tra qualche secondo.',
    away: 'Al momento non è possibile accedere con l’account dell’organizzazione. Non è colpa di chi accede: riprovare tra qualche minuto.',
    broken:
      'Si è verificato un problema da parte nostra. Riprovare più tardi e indicare il riferimento qui sotto.',
    setup:
      'Il sito non è configurato per questo accesso. Riprovare non servirà: avvisare la persona che si occupa del sito indicando il riferimento qui sotto.',
    link: 'Questo link di configurazione non può essere usato: è scaduto, è stato ritirato o è già stato aperto in un altro browser. Chiederne uno nuovo a chi lo ha inviato. Se non era mai stato aperto prima, segnalarlo.',
    changed:
      'Qualcun altro ha modificato queste impostazioni nello stesso momento. Tornare indietro, ricaricare la pagina e controllarle.',
    signOut:
      'Non è stato possibile completare la disconnessione. Per sicurezza, chiudere tutte le finestre del browser. Se succede di nuovo, rivolgersi all’amministratore indicando il riferimento qui sotto.',
    request: 'Questo link o questa richiesta non è valida. Tornare al sito e ricominciare.',
  },
  refusal: {
    notSignedIn: 'Accesso non effettuato',
    badAddress: 'Questo indirizzo non funziona',
    badLink: 'Questo link di configurazione non funziona',
    changed: 'Qualcun altro ha fatto una modifica',
    away: 'L’accesso non è disponibile al momento',
    signOutFailed: 'La disconnessione non è stata completata',
    used: 'Già usato',
    goToSite: 'Vai al sito',
    tryAgain: 'Riprova',
    goOn: 'Continua al sito',
    startAgain: 'Ricomincia',
    otherAccount: 'Usa un altro account',
    help: 'Assistenza dell’organizzazione',
    ask: (address) => markup`Rivolgersi a ${address}. Il link apre una bozza con le informazioni necessarie.`,
    reference: 'Riferimento:',
    code: 'Codice:',
    time: 'Ora:',
  },
  mail: {
    could: (site) =>
      site === undefined ? 'Non è stato possibile accedere.' : `Non è stato possibile accedere a ${site}.`,
    subject: (site, reference) =>
      site === undefined ? `Accesso rifiutato (${reference})` : `Accesso a ${site} rifiutato (${reference})`,
    forAdmin: 'Per l’amministratore:',
  },
  chooser: {
    title: 'Accesso',
    choose: 'Scegliere l’organizzazione.',
    notAvailable: (name) => markup`${name} (non disponibile al momento)`,
    notSure: 'In dubbio?',
    address: 'Indirizzo e-mail di lavoro',
    go: 'Continua',
    undecided:
      'Questo indirizzo non ci indica l’organizzazione. Controllarlo oppure scegliere l’organizzazione qui sopra.',
    undecidedAlone:
      'Questo indirizzo non ci indica l’organizzazione. Controllarlo oppure cominciare dal sito.',
  },
  confirm: {
    account: (name) => markup`L’accesso avverrà con l’account di <strong>${name}</strong>.`,
    go: 'Continua con l’account aziendale',
    other: 'Usa un’altra organizzazione',
  },
  onward: {
    title: 'Accesso in corso…',
    text: 'Ritorno al sito in corso. Se non succede nulla, usare questo link.',
    go: 'Continua al sito',
  },
  toIdp: {
    title: 'Accesso in corso',
    heading: 'Un momento…',
    text: 'Si passa alla pagina di accesso dell’organizzazione. Se non succede nulla, usare il pulsante.',
    go: 'Continua',
  },
  signingOut: {
    title: 'Disconnessione in corso…',
    toSite: 'Si verrà reindirizzati. Se non succede nulla, usare questo link.',
    toIdp:
      'Si verrà portati alla pagina di disconnessione dell’organizzazione. Se non succede nulla, continuare con il pulsante.',
    go: 'Continua',
    done: 'Disconnessione effettuata',
    close: 'È possibile chiudere questa finestra.',
  },
};
