// What the set-up pages say, in Spanish.

import { markup } from '../../html';
import { counted } from '../values';
import type { SetupText } from './en';

const seconds = counted('es', { one: '# segundo', other: '# segundos' });

export const es: SetupText = {
  frame: {
    heading: (site, connection) =>
      markup`Inicio de sesión único para <strong>${site}</strong>, conexión <strong>${connection}</strong>`,
    steps: 'Pasos',
    step1: 'Su sistema',
    step2: 'Nuestros valores',
    step3: 'Sus metadatos',
    stepDomains: 'Sus dominios',
    step4: 'Prueba',
    step5: 'Activación',
    openUntil: (time) => markup`Estas páginas están abiertas en este navegador hasta el ${time}.`,
    language: 'Idioma',
    change: 'Cambiar',
    skip: 'Ir al contenido',
    copy: 'Copiar',
    copied: 'Copiado',
  },
  invitation: {
    title: 'Configurar el inicio de sesión único',
    what: (site) =>
      markup`Aquí conecta el sistema de inicio de sesión de su organización (Entra ID, Okta, Google Workspace y otros) con <strong>${site}</strong>. Se tarda unos diez minutos y debe ser administrador de ese sistema.`,
    safe: 'Nada cambia para nadie hasta que usted lo haya probado y se haya activado.',
    open: 'Abrir la configuración',
    once: (time) => markup`El enlace funciona una sola vez, en este navegador y hasta el ${time}.`,
  },
  connect: {
    title: 'Elegir su sistema',
    heading: '¿Qué sistema de inicio de sesión utiliza?',
    intro:
      'Le mostraremos los menús y los nombres de los campos de ese sistema. Nada cambia para nadie mientras lo configura.',
    legend: 'Su proveedor de identidades',
    other: 'Otro',
    go: 'Continuar',
  },
  values: {
    title: 'Nuestros valores',
    heading: (product) =>
      product === undefined
        ? markup`Introduzca nuestros valores en su sistema`
        : markup`Introduzca nuestros valores en ${product}`,
    whatToDo: 'Qué hacer allí',
    inEnglish: 'Los menús y los campos figuran aquí con su nombre en la versión inglesa de ese sistema.',
    theValues: 'Los valores',
    leaveEmpty: 'Deje este campo vacío.',
    alsoCalled: (names) => markup`También se llama: ${names}`,
    inMetadata: 'Todo esto figura también en nuestros metadatos:',
    download: 'Descargar nuestros metadatos como archivo',
    traps: 'Qué suele fallar allí',
    entered: 'Ya los he introducido',
  },
  metadata: {
    title: 'Sus metadatos',
    heading: 'Indique los metadatos de su proveedor de identidades',
    place: (product, place) => markup`En ${product}: <strong>${place}</strong>`,
    oneIsEnough: 'Basta con una de estas opciones. Lo mejor es una dirección, si la hay.',
    address: 'Dirección de los metadatos',
    file: 'O un archivo',
    text: 'O su texto',
    values: 'O tres valores sueltos',
    entityId: 'Entity ID (Issuer)',
    signInAddress: 'Dirección de inicio de sesión (URL de SSO)',
    certificate: 'Certificado de firma',
    look: 'Revisar',
    savedNow: 'Guardado ahora',
    goOn: 'Seguir con este',
  },
  preview: {
    title: '¿Es este su proveedor de identidades?',
    notSaved: 'Esto es lo que hemos entendido. Todavía no se ha guardado nada.',
    entityId: 'Entity ID',
    name: 'Nombre',
    signInAddress: 'Dirección de inicio de sesión',
    validUntil: 'Válido hasta',
    certificates: 'Certificados que pueden firmar',
    ends: 'Caduca',
    isOver: '(caducado: aún funciona, renuévelo pronto)',
    leftOut: 'Lo que se ha omitido',
    changes: 'Qué cambia para quienes inician sesión ahora',
    newCertificate: 'Certificado nuevo',
    certificateGoes: 'Certificado que se retira',
    newAddress: 'Dirección nueva',
    addressGoes: 'Dirección que se retira',
    use: 'Usar este',
    other: 'Probar otra cosa',
  },
  domains: {
    heading: 'Demuestre que los dominios son suyos',
    introduction:
      'Solo el propietario de un dominio puede añadir un registro a su DNS. Para cada dominio que figura abajo, añada este registro TXT donde gestiona el DNS del dominio. Solo se puede iniciar sesión con direcciones de estos dominios.',
    standing: { proven: 'Demostrado.', missing: 'El registro ya no está.', unproven: 'Aún sin demostrar.' },
    missing: 'Vuelva a añadirlo: pasados siete días, nadie de este dominio podrá iniciar sesión.',
    type: 'Tipo: TXT',
    name: 'Nombre (host)',
    nameNote: (domain) =>
      markup`La mayoría de las consolas de DNS añaden ${domain} por sí mismas; en ese caso, escriba solo lo que va delante.`,
    value: 'Valor (texto)',
    check: 'Comprobar ahora',
    notFound:
      'No se ha encontrado el registro. Un cambio en el DNS puede tardar una hora en verse en todas partes.',
    noAnswer: (reason) =>
      markup`Los servidores de nombres de este dominio no han respondido (${reason}). No se ha cambiado nada; compruébelo más tarde.`,
    hourly:
      'No hace falta que espere aquí: lo comprobamos cada hora hasta que el registro esté, y después a diario.',
    next: 'Continuar',
  },
  test: {
    title: 'Prueba',
    heading: 'Probar el inicio de sesión',
    intro:
      'Irá a su proveedor de identidades, iniciará sesión allí como siempre y volverá aquí. Con ello nadie inicia sesión en el sitio ni se cambia nada.',
    assigned: 'Use una cuenta que tenga asignada la aplicación allí.',
    start: 'Iniciar la prueba',
    again: 'Probar de nuevo',
    report: 'Informe en texto',
    outdated: markup`<strong>Entretanto se ha cambiado la configuración.</strong> Repita la prueba.`,
    failed: markup`<strong>La prueba ha fallado.</strong> Así nadie podría iniciar sesión. Lo que hay que cambiar figura más abajo.`,
    passed: (time) => markup`<strong>La prueba se ha superado.</strong> ${time}`,
    waiting: (time) => markup`<strong>Esperando la respuesta</strong> desde el ${time}.`,
    nothing: (time) =>
      markup`<strong>No ha vuelto nada</strong> de su proveedor de identidades desde el ${time}.`,
    isAssigned:
      'Si su proveedor de identidades muestra un error en lugar de enviarle de vuelta: ¿tiene la cuenta asignada la aplicación allí?',
    atProduct: (product, menu) => markup`En ${product}: <strong>${menu}</strong>.`,
    relayState: (code, otherCode) =>
      markup`Si ha visto una página nuestra con el código ${code} o ${otherCode}, su proveedor de identidades no devolvió nuestro RelayState: su propio campo RelayState debe quedar vacío.`,
    emptyField: (product, field) => markup`En ${product} se llama <strong>${field}</strong>.`,
    otherBinding: (code, otherCode) =>
      markup`${code}, ${otherCode}: con uno de estos códigos, su proveedor de identidades respondió por HTTP-Redirect o HTTP-Artifact. Elija el enlace (binding) HTTP-POST para nuestra URL de ACS.`,
    lookAgain: 'Volver a mirar',
    knownBy: (source) => markup`A las personas se las reconoce por esta dirección: ${source}.`,
    whichAddress: '¿Cuál es la dirección de la persona?',
    several:
      'Hay una dirección en más de un lugar. A los miembros se los reconoce por ella: elija la que no cambia.',
    useAddress: 'Usar esta dirección',
    decided: (source) => markup`Decidido: ${source}.`,
    go: 'Continuar',
    forHelp: 'Para quien le ayude',
    reportField: 'Informe sin direcciones ni claves',
    over: 'La prueba ha terminado',
    nobody: 'Nadie ha iniciado sesión. El resultado está en las páginas de configuración.',
    back: 'Volver a la configuración',
  },
  findings: {
    verdicts: { pass: 'Correcto', fail: 'Incorrecto', unknown: 'Sin comprobar', amber: 'Llamativo' },
    verdict: (word) => `${word}:`,
    wrong: 'Qué está mal',
    odd: 'Qué llama la atención, sin ser un problema',
    rest: (count) => markup`Todo lo demás que se ha comprobado (${count})`,
    changeAt: (product) =>
      product === undefined ? markup`Cambiar en su sistema` : markup`Cambiar en ${product}`,
    whatToDo: 'Qué hacer',
    expected: 'Esperado',
    received: 'Recibido',
    code: 'Código',
    rule: 'Regla',
    whatCame: 'Qué ha llegado',
    none: 'ninguno',
    nameId: (value, format) => markup`${value}, formato ${format}`,
    signedInBy: 'Método de inicio de sesión',
    clock: 'Reloj',
    clockAgrees: 'coincide con el nuestro',
    clockAhead: (count) => `va ${seconds(count)} por delante del nuestro`,
    clockBehind: (count) => `va ${seconds(count)} por detrás del nuestro`,
    certificateUsed: 'Certificado que cita la respuesta',
    certificateHeld: 'Certificado registrado',
    certificateStrange: 'Certificado de la respuesta que no está registrado',
    noText: 'sin texto',
    noAttributes: 'No ha llegado ningún atributo.',
    sourceNameId: 'el NameID',
    sourceAttribute: (name) => markup`el atributo ${name}`,
    sourceWith: (source, address) => markup`${source} (${address})`,
  },
  activate: {
    title: 'Activación',
    noMetadata: 'Faltan sus metadatos.',
    bringIt: 'Indicarlos',
    notTested: 'Esta configuración aún no ha superado ninguna prueba.',
    testThem: 'Probarla',
    undecided: 'Aún no se ha decidido qué dirección cuenta.',
    decideIt: 'Decidirlo',
    notProven: 'Aún no están demostrados todos los dominios.',
    prove: 'Demostrarlos',
    alone:
      'Con esto, las personas iniciarán sesión así en unos segundos, sin que intervenga nadie más. Se avisa a quien gestiona el sitio.',
    activateNow: 'Activar ahora',
    byLink: (link) => markup`Activado con el enlace ${link}.`,
    undoTitle: '¿Hay algo mal?',
    undoMeaning: 'Esto restablece la conexión con la que se iniciaba sesión antes.',
    undo: 'Volver a la anterior',
    live: (time) =>
      markup`<strong>Esta conexión está en servicio</strong> desde el ${time}. Las personas inician sesión con ella.`,
    handedOver: (time) => markup`Entregado el ${time}.`,
    history: 'Historial',
    activated: ({ time, link, brought, summary }) =>
      markup`Activado el ${time}, aportado con el enlace ${link} el ${brought}: ${summary}`,
    ready: 'La prueba se ha superado. Esto es lo que entrará en servicio:',
    identityProvider: 'Proveedor de identidades',
    address: 'Dirección de una persona',
    handOverIntro: 'Con esto ha terminado. Se avisa a quien gestiona el sitio, que lo revisa y lo activa.',
    handOver: 'Entregar para su activación',
    done: (command) =>
      markup`<strong>Ha terminado.</strong> Quien gestiona el sitio activa la conexión con ${command}.`,
  },
};
