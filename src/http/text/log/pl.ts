// What the pages of the sign-in log say, in Polish.

import type { LogText } from './en';

export const pl: LogText = {
  title: 'Dziennik logowań',
  setup: 'Konfiguracja',
  inviteTitle: 'Zobacz dziennik logowań',
  inviteWhat:
    'Tutaj widać, kto próbował zalogować się przez Państwa dostawcę tożsamości, co z tego wynikło i co zmienić, gdy komuś odmówiono. Niczego nie można tu zmienić.',
  inviteOpen: 'Otwórz dziennik logowań',
  intro:
    'Kto próbował się zalogować, od najnowszych, w UTC. Adresy są pokazane bez części wskazującej osobę.',
  none: 'Nie ma niczego takiego. Próby pojawiają się tu po kilku sekundach.',
  off: 'Operator nie prowadzi dziennika logowań.',
  began: 'Początek',
  state: 'Co z tego wynikło',
  person: 'Adres',
  open: 'Otwórz',
  older: 'Starsze',
  csv: 'Pobierz jako CSV',
  back: 'Wróć do dziennika',
  filter: 'Pokaż tylko',
  all: 'Wszystko',
  reference: 'Numer ze strony błędu',
  go: 'Pokaż',
  onePerson: 'Jedna osoba, według adresu',
  personNote: 'Adres jest zamieniany na kod, który pozwala go odnaleźć, i nie jest przechowywany.',
  personGo: 'Szukaj tej osoby',
  ofOne: 'Pokazane są tylko próby jednej osoby.',
  reset: 'Pokaż wszystko',
  attempt: 'Jedna próba',
  happened: 'Co się stało',
  keys: 'Podpisano kluczem',
  personCode: 'Osoba, jako kod',
  noVerdicts: 'Z tej próby zachowano tylko kod.',
  timedOut:
    'Państwa dostawca tożsamości niczego nie odesłał. Zwykle pokazał własny błąd: czy osoba jest tam przypisana do aplikacji?',
  notCollected:
    'Odpowiedź była prawidłowa, ale strona witryny nie odebrała sesji. Prosimy powiadomić osobę prowadzącą witrynę.',
  states: {
    inProgress: 'W toku',
    signedIn: 'Zalogowano',
    refused: 'Odmówiono',
    timedOut: 'Nic nie wróciło',
    notCollected: 'Niedokończone w witrynie',
    notSignedIn: 'Nikt tam nie jest zalogowany',
  },
  steps: {
    started: 'Wysłano do Państwa dostawcy tożsamości',
    accepted: 'Odpowiedź Państwa dostawcy tożsamości została przyjęta',
    waits: 'Czeka w kolejce do witryny',
    redeemed: 'Zalogowano w witrynie',
    refused: 'Odmówiono',
    notSignedIn: 'Państwa dostawca tożsamości odpowiedział, że nikt nie jest tam zalogowany',
    manyRefused: 'Odmówiono tak wiele razy naraz, że tylko policzono',
  },
  experience: {
    title: 'Według ostatnich logowań',
    pass: (all, pass) => `Z ostatnich logowań (${all}) powiodłoby się: ${pass}.`,
    otherIdentityProvider: 'Od innego dostawcy tożsamości niż ten',
    missingKey: 'Podpisane certyfikatem, którego tu nie ma',
    noAddress: 'Bez adresu w miejscu, gdzie byłby szukany',
    otherAddress: 'Z innym adresem w tym miejscu: te osoby stałyby się w witrynie kimś innym',
    wait: 'Proszę się upewnić, że dostawca tożsamości naprawdę się zmienił, zanim to zostanie aktywowane.',
  },
};
