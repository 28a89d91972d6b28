// What the pages of a sign-in say to visitors, in Dutch.

import { markup } from '../../html';
import type { VisitorText } from './en';

export const nl: VisitorText = {
  sentences: {
    again: 'Uw aanmelding kon niet worden voltooid. Begin opnieuw.',
    expired: 'Deze aanmelding is verlopen of al gebruikt. Begin opnieuw.',
    used: 'Deze aanmelding is al gebruikt of duurde te lang. Ga door naar de site: als u daar niet bent aangemeld, kunt u opnieuw beginnen.',
    rejected:
      'Het aanmeldsysteem van uw organisatie heeft een antwoord gestuurd dat we niet kunnen accepteren. Neem contact op met uw beheerder en noem de referentie hieronder.',
    idp: 'Het aanmeldsysteem van uw organisatie heeft u niet aangemeld. Probeer het opnieuw of neem contact op met uw beheerder.',
    member:
      'Met dit account kunt u zich niet bij deze site aanmelden. Gebruik een ander account als u dat hebt. Neem anders contact op met uw beheerder en noem de referentie hieronder.',
    blocked:
      'Uw account is op deze site geblokkeerd. Neem contact op met uw beheerder en noem de referentie hieronder.',
    pending:
      'Uw account is op deze site nog niet goedgekeurd. Neem contact op met uw beheerder en noem de referentie hieronder.',
    unverified:
      'Iemand heeft zich al eerder met uw adres op deze site geregistreerd. Neem contact op met uw beheerder en noem de referentie hieronder.',
    busy: 'De site is op dit moment druk bezet. Probeer het over enkele seconden opnieuw.',
    away: 'Aanmelden met het account van uw organisatie is op dit moment niet mogelijk. U hebt niets fout gedaan: probeer het over enkele minuten opnieuw.',
    broken: 'Er is bij ons iets misgegaan. Probeer het later opnieuw en noem de referentie hieronder.',
    setup:
      'De site is niet voor deze aanmelding ingericht. Opnieuw proberen helpt niet: laat het weten aan degene die de site beheert en noem de referentie hieronder.',
    link: 'Deze instellink kan niet worden gebruikt: hij is verlopen, ingetrokken of al in een andere browser geopend. Vraag degene die hem heeft gestuurd om een nieuwe. Als u hem nog nooit had geopend, meld dat dan.',
    changed:
      'Iemand anders heeft deze instellingen op hetzelfde moment gewijzigd. Ga terug, laad de pagina opnieuw en controleer ze.',
    signOut:
      'Het afmelden kon niet worden voltooid. Sluit voor de zekerheid alle vensters van uw browser. Gebeurt dit opnieuw, neem dan contact op met uw beheerder en vermeld de referentie hieronder.',
    request: 'Deze link of dit verzoek is niet geldig. Ga terug naar de site en begin opnieuw.',
  },
  refusal: {
    notSignedIn: 'U bent niet aangemeld',
    badAddress: 'Dit adres werkt niet',
    badLink: 'Deze instellink werkt niet',
    changed: 'Iemand anders heeft dit gewijzigd',
    away: 'Aanmelden is nu niet mogelijk',
    signOutFailed: 'Het afmelden is niet voltooid',
    used: 'Al gebruikt',
    goToSite: 'Naar de site',
    tryAgain: 'Opnieuw proberen',
    goOn: 'Doorgaan naar de site',
    startAgain: 'Opnieuw beginnen',
    otherAccount: 'Een ander account gebruiken',
    help: 'Hulp van uw organisatie',
    ask: (address) => markup`Vraag het ${address}. De link opent een concept met wat zij nodig hebben.`,
    reference: 'Referentie:',
    code: 'Code:',
    time: 'Tijd:',
  },
  mail: {
    could: (site) =>
      site === undefined ? 'Ik kon me niet aanmelden.' : `Ik kon me niet aanmelden bij ${site}.`,
    subject: (site, reference) =>
      site === undefined
        ? `Aanmelding geweigerd (${reference})`
        : `Aanmelding bij ${site} geweigerd (${reference})`,
    forAdmin: 'Voor de beheerder:',
  },
  chooser: {
    title: 'Aanmelden',
    choose: 'Kies uw organisatie.',
    notAvailable: (name) => markup`${name} (op dit moment niet beschikbaar)`,
    notSure: 'Weet u het niet zeker?',
    address: 'Uw e-mailadres op het werk',
    go: 'Doorgaan',
    undecided:
      'Aan dit adres zien we niet wat uw organisatie is. Controleer het of kies hierboven uw organisatie.',
    undecidedAlone: 'Aan dit adres zien we niet wat uw organisatie is. Controleer het of begin op de site.',
  },
  confirm: {
    account: (name) => markup`U gaat zich aanmelden met uw account bij <strong>${name}</strong>.`,
    go: 'Doorgaan met uw bedrijfsaccount',
    other: 'Een andere organisatie gebruiken',
  },
  onward: {
    title: 'U wordt aangemeld…',
    text: 'U gaat terug naar de site. Gebruik deze link als er niets gebeurt.',
    go: 'Doorgaan naar de site',
  },
  toIdp: {
    title: 'U wordt aangemeld',
    heading: 'Een ogenblik…',
    text: 'U gaat naar de aanmeldpagina van uw organisatie. Gebruik de knop als er niets gebeurt.',
    go: 'Doorgaan',
  },
  signingOut: {
    title: 'U wordt afgemeld…',
    toSite: 'U wordt doorgestuurd. Gebeurt er niets, gebruik dan deze link.',
    toIdp:
      'U wordt naar de afmeldpagina van uw organisatie gebracht. Gebeurt er niets, ga dan verder met de knop.',
    go: 'Doorgaan',
    done: 'U bent afgemeld',
    close: 'U kunt dit venster sluiten.',
  },
};
