// What the pages of the sign-in log say, in Dutch.

import type { LogText } from './en';

export const nl: LogText = {
  title: 'Aanmeldlogboek',
  setup: 'Instellen',
  inviteTitle: 'Het aanmeldlogboek bekijken',
  inviteWhat:
    'Hier ziet u wie zich via uw identiteitsprovider wilde aanmelden, wat ervan werd en wat er te wijzigen is als iemand werd geweigerd. Hier kan niets worden gewijzigd.',
  inviteOpen: 'Aanmeldlogboek openen',
  intro:
    'Wie zich wilde aanmelden, de nieuwste eerst, in UTC. Adressen staan er zonder het deel dat de persoon noemt.',
  none: 'Er is niets van deze soort. Pogingen verschijnen hier na enkele seconden.',
  off: 'De beheerder houdt geen aanmeldlogboek bij.',
  began: 'Begin',
  state: 'Wat ervan werd',
  person: 'Adres',
  open: 'Openen',
  older: 'Oudere',
  csv: 'Downloaden als CSV',
  back: 'Terug naar het logboek',
  filter: 'Alleen tonen',
  all: 'Alles',
  reference: 'Kenmerk van een foutpagina',
  go: 'Tonen',
  onePerson: 'Eén persoon, op adres',
  personNote: 'Het adres wordt omgezet in een code waarmee het terug te vinden is, en wordt niet bewaard.',
  personGo: 'Deze persoon zoeken',
  ofOne: 'Alleen de pogingen van één persoon worden getoond.',
  reset: 'Alles tonen',
  attempt: 'Eén poging',
  happened: 'Wat er gebeurde',
  keys: 'Ondertekend met',
  personCode: 'Persoon, als code',
  noVerdicts: 'Van deze poging is alleen de foutcode bewaard.',
  timedOut:
    'Uw identiteitsprovider stuurde niets terug. Meestal heeft hij zelf een fout getoond: is de persoon daar aan de toepassing toegewezen?',
  notCollected:
    'Het antwoord was juist, maar de pagina van de site heeft de sessie niet opgehaald. Meld het aan de beheerder van de site.',
  states: {
    inProgress: 'Bezig',
    signedIn: 'Aangemeld',
    refused: 'Geweigerd',
    timedOut: 'Er kwam niets terug',
    notCollected: 'Op de site niet afgerond',
    notSignedIn: 'Daar niemand aangemeld',
  },
  steps: {
    started: 'Naar uw identiteitsprovider gestuurd',
    accepted: 'Het antwoord van uw identiteitsprovider is aanvaard',
    waits: 'Wacht in de rij voor de site',
    redeemed: 'Aangemeld op de site',
    refused: 'Geweigerd',
    notSignedIn: 'Uw identiteitsprovider zei dat daar niemand is aangemeld',
    manyRefused: 'Zo vaak tegelijk geweigerd dat alleen is geteld',
  },
  experience: {
    title: 'Gemeten aan de laatste aanmeldingen',
    pass: (all, pass) => `Van de laatste ${all} aanmeldingen zouden er ${pass} slagen.`,
    otherIdentityProvider: 'Van een andere identiteitsprovider dan deze',
    missingKey: 'Ondertekend met een certificaat dat hier niet bij is',
    noAddress: 'Zonder adres op de plaats waar het gezocht zou worden',
    otherAddress: 'Met een ander adres daar: die mensen zouden op de site iemand anders worden',
    wait: 'Ga na of uw identiteitsprovider echt is omgezet voordat dit wordt geactiveerd.',
  },
};
