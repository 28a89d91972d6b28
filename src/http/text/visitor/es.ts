// What the pages of a sign-in say to visitors, in Spanish.

import { markup } from '../../html';
import type { VisitorText } from './en';

export const es: VisitorText = {
  sentences: {
    again: 'No se ha podido completar el inicio de sesión. Empiece de nuevo.',
    expired: 'Este inicio de sesión ha caducado o ya se ha utilizado. Empiece de nuevo.',
    used: 'Este inicio de sesión ya se ha utilizado o ha tardado demasiado. Continúe al sitio: si allí no tiene la sesión iniciada, puede empezar de nuevo.',
    rejected:
      'El sistema de inicio de sesión de su organización ha enviado una respuesta que no podemos aceptar. Póngase en contacto con su administrador e indique la referencia que figura abajo.',
    idp: 'El sistema de inicio de sesión de su organización no le ha permitido entrar. Inténtelo de nuevo o póngase en contacto con su administrador.',
    member:
      'Con esta cuenta no se puede iniciar sesión en este sitio. Si tiene otra, úsela. Si no, póngase en contacto con su administrador e indique la referencia que figura abajo.',
    blocked:
      'Su cuenta está bloqueada en este sitio. Póngase en contacto con su administrador e indique la referencia que figura abajo.',
    pending:
      'Su cuenta aún no se ha aprobado en este sitio. Póngase en contacto con su administrador e indique la referencia que figura abajo.',
    unverified:
      'Alguien ya se registró en este sitio con su dirección. Póngase en contacto con su administrador e indique la referencia que figura abajo.',
    busy: 'El sitio está muy ocupado en este momento. Inténtelo de nuevo dentro de unos segundos.',
    away: 'En este momento no se puede iniciar sesión con la cuenta de su organización. Usted no ha hecho nada mal: inténtelo de nuevo dentro de unos minutos.',
    broken:
      'Algo ha fallado por nuestra parte. Inténtelo más tarde e indique la referencia que figura abajo.',
    setup:
      'El sitio no está configurado para este inicio de sesión. Volver a intentarlo no servirá: avise a la persona que se ocupa del sitio e indique la referencia que figura abajo.',
    link: 'Este enlace de configuración no se puede usar: ha caducado, se ha retirado o ya se abrió en otro navegador. Pida uno nuevo a quien se lo envió. Si no lo había abierto antes, dígaselo.',
    changed:
      'Otra persona ha cambiado esta configuración al mismo tiempo. Vuelva atrás, recargue la página y compruébela.',
    signOut:
      'No se ha podido completar el cierre de sesión. Por seguridad, cierre todas las ventanas del navegador. Si vuelve a ocurrir, póngase en contacto con su administrador e indique la referencia que aparece abajo.',
    request: 'Este enlace o esta solicitud no es válida. Vuelva al sitio y empiece de nuevo.',
  },
  refusal: {
    notSignedIn: 'No ha iniciado sesión',
    badAddress: 'Esta dirección no funciona',
    badLink: 'Este enlace de configuración no funciona',
    changed: 'Otra persona lo ha cambiado',
    away: 'Ahora no se puede iniciar sesión',
    signOutFailed: 'El cierre de sesión no se ha completado',
    used: 'Ya utilizado',
    goToSite: 'Ir al sitio',
    tryAgain: 'Intentar de nuevo',
    goOn: 'Continuar al sitio',
    startAgain: 'Empezar de nuevo',
    otherAccount: 'Usar otra cuenta',
    help: 'Ayuda de su organización',
    ask: (address) => markup`Pregunte a ${address}. El enlace abre un borrador con los datos necesarios.`,
    reference: 'Referencia:',
    code: 'Código:',
    time: 'Hora:',
  },
  mail: {
    could: (site) =>
      site === undefined ? 'No he podido iniciar sesión.' : `No he podido iniciar sesión en ${site}.`,
    subject: (site, reference) =>
      site === undefined
        ? `Inicio de sesión rechazado (${reference})`
        : `Inicio de sesión en ${site} rechazado (${reference})`,
    forAdmin: 'Para el administrador:',
  },
  chooser: {
    title: 'Iniciar sesión',
    choose: 'Elija su organización.',
    notAvailable: (name) => markup`${name} (no disponible en este momento)`,
    notSure: '¿Tiene dudas?',
    address: 'Su dirección de correo del trabajo',
    go: 'Continuar',
    undecided: 'Esta dirección no nos indica su organización. Compruébela o elija su organización arriba.',
    undecidedAlone: 'Esta dirección no nos indica su organización. Compruébela o empiece desde el sitio.',
  },
  confirm: {
    account: (name) => markup`Va a iniciar sesión con su cuenta de <strong>${name}</strong>.`,
    go: 'Continuar con su cuenta de empresa',
    other: 'Usar otra organización',
  },
  onward: {
    title: 'Iniciando sesión…',
    text: 'Está volviendo al sitio. Si no ocurre nada, use este enlace.',
    go: 'Continuar al sitio',
  },
  toIdp: {
    title: 'Iniciando sesión',
    heading: 'Un momento…',
    text: 'Está pasando a la página de inicio de sesión de su organización. Si no ocurre nada, use el botón.',
    go: 'Continuar',
  },
  signingOut: {
    title: 'Cerrando la sesión…',
    toSite: 'Le estamos redirigiendo. Si no ocurre nada, use este enlace.',
    toIdp:
      'Le estamos llevando a la página de cierre de sesión de su organización. Si no ocurre nada, continúe con el botón.',
    go: 'Continuar',
    done: 'Ha cerrado la sesión',
    close: 'Puede cerrar esta ventana.',
  },
};
