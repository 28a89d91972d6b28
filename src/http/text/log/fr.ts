// What the pages of the sign-in log say, in French.

import type { LogText } from './en';

export const fr: LogText = {
  title: 'Journal des connexions',
  setup: 'Configuration',
  inviteTitle: 'Consulter le journal des connexions',
  inviteWhat:
    'Vous voyez ici qui a essayé de se connecter par votre fournisseur d’identité, ce qu’il en est advenu et ce qu’il faut changer lorsque quelqu’un a été refusé. Rien ne peut être modifié ici.',
  inviteOpen: 'Ouvrir le journal des connexions',
  intro:
    'Qui a essayé de se connecter, du plus récent au plus ancien, en UTC. Les adresses sont affichées sans la partie qui désigne la personne.',
  none: 'Il n’y a rien de ce genre. Les tentatives apparaissent ici après quelques secondes.',
  off: 'L’exploitant ne tient pas de journal des connexions.',
  began: 'Début',
  state: 'Résultat',
  person: 'Adresse',
  open: 'Ouvrir',
  older: 'Plus anciennes',
  csv: 'Télécharger en CSV',
  back: 'Retour au journal',
  filter: 'Afficher seulement',
  all: 'Tout',
  reference: 'Référence d’une page d’erreur',
  go: 'Afficher',
  onePerson: 'Une personne, par son adresse',
  personNote: 'L’adresse est transformée en un code qui permet de la retrouver ; elle n’est pas conservée.',
  personGo: 'Chercher cette personne',
  ofOne: 'Seules les tentatives d’une personne sont affichées.',
  reset: 'Tout afficher',
  attempt: 'Une tentative',
  happened: 'Ce qui s’est passé',
  keys: 'Signé par',
  personCode: 'Personne, sous forme de code',
  noVerdicts: 'De cette tentative, seul le code a été conservé.',
  timedOut:
    'Votre fournisseur d’identité n’a rien renvoyé. Il a généralement affiché sa propre erreur : la personne y est-elle affectée à l’application ?',
  notCollected:
    'La réponse était correcte, mais la page du site n’a pas récupéré la session. Veuillez en informer le responsable du site.',
  states: {
    inProgress: 'En cours',
    signedIn: 'Connecté',
    refused: 'Refusé',
    timedOut: 'Rien n’est revenu',
    notCollected: 'Non terminé sur le site',
    notSignedIn: 'Personne n’y est connecté',
  },
  steps: {
    started: 'Envoyé à votre fournisseur d’identité',
    accepted: 'La réponse de votre fournisseur d’identité a été acceptée',
    waits: 'Patiente dans la file d’attente du site',
    redeemed: 'Connecté au site',
    refused: 'Refusé',
    notSignedIn: 'Votre fournisseur d’identité a indiqué que personne n’y est connecté',
    manyRefused: 'Refusé si souvent à la fois que seul le nombre a été retenu',
  },
  experience: {
    title: 'D’après les dernières connexions',
    pass: (all, pass) => `Sur les ${all} dernières connexions, ${pass} passeraient.`,
    otherIdentityProvider: 'D’un autre fournisseur d’identité que celui-ci',
    missingKey: 'Signées par un certificat qui n’est pas parmi ceux-ci',
    noAddress: 'Sans adresse là où elle serait cherchée',
    otherAddress:
      'Avec une autre adresse à cet endroit : ces personnes deviendraient quelqu’un d’autre sur le site',
    wait: 'Assurez-vous que votre fournisseur d’identité a réellement changé avant que ceci soit activé.',
  },
};
