// What the set-up pages say, in French. A no-break space stands before `:`, `?` and inside times, as French prints them.

import { markup } from '../../html';
import { counted } from '../values';
import type { SetupText } from './en';

const seconds = counted('fr', { one: '# seconde', other: '# secondes' });

export const fr: SetupText = {
  frame: {
    heading: (site, connection) =>
      markup`Authentification unique pour <strong>${site}</strong>, connexion <strong>${connection}</strong>`,
    steps: 'Étapes',
    step1: 'Votre système',
    step2: 'Nos valeurs',
    step3: 'Vos métadonnées',
    stepDomains: 'Vos domaines',
    step4: 'Test',
    step5: 'Activation',
    openUntil: (time) => markup`Ces pages restent ouvertes dans ce navigateur jusqu’au ${time}.`,
    language: 'Langue',
    change: 'Changer',
    skip: 'Aller au contenu',
    copy: 'Copier',
    copied: 'Copié',
  },
  invitation: {
    title: 'Configurer l’authentification unique',
    what: (site) =>
      markup`Vous reliez ici le système de connexion de votre organisation (Entra ID, Okta, Google Workspace, etc.) à <strong>${site}</strong>. Comptez une dizaine de minutes. Vous devez en être l’administrateur.`,
    safe: 'Rien ne change pour personne tant que vous n’avez pas testé la connexion et qu’elle n’a pas été activée.',
    open: 'Ouvrir la configuration',
    once: (time) => markup`Le lien fonctionne une seule fois, dans ce navigateur, et jusqu’au ${time}.`,
  },
  connect: {
    title: 'Choisir votre système',
    heading: 'Quel système de connexion utilisez-vous\u00a0?',
    intro:
      'Nous vous montrerons ensuite les menus et les noms de champs de ce système. Rien ne change pour personne pendant la configuration.',
    legend: 'Votre fournisseur d’identité',
    other: 'Un autre',
    go: 'Continuer',
  },
  values: {
    title: 'Nos valeurs',
    heading: (product) =>
      product === undefined
        ? markup`Saisissez nos valeurs dans votre système`
        : markup`Saisissez nos valeurs dans ${product}`,
    whatToDo: 'Ce qu’il faut y faire',
    inEnglish: 'Les menus et les champs portent ici leur nom dans la version anglaise de ce système.',
    theValues: 'Les valeurs',
    leaveEmpty: 'Laissez ce champ vide.',
    alsoCalled: (names) => markup`Aussi appelé\u00a0: ${names}`,
    inMetadata: 'Tout cela figure aussi dans nos métadonnées\u00a0:',
    download: 'Télécharger nos métadonnées sous forme de fichier',
    traps: 'Ce qui pose souvent problème',
    entered: 'Les valeurs sont saisies',
  },
  metadata: {
    title: 'Vos métadonnées',
    heading: 'Fournissez les métadonnées de votre fournisseur d’identité',
    place: (product, place) => markup`Dans ${product}\u00a0: <strong>${place}</strong>`,
    oneIsEnough: 'Une seule de ces indications suffit. Préférez une adresse s’il y en a une.',
    address: 'Adresse des métadonnées',
    file: 'Ou un fichier',
    text: 'Ou leur texte',
    values: 'Ou trois valeurs séparées',
    entityId: 'Entity ID (Issuer)',
    signInAddress: 'Adresse de connexion (URL SSO)',
    certificate: 'Certificat de signature',
    look: 'Examiner',
    savedNow: 'Enregistré actuellement',
    goOn: 'Continuer avec celui-ci',
  },
  preview: {
    title: 'Est-ce bien votre fournisseur d’identité\u00a0?',
    notSaved: 'Voici ce que nous avons compris. Rien n’est encore enregistré.',
    entityId: 'Entity ID',
    name: 'Nom',
    signInAddress: 'Adresse de connexion',
    validUntil: 'Valable jusqu’au',
    certificates: 'Certificats autorisés à signer',
    ends: 'Expire',
    isOver: '(expiré\u00a0: il fonctionne encore, renouvelez-le bientôt)',
    leftOut: 'Ce qui a été écarté',
    changes: 'Ce qui change pour les personnes qui se connectent aujourd’hui',
    newCertificate: 'Nouveau certificat',
    certificateGoes: 'Certificat retiré',
    newAddress: 'Nouvelle adresse',
    addressGoes: 'Adresse retirée',
    use: 'Utiliser',
    other: 'Essayer autre chose',
  },
  domains: {
    heading: 'Prouvez que vos domaines vous appartiennent',
    introduction:
      'Seul le propriétaire d’un domaine peut ajouter un enregistrement à son DNS. Pour chaque domaine ci-dessous, ajoutez cet enregistrement TXT là où vous gérez le DNS du domaine. Seules les adresses de ces domaines permettent de se connecter.',
    standing: { proven: 'Prouvé.', missing: 'L’enregistrement a disparu.', unproven: 'Pas encore prouvé.' },
    missing: 'Remettez-le\u00a0: après sept jours, plus personne de ce domaine ne pourra se connecter.',
    type: 'Type\u00a0: TXT',
    name: 'Nom (hôte)',
    nameNote: (domain) =>
      markup`La plupart des consoles DNS ajoutent ${domain} d’elles-mêmes\u00a0; ne saisissez alors que ce qui précède.`,
    value: 'Valeur (texte)',
    check: 'Vérifier maintenant',
    notFound:
      'L’enregistrement est introuvable. Une modification du DNS peut mettre une heure à être visible partout.',
    noAnswer: (reason) =>
      markup`Les serveurs de noms de ce domaine n’ont pas répondu (${reason}). Rien n’a été modifié\u00a0; vérifiez plus tard.`,
    hourly:
      'Inutile d’attendre ici\u00a0: nous vérifions toutes les heures jusqu’à ce que l’enregistrement soit présent, puis chaque jour.',
    next: 'Continuer',
  },
  test: {
    title: 'Test',
    heading: 'Tester la connexion',
    intro:
      'Vous êtes dirigé vers votre fournisseur d’identité, vous vous y connectez comme d’habitude et vous revenez ici. Personne n’est connecté au site et rien n’est modifié.',
    assigned: 'Utilisez un compte auquel l’application y est attribuée.',
    start: 'Lancer le test',
    again: 'Tester à nouveau',
    report: 'Rapport en texte',
    outdated: markup`<strong>Les paramètres ont été modifiés entre-temps.</strong> Veuillez refaire le test.`,
    failed: markup`<strong>Le test a échoué.</strong> Personne ne pourrait se connecter ainsi. Ce qu’il faut modifier est indiqué ci-dessous.`,
    passed: (time) => markup`<strong>Le test est réussi.</strong> ${time}`,
    waiting: (time) => markup`<strong>En attente de la réponse</strong> depuis le ${time}.`,
    nothing: (time) =>
      markup`<strong>Rien n’est revenu</strong> de votre fournisseur d’identité depuis le ${time}.`,
    isAssigned:
      'Si votre fournisseur d’identité affiche une erreur au lieu de vous renvoyer ici\u00a0: l’application y est-elle attribuée au compte\u00a0?',
    atProduct: (product, menu) => markup`Dans ${product}\u00a0: <strong>${menu}</strong>.`,
    relayState: (code, otherCode) =>
      markup`Si vous avez vu une de nos pages avec le code ${code} ou ${otherCode}, votre fournisseur d’identité n’a pas renvoyé notre RelayState\u00a0: son propre champ RelayState doit rester vide.`,
    emptyField: (product, field) => markup`Dans ${product}, il s’appelle <strong>${field}</strong>.`,
    otherBinding: (code, otherCode) =>
      markup`${code}, ${otherCode}\u00a0: avec l’un de ces codes, votre fournisseur d’identité a répondu par HTTP-Redirect ou HTTP-Artifact. Choisissez la liaison HTTP-POST pour notre URL ACS.`,
    lookAgain: 'Vérifier à nouveau',
    knownBy: (source) => markup`Les personnes sont reconnues à cette adresse\u00a0: ${source}.`,
    whichAddress: 'Laquelle est l’adresse de la personne\u00a0?',
    several:
      'Une adresse figure à plusieurs endroits. Les membres sont reconnus à leur adresse\u00a0: choisissez celle qui ne change pas.',
    useAddress: 'Utiliser cette adresse',
    decided: (source) => markup`Choix retenu\u00a0: ${source}.`,
    go: 'Continuer',
    forHelp: 'Pour la personne qui vous aide',
    reportField: 'Rapport sans adresses ni clés',
    over: 'Le test est terminé',
    nobody: 'Personne n’a été connecté. Le résultat se trouve dans les pages de configuration.',
    back: 'Retour à la configuration',
  },
  findings: {
    verdicts: { pass: 'Correct', fail: 'Incorrect', unknown: 'Non vérifié', amber: 'Inhabituel' },
    verdict: (word) => `${word}\u00a0:`,
    wrong: 'Ce qui ne va pas',
    odd: 'Ce qui est inhabituel, sans gravité',
    rest: (count) => markup`Tout ce qui a été vérifié par ailleurs (${count})`,
    changeAt: (product) =>
      product === undefined ? markup`À modifier dans votre système` : markup`À modifier dans ${product}`,
    whatToDo: 'Que faire',
    expected: 'Attendu',
    received: 'Reçu',
    code: 'Code',
    rule: 'Règle',
    whatCame: 'Ce qui est arrivé',
    none: 'aucun',
    nameId: (value, format) => markup`${value}, format ${format}`,
    signedInBy: 'Méthode de connexion',
    clock: 'Horloge',
    clockAgrees: 'concorde avec la nôtre',
    clockAhead: (count) => `en avance de ${seconds(count)} sur la nôtre`,
    clockBehind: (count) => `en retard de ${seconds(count)} sur la nôtre`,
    certificateUsed: 'Certificat cité dans la réponse',
    certificateHeld: 'Certificat enregistré',
    certificateStrange: 'Certificat de la réponse qui n’est pas enregistré',
    noText: 'aucun texte',
    noAttributes: 'Aucun attribut n’est arrivé.',
    sourceNameId: 'le NameID',
    sourceAttribute: (name) => markup`l’attribut ${name}`,
    sourceWith: (source, address) => markup`${source} (${address})`,
  },
  activate: {
    title: 'Activation',
    noMetadata: 'Vos métadonnées manquent encore.',
    bringIt: 'Les fournir',
    notTested: 'Ces paramètres n’ont encore réussi aucun test.',
    testThem: 'Les tester',
    undecided: 'L’adresse à utiliser n’est pas encore choisie.',
    decideIt: 'La choisir',
    notProven: 'Les domaines ne sont pas encore tous prouvés.',
    prove: 'Les prouver',
    alone:
      'Les personnes se connecteront ainsi en quelques secondes, sans autre intervention. La personne qui gère le site est prévenue.',
    activateNow: 'Activer maintenant',
    byLink: (link) => markup`Activé par le lien ${link}.`,
    undoTitle: 'Quelque chose ne va pas\u00a0?',
    undoMeaning: 'Vous rétablissez ce par quoi les personnes se connectaient auparavant.',
    undo: 'Revenir en arrière',
    live: (time) =>
      markup`<strong>Cette connexion est en service</strong> depuis le ${time}. Les personnes se connectent par elle.`,
    handedOver: (time) => markup`Transmis le ${time}.`,
    history: 'Historique',
    activated: ({ time, link, brought, summary }) =>
      markup`Activé le ${time}, fourni par le lien ${link} le ${brought}\u00a0: ${summary}`,
    ready: 'Le test est réussi. Voici ce qui sera mis en service\u00a0:',
    identityProvider: 'Fournisseur d’identité',
    address: 'Adresse d’une personne',
    handOverIntro:
      'Vous avez alors terminé. La personne qui gère le site est prévenue, vérifie la connexion et l’active.',
    handOver: 'Transmettre pour activation',
    done: (command) =>
      markup`<strong>Vous avez terminé.</strong> La personne qui gère le site active la connexion avec ${command}.`,
  },
};
