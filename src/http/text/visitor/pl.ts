// What the pages of a sign-in say to visitors, in Polish.

import { markup } from '../../html';
import type { VisitorText } from './en';

export const pl: VisitorText = {
  sentences: {
    again: 'Nie udało się ukończyć logowania. Zacznij ponownie.',
    expired: 'To logowanie wygasło lub zostało już wykorzystane. Zacznij ponownie.',
    used: 'To logowanie zostało już wykorzystane lub trwało zbyt długo. Przejdź do witryny: jeśli logowanie tam nie nastąpiło, można zacząć ponownie.',
    rejected:
      'System logowania organizacji przysłał odpowiedź, której nie możemy przyjąć. Skontaktuj się z administratorem i podaj numer referencyjny poniżej.',
    idp: 'System logowania organizacji nie wykonał logowania. Spróbuj ponownie lub skontaktuj się z administratorem.',
    member:
      'Tym kontem nie można zalogować się do tej witryny. Jeśli masz inne konto, użyj go. W przeciwnym razie skontaktuj się z administratorem i podaj numer referencyjny poniżej.',
    blocked:
      'Twoje konto w tej witrynie jest zablokowane. Skontaktuj się z administratorem i podaj numer referencyjny poniżej.',
    pending:
      'Twoje konto w tej witrynie nie zostało jeszcze zatwierdzone. Skontaktuj się z administratorem i podaj numer referencyjny poniżej.',
    unverified:
      'Ktoś już zarejestrował się w tej witrynie z Twoim adresem. Skontaktuj się z administratorem i podaj numer referencyjny poniżej.',
    busy: 'Witryna jest teraz przeciążona. Spróbuj ponownie za kilka sekund.',
    away: 'Logowanie kontem organizacji jest w tej chwili niemożliwe. To nie Twoja wina: spróbuj ponownie za kilka minut.',
    broken: 'Po naszej stronie wystąpił błąd. Spróbuj ponownie później i podaj numer referencyjny poniżej.',
    setup:
      'Witryna nie jest skonfigurowana do tego logowania. Ponowna próba nie pomoże: powiadom osobę, która opiekuje się witryną, i podaj numer referencyjny poniżej.',
    link: 'Tego linku do konfiguracji nie można użyć: wygasł, został wycofany lub otwarto go wcześniej w innej przeglądarce. Poproś osobę, która go wysłała, o nowy. Jeśli nie był wcześniej otwierany, powiedz jej o tym.',
    changed: 'Ktoś inny zmienił te ustawienia w tej samej chwili. Wróć, odśwież stronę i sprawdź je.',
    signOut:
      'Nie udało się dokończyć wylogowania. Dla bezpieczeństwa zamknij wszystkie okna przeglądarki. Jeśli to się powtórzy, skontaktuj się z administratorem i podaj poniższy numer referencyjny.',
    request: 'Ten link lub to żądanie jest nieprawidłowe. Wróć do witryny i zacznij ponownie.',
  },
  refusal: {
    notSignedIn: 'Logowanie nie nastąpiło',
    badAddress: 'Ten adres nie działa',
    badLink: 'Ten link do konfiguracji nie działa',
    changed: 'Ktoś inny to zmienił',
    away: 'Logowanie jest teraz niedostępne',
    signOutFailed: 'Wylogowanie nie zostało dokończone',
    used: 'Już wykorzystane',
    goToSite: 'Przejdź do witryny',
    tryAgain: 'Spróbuj ponownie',
    goOn: 'Kontynuuj w witrynie',
    startAgain: 'Zacznij ponownie',
    otherAccount: 'Użyj innego konta',
    help: 'Pomoc organizacji',
    ask: (address) => markup`Zapytaj: ${address}. Link otwiera szkic wiadomości z potrzebnymi danymi.`,
    reference: 'Numer referencyjny:',
    code: 'Kod:',
    time: 'Czas:',
  },
  mail: {
    could: (site) =>
      site === undefined ? 'Nie udało mi się zalogować.' : `Nie udało mi się zalogować do ${site}.`,
    subject: (site, reference) =>
      site === undefined
        ? `Odrzucone logowanie (${reference})`
        : `Odrzucone logowanie do ${site} (${reference})`,
    forAdmin: 'Dla administratora:',
  },
  chooser: {
    title: 'Logowanie',
    choose: 'Wybierz swoją organizację.',
    notAvailable: (name) => markup`${name} (w tej chwili niedostępne)`,
    notSure: 'Nie wiesz, którą?',
    address: 'Służbowy adres e-mail',
    go: 'Dalej',
    undecided: 'Po tym adresie nie możemy rozpoznać organizacji. Sprawdź go lub wybierz organizację powyżej.',
    undecidedAlone: 'Po tym adresie nie możemy rozpoznać organizacji. Sprawdź go lub zacznij w witrynie.',
  },
  confirm: {
    account: (name) => markup`Nastąpi logowanie kontem <strong>${name}</strong>.`,
    go: 'Kontynuuj z kontem firmowym',
    other: 'Wybierz inną organizację',
  },
  onward: {
    title: 'Trwa logowanie…',
    text: 'Następuje powrót do witryny. Jeśli nic się nie dzieje, użyj tego linku.',
    go: 'Kontynuuj w witrynie',
  },
  toIdp: {
    title: 'Trwa logowanie',
    heading: 'Chwileczkę…',
    text: 'Następuje przejście do strony logowania organizacji. Jeśli nic się nie dzieje, użyj przycisku.',
    go: 'Dalej',
  },
  signingOut: {
    title: 'Trwa wylogowanie…',
    toSite: 'Trwa przekierowanie. Jeśli nic się nie dzieje, użyj tego linku.',
    toIdp: 'Trwa przekierowanie na stronę wylogowania organizacji. Jeśli nic się nie dzieje, użyj przycisku.',
    go: 'Dalej',
    done: 'Wylogowano',
    close: 'Możesz zamknąć to okno.',
  },
};
