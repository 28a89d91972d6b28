// What the pages of the sign-in log say, in Portuguese.

import type { LogText } from './en';

export const pt: LogText = {
  title: 'Registo de acessos',
  setup: 'Configuração',
  inviteTitle: 'Ver o registo de acessos',
  inviteWhat:
    'Aqui vê quem tentou iniciar sessão pelo seu fornecedor de identidade, o que aconteceu e o que mudar quando alguém foi recusado. Nada pode ser alterado aqui.',
  inviteOpen: 'Abrir o registo de acessos',
  intro:
    'Quem tentou iniciar sessão, os mais recentes primeiro, em UTC. Os endereços são mostrados sem a parte que identifica a pessoa.',
  none: 'Não há nada deste tipo. As tentativas aparecem aqui alguns segundos depois.',
  off: 'O operador não mantém um registo de acessos.',
  began: 'Início',
  state: 'O que aconteceu',
  person: 'Endereço',
  open: 'Abrir',
  older: 'Anteriores',
  csv: 'Transferir como CSV',
  back: 'Voltar ao registo',
  filter: 'Mostrar apenas',
  all: 'Tudo',
  reference: 'Referência de uma página de erro',
  go: 'Mostrar',
  onePerson: 'Uma pessoa, pelo endereço',
  personNote: 'O endereço é transformado num código que permite reencontrá-lo, e não é guardado.',
  personGo: 'Procurar esta pessoa',
  ofOne: 'São mostradas apenas as tentativas de uma pessoa.',
  reset: 'Mostrar tudo',
  attempt: 'Uma tentativa',
  happened: 'O que se passou',
  keys: 'Assinado por',
  personCode: 'Pessoa, como código',
  noVerdicts: 'Desta tentativa só foi guardado o código.',
  timedOut:
    'O seu fornecedor de identidade não devolveu nada. Normalmente mostrou um erro próprio: a pessoa está lá atribuída à aplicação?',
  notCollected:
    'A resposta estava certa, mas a página do site não foi buscar a sessão. Avise quem gere o site.',
  states: {
    inProgress: 'Em curso',
    signedIn: 'Sessão iniciada',
    refused: 'Recusado',
    timedOut: 'Nada voltou',
    notCollected: 'Não concluído no site',
    notSignedIn: 'Ninguém com sessão lá',
  },
  steps: {
    started: 'Enviado ao seu fornecedor de identidade',
    accepted: 'A resposta do seu fornecedor de identidade foi aceite',
    waits: 'Aguarda na fila do site',
    redeemed: 'Sessão iniciada no site',
    refused: 'Recusado',
    notSignedIn: 'O seu fornecedor de identidade disse que lá ninguém tem sessão',
    manyRefused: 'Recusado tantas vezes ao mesmo tempo que só foi contado',
  },
  experience: {
    title: 'Segundo os últimos acessos',
    pass: (all, pass) => `Dos últimos ${all} acessos passariam ${pass}.`,
    otherIdentityProvider: 'De outro fornecedor de identidade que não este',
    missingKey: 'Assinados por um certificado que não está entre estes',
    noAddress: 'Sem endereço onde ele seria procurado',
    otherAddress: 'Com outro endereço lá: essas pessoas passariam a ser outra no site',
    wait: 'Certifique-se de que o seu fornecedor de identidade mudou mesmo antes de isto ser ativado.',
  },
};
