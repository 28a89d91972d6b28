// What the pages of the sign-in log say, in Spanish.

import type { LogText } from './en';

export const es: LogText = {
  title: 'Registro de accesos',
  setup: 'Configuración',
  inviteTitle: 'Ver el registro de accesos',
  inviteWhat:
    'Aquí ve quién intentó iniciar sesión con su proveedor de identidad, qué ocurrió y qué hay que cambiar cuando alguien fue rechazado. Aquí no se puede cambiar nada.',
  inviteOpen: 'Abrir el registro de accesos',
  intro:
    'Quién intentó iniciar sesión, lo más reciente primero, en UTC. Las direcciones se muestran sin la parte que nombra a la persona.',
  none: 'No hay nada de este tipo. Los intentos aparecen aquí unos segundos después.',
  off: 'El operador no lleva un registro de accesos.',
  began: 'Inicio',
  state: 'Qué ocurrió',
  person: 'Dirección',
  open: 'Abrir',
  older: 'Anteriores',
  csv: 'Descargar como CSV',
  back: 'Volver al registro',
  filter: 'Mostrar solo',
  all: 'Todo',
  reference: 'Referencia de una página de error',
  go: 'Mostrar',
  onePerson: 'Una persona, por su dirección',
  personNote: 'La dirección se convierte en un código que permite encontrarla, y no se guarda.',
  personGo: 'Buscar a esta persona',
  ofOne: 'Solo se muestran los intentos de una persona.',
  reset: 'Mostrar todo',
  attempt: 'Un intento',
  happened: 'Qué pasó',
  keys: 'Firmado por',
  personCode: 'Persona, como código',
  noVerdicts: 'De este intento solo se guardó el código.',
  timedOut:
    'Su proveedor de identidad no devolvió nada. Normalmente ha mostrado un error propio: ¿está la persona asignada allí a la aplicación?',
  notCollected:
    'La respuesta era correcta y la página del sitio no recogió la sesión. Avise a quien administra el sitio.',
  states: {
    inProgress: 'En curso',
    signedIn: 'Sesión iniciada',
    refused: 'Rechazado',
    timedOut: 'No volvió nada',
    notCollected: 'Sin completar en el sitio',
    notSignedIn: 'Nadie con sesión allí',
  },
  steps: {
    started: 'Enviado a su proveedor de identidad',
    accepted: 'Se aceptó la respuesta de su proveedor de identidad',
    waits: 'Espera en la cola del sitio',
    redeemed: 'Sesión iniciada en el sitio',
    refused: 'Rechazado',
    notSignedIn: 'Su proveedor de identidad indicó que allí nadie tiene sesión',
    manyRefused: 'Rechazado tantas veces a la vez que solo se contó',
  },
  experience: {
    title: 'Según los últimos accesos',
    pass: (all, pass) => `De los últimos ${all} accesos pasarían ${pass}.`,
    otherIdentityProvider: 'De otro proveedor de identidad distinto de este',
    missingKey: 'Firmados con un certificado que no está entre estos',
    noAddress: 'Sin dirección donde se buscaría',
    otherAddress: 'Con otra dirección allí: esas personas pasarían a ser otra en el sitio',
    wait: 'Asegúrese de que su proveedor de identidad haya cambiado de verdad antes de activar esto.',
  },
};
