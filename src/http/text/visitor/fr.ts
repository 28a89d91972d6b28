// What the pages of a sign-in say to visitors, in French.

import { markup } from '../../html';
import type { VisitorText } from './en';

export const fr: VisitorText = {
  sentences: {
    again: 'Votre connexion n’a pas pu aboutir. Veuillez recommencer.',
    expired: 'Cette connexion a expiré ou a déjà été utilisée. Veuillez recommencer.',
    used: 'Cette connexion a déjà été utilisée ou a pris trop de temps. Continuez vers le site\u00a0: si vous n’y êtes pas connecté, vous pourrez recommencer.',
    rejected:
      'Le système de connexion de votre organisation a envoyé une réponse que nous ne pouvons pas accepter. Veuillez contacter votre administrateur en indiquant la référence ci-dessous.',
    idp: 'Le système de connexion de votre organisation ne vous a pas connecté. Veuillez réessayer ou contacter votre administrateur.',
    member:
      'Ce compte ne permet pas de se connecter à ce site. Si vous en avez un autre, utilisez-le. Sinon, contactez votre administrateur en indiquant la référence ci-dessous.',
    blocked:
      'Votre compte est bloqué sur ce site. Veuillez contacter votre administrateur en indiquant la référence ci-dessous.',
    pending:
      'Votre compte n’a pas encore été approuvé sur ce site. Veuillez contacter votre administrateur en indiquant la référence ci-dessous.',
    unverified:
      'Quelqu’un s’est déjà inscrit sur ce site avec votre adresse. Veuillez contacter votre administrateur en indiquant la référence ci-dessous.',
    busy: 'Le site est très sollicité en ce moment. Veuillez réessayer dans quelques secondes.',
    away: 'La connexion avec le compte de votre organisation est impossible pour le moment. Vous n’y êtes pour rien\u00a0: veuillez réessayer dans quelques minutes.',
    broken:
      'Une erreur s’est produite de notre côté. Veuillez réessayer plus tard et indiquer la référence ci-dessous.',
    setup:
      'Le site n’est pas configuré pour cette connexion. Réessayer ne servira à rien\u00a0: veuillez prévenir la personne qui s’occupe du site en indiquant la référence ci-dessous.',
    link: 'Ce lien de configuration ne peut pas être utilisé\u00a0: il a expiré, a été retiré ou a déjà été ouvert dans un autre navigateur. Demandez-en un nouveau à la personne qui vous l’a envoyé. Si vous ne l’aviez jamais ouvert, dites-le-lui.',
    changed:
      'Quelqu’un d’autre a modifié ces paramètres au même moment. Veuillez revenir en arrière, recharger la page et les vérifier.',
    signOut:
      'La déconnexion n’a pas pu être menée à son terme. Par précaution, fermez toutes les fenêtres de votre navigateur. Si cela se reproduit, adressez-vous à votre administrateur en indiquant la référence ci-dessous.',
    request: 'Ce lien ou cette demande n’est pas valable. Veuillez retourner sur le site et recommencer.',
  },
  refusal: {
    notSignedIn: 'Vous n’êtes pas connecté',
    badAddress: 'Cette adresse ne fonctionne pas',
    badLink: 'Ce lien de configuration ne fonctionne pas',
    changed: 'Quelqu’un d’autre a fait une modification',
    away: 'La connexion est indisponible pour le moment',
    signOutFailed: 'La déconnexion n’est pas terminée',
    used: 'Déjà utilisée',
    goToSite: 'Aller sur le site',
    tryAgain: 'Réessayer',
    goOn: 'Continuer vers le site',
    startAgain: 'Recommencer',
    otherAccount: 'Utiliser un autre compte',
    help: 'Aide de votre organisation',
    ask: (address) => markup`Contactez ${address}. Le lien ouvre un brouillon avec les informations utiles.`,
    reference: 'Référence\u00a0:',
    code: 'Code\u00a0:',
    time: 'Heure\u00a0:',
  },
  mail: {
    could: (site) =>
      site === undefined ? 'Je n’ai pas pu me connecter.' : `Je n’ai pas pu me connecter à ${site}.`,
    subject: (site, reference) =>
      site === undefined ? `Connexion refusée (${reference})` : `Connexion à ${site} refusée (${reference})`,
    forAdmin: 'Pour l’administrateur\u00a0:',
  },
  chooser: {
    title: 'Connexion',
    choose: 'Choisissez votre organisation.',
    notAvailable: (name) => markup`${name} (indisponible pour le moment)`,
    notSure: 'Vous hésitez\u00a0?',
    address: 'Votre adresse e-mail professionnelle',
    go: 'Continuer',
    undecided:
      'Cette adresse ne nous indique pas votre organisation. Vérifiez-la ou choisissez votre organisation ci-dessus.',
    undecidedAlone:
      'Cette adresse ne nous indique pas votre organisation. Vérifiez-la ou commencez depuis le site.',
  },
  confirm: {
    account: (name) => markup`Vous allez vous connecter avec votre compte <strong>${name}</strong>.`,
    go: 'Continuer avec votre compte d’entreprise',
    other: 'Choisir une autre organisation',
  },
  onward: {
    title: 'Connexion en cours…',
    text: 'Vous êtes redirigé vers le site. Si rien ne se passe, utilisez ce lien.',
    go: 'Continuer vers le site',
  },
  toIdp: {
    title: 'Connexion en cours',
    heading: 'Un instant…',
    text: 'Vous êtes redirigé vers la page de connexion de votre organisation. Si rien ne se passe, utilisez le bouton.',
    go: 'Continuer',
  },
  signingOut: {
    title: 'Déconnexion en cours…',
    toSite: 'Vous allez être redirigé. Si rien ne se passe, utilisez ce lien.',
    toIdp:
      'Vous allez être redirigé vers la page de déconnexion de votre organisation. Si rien ne se passe, continuez avec le bouton.',
    go: 'Continuer',
    done: 'Vous êtes déconnecté',
    close: 'Vous pouvez fermer cette fenêtre.',
  },
};
