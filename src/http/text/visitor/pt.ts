// What the pages of a sign-in say to visitors, in Portuguese.

import { markup } from '../../html';
import type { VisitorText } from './en';

export const pt: VisitorText = {
  sentences: {
    again: 'Não foi possível concluir o login. Comece de novo.',
    expired: 'Este login expirou ou já foi usado. Comece de novo.',
    used: 'Este login já foi usado ou demorou demais. Continue para o site: se o login não estiver feito lá, você pode começar de novo.',
    rejected:
      'O sistema de login da sua organização enviou uma resposta que não podemos aceitar. Fale com o seu administrador e informe a referência abaixo.',
    idp: 'O sistema de login da sua organização não permitiu o login. Tente novamente ou fale com o seu administrador.',
    member:
      'Não é possível fazer login neste site com esta conta. Se você tiver outra, use-a. Caso contrário, fale com o seu administrador e informe a referência abaixo.',
    blocked:
      'A sua conta está bloqueada neste site. Fale com o seu administrador e informe a referência abaixo.',
    pending:
      'A sua conta ainda não foi aprovada neste site. Fale com o seu administrador e informe a referência abaixo.',
    unverified:
      'Alguém já se cadastrou neste site com o seu endereço. Fale com o seu administrador e informe a referência abaixo.',
    busy: 'O site está muito ocupado no momento. Tente novamente em alguns segundos.',
    away: 'No momento não é possível fazer login com a conta da sua organização. Você não fez nada de errado: tente novamente em alguns minutos.',
    broken: 'Algo deu errado do nosso lado. Tente novamente mais tarde e informe a referência abaixo.',
    setup:
      'O site não está configurado para este login. Tentar de novo não vai ajudar: avise a pessoa que cuida do site e informe a referência abaixo.',
    link: 'Este link de configuração não pode ser usado: expirou, foi cancelado ou já foi aberto em outro navegador. Peça um novo a quem o enviou. Se você nunca o abriu antes, avise essa pessoa.',
    changed: 'Outra pessoa mudou estas configurações ao mesmo tempo. Volte, recarregue a página e confira.',
    signOut:
      'Não foi possível concluir a saída. Por segurança, feche todas as janelas do navegador. Se acontecer de novo, entre em contato com o administrador e informe a referência abaixo.',
    request: 'Este link ou pedido não é válido. Volte ao site e comece de novo.',
  },
  refusal: {
    notSignedIn: 'O login não foi feito',
    badAddress: 'Este endereço não funciona',
    badLink: 'Este link de configuração não funciona',
    changed: 'Outra pessoa mudou isto',
    away: 'O login não está disponível no momento',
    signOutFailed: 'A saída não foi concluída',
    used: 'Já foi usado',
    goToSite: 'Ir para o site',
    tryAgain: 'Tentar novamente',
    goOn: 'Continuar para o site',
    startAgain: 'Começar de novo',
    otherAccount: 'Usar outra conta',
    help: 'Ajuda da sua organização',
    ask: (address) => markup`Pergunte a ${address}. O link abre um rascunho com o que é preciso.`,
    reference: 'Referência:',
    code: 'Código:',
    time: 'Hora:',
  },
  mail: {
    could: (site) =>
      site === undefined ? 'Não consegui fazer login.' : `Não consegui fazer login em ${site}.`,
    subject: (site, reference) =>
      site === undefined ? `Login recusado (${reference})` : `Login em ${site} recusado (${reference})`,
    forAdmin: 'Para o administrador:',
  },
  chooser: {
    title: 'Fazer login',
    choose: 'Escolha a sua organização.',
    notAvailable: (name) => markup`${name} (não disponível no momento)`,
    notSure: 'Em dúvida?',
    address: 'O seu e-mail de trabalho',
    go: 'Continuar',
    undecided:
      'Este endereço não nos diz qual é a sua organização. Confira o endereço ou escolha a sua organização acima.',
    undecidedAlone:
      'Este endereço não nos diz qual é a sua organização. Confira o endereço ou comece pelo site.',
  },
  confirm: {
    account: (name) => markup`Você vai fazer login com a sua conta de <strong>${name}</strong>.`,
    go: 'Continuar com a conta da empresa',
    other: 'Usar outra organização',
  },
  onward: {
    title: 'Fazendo login…',
    text: 'Você está voltando para o site. Se nada acontecer, use este link.',
    go: 'Continuar para o site',
  },
  toIdp: {
    title: 'Fazendo login',
    heading: 'Um momento…',
    text: 'Você está indo para a página de login da sua organização. Se nada acontecer, use o botão.',
    go: 'Continuar',
  },
  signingOut: {
    title: 'Saindo…',
    toSite: 'Você está sendo redirecionado. Se nada acontecer, use este link.',
    toIdp:
      'Você está sendo levado à página de saída da sua organização. Se nada acontecer, continue com o botão.',
    go: 'Continuar',
    done: 'Você saiu',
    close: 'Você pode fechar esta janela.',
  },
};
