// Every sentence that a visitor can see, by language, in one place: change one, add a language, or take one out. English
// is what is said where a language or a sentence is missing.

export const messages = {
  en: {
    preview:
      'Single sign-on does not work in the preview. Publish the site and open the published page to try it.',
    starting: 'Taking you to your company’s sign-in page…',
    redeeming: 'Signing you in…',
    slow: 'This takes longer than usual. Please keep this page open…',
    arrived: 'You are signed in. One moment…',
    signedIn: 'You are already signed in.',
    choose: 'Sign in with your company account to continue.',
    signedOut: 'You are signed out of this site.',
    signedOutEverywhere: 'You are signed out here and at your company.',
    signedOutPartly:
      'You are signed out of this site. Something else of your company’s may still be signed in: to be safe, close the browser.',
    sessionEnded: 'Your session has ended. Please sign in again.',
    stillHere: 'If nothing happens, please use the button.',
    error: 'Signing in did not work. Please try again.',
    notSetUp:
      'Signing in did not work because this site is not set up for it. Trying again will not help: please tell the person who looks after the site.',

    otherTab: 'This sign-in was started in another tab or window, or long ago. Please start again here.',
    expired: 'This sign-in took too long or was already used. Please sign in again.',
    refused:
      'You cannot sign in to this site with this account. Please ask the person who looks after the site.',
    blocked:
      'Your account on this site is blocked. Please ask the person who looks after the site to unblock it.',
    pending:
      'Your account waits until the person who looks after the site approves it. You can sign in after that.',
    unverified:
      'Someone has already registered on this site with your address. Please ask the person who looks after the site to confirm that account.',
    busy: 'The site is busy at the moment. Please try again in a minute.',
    unreachable: 'The sign-in service cannot be reached. Check your connection and try again.',
    notApplied: 'The site did not accept the sign-in. Please try again.',
    notStarted: 'The sign-in could not be started. Check your connection and try again.',
    storageBlocked:
      'Your browser does not let this page remember the sign-in. Allow site data for this site and try again.',

    referenceLabel: 'Reference:',
    signInLabel: 'Sign in',
    signOutLabel: 'Sign out',
    continueLabel: 'Continue',
  },

  de: {
    preview:
      'Die Anmeldung funktioniert in der Vorschau nicht. Veröffentlichen Sie die Website und öffnen Sie die veröffentlichte Seite, um sie auszuprobieren.',
    starting: 'Sie werden zur Anmeldeseite Ihres Unternehmens weitergeleitet …',
    redeeming: 'Sie werden angemeldet …',
    slow: 'Das dauert länger als sonst. Bitte lassen Sie diese Seite geöffnet …',
    arrived: 'Sie sind angemeldet. Einen Moment …',
    signedIn: 'Sie sind bereits angemeldet.',
    choose: 'Melden Sie sich mit Ihrem Firmenkonto an, um fortzufahren.',
    signedOut: 'Sie sind von dieser Website abgemeldet.',
    signedOutEverywhere: 'Sie sind hier und in Ihrer Firma abgemeldet.',
    signedOutPartly:
      'Sie sind von dieser Website abgemeldet. Anderes in Ihrer Firma ist vielleicht noch angemeldet: Schließen Sie zur Sicherheit den Browser.',
    sessionEnded: 'Ihre Sitzung ist beendet. Bitte melden Sie sich noch einmal an.',
    stillHere: 'Falls nichts geschieht, benutzen Sie bitte die Schaltfläche.',
    error: 'Die Anmeldung hat nicht funktioniert. Bitte versuchen Sie es noch einmal.',
    notSetUp:
      'Die Anmeldung hat nicht funktioniert, weil diese Website nicht dafür eingerichtet ist. Ein neuer Versuch hilft nicht: Bitte sagen Sie es der Person, die die Website betreut.',
    otherTab:
      'Diese Anmeldung wurde in einem anderen Tab oder Fenster oder vor längerer Zeit begonnen. Bitte beginnen Sie hier noch einmal.',
    expired:
      'Diese Anmeldung hat zu lange gedauert oder wurde schon verwendet. Bitte melden Sie sich noch einmal an.',
    refused:
      'Mit diesem Konto können Sie sich auf dieser Website nicht anmelden. Bitte wenden Sie sich an die Person, die die Website betreut.',
    blocked:
      'Ihr Konto ist auf dieser Website gesperrt. Bitten Sie die Person, die die Website betreut, es zu entsperren.',
    pending:
      'Ihr Konto muss noch von der Person freigegeben werden, die die Website betreut. Danach können Sie sich anmelden.',
    unverified:
      'Mit Ihrer Adresse hat sich auf dieser Website schon jemand registriert. Bitte bitten Sie die Person, die die Website betreut, dieses Konto zu bestätigen.',
    busy: 'Die Website ist gerade überlastet. Bitte versuchen Sie es in einer Minute noch einmal.',
    unreachable:
      'Der Anmeldedienst ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    notApplied: 'Die Website hat die Anmeldung nicht angenommen. Bitte versuchen Sie es noch einmal.',
    notStarted:
      'Die Anmeldung konnte nicht begonnen werden. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    storageBlocked:
      'Ihr Browser erlaubt dieser Seite nicht, sich die Anmeldung zu merken. Erlauben Sie Websitedaten für diese Website und versuchen Sie es noch einmal.',
    referenceLabel: 'Referenz:',
    signInLabel: 'Anmelden',
    signOutLabel: 'Abmelden',
    continueLabel: 'Weiter',
  },

  fr: {
    preview:
      'La connexion ne fonctionne pas dans l’aperçu. Publiez le site et ouvrez la page publiée pour l’essayer.',
    starting: 'Redirection vers la page de connexion de votre entreprise…',
    redeeming: 'Connexion en cours…',
    slow: 'Cela prend plus de temps que d’habitude. Veuillez garder cette page ouverte…',
    arrived: 'Vous êtes connecté. Un instant…',
    signedIn: 'Vous êtes déjà connecté.',
    choose: 'Connectez-vous avec votre compte d’entreprise pour continuer.',
    signedOut: 'Vous êtes déconnecté de ce site.',
    signedOutEverywhere: 'Vous êtes déconnecté ici et dans votre entreprise.',
    signedOutPartly:
      'Vous êtes déconnecté de ce site. D’autres services de votre entreprise sont peut-être encore ouverts : par précaution, fermez le navigateur.',
    sessionEnded: 'Votre session est terminée. Veuillez vous reconnecter.',
    stillHere: 'Si rien ne se passe, utilisez le bouton.',
    error: 'La connexion n’a pas fonctionné. Veuillez réessayer.',
    notSetUp:
      'La connexion n’a pas fonctionné, car ce site n’est pas configuré pour cela. Réessayer ne servira à rien : veuillez prévenir la personne qui s’occupe du site.',
    otherTab:
      'Cette connexion a été commencée dans un autre onglet ou une autre fenêtre, ou il y a longtemps. Veuillez recommencer ici.',
    expired: 'Cette connexion a pris trop de temps ou a déjà été utilisée. Veuillez vous reconnecter.',
    refused:
      'Vous ne pouvez pas vous connecter à ce site avec ce compte. Veuillez vous adresser à la personne qui s’occupe du site.',
    blocked:
      'Votre compte est bloqué sur ce site. Demandez à la personne qui s’occupe du site de le débloquer.',
    pending:
      'Votre compte doit encore être approuvé par la personne qui s’occupe du site. Vous pourrez ensuite vous connecter.',
    unverified:
      'Quelqu’un s’est déjà inscrit sur ce site avec votre adresse. Veuillez demander à la personne responsable du site de confirmer ce compte.',
    busy: 'Le site est très sollicité en ce moment. Veuillez réessayer dans une minute.',
    unreachable: 'Le service de connexion est injoignable. Vérifiez votre connexion Internet et réessayez.',
    notApplied: 'Le site n’a pas accepté la connexion. Veuillez réessayer.',
    notStarted: 'La connexion n’a pas pu être lancée. Vérifiez votre connexion Internet et réessayez.',
    storageBlocked:
      'Votre navigateur ne permet pas à cette page de mémoriser la connexion. Autorisez les données de ce site et réessayez.',
    referenceLabel: 'Référence :',
    signInLabel: 'Se connecter',
    signOutLabel: 'Se déconnecter',
    continueLabel: 'Continuer',
  },

  es: {
    preview:
      'El inicio de sesión no funciona en la vista previa. Publica el sitio y abre la página publicada para probarlo.',
    starting: 'Te llevamos a la página de inicio de sesión de tu empresa…',
    redeeming: 'Iniciando sesión…',
    slow: 'Está tardando más de lo habitual. Deja esta página abierta…',
    arrived: 'Has iniciado sesión. Un momento…',
    signedIn: 'Ya has iniciado sesión.',
    choose: 'Inicia sesión con tu cuenta de empresa para continuar.',
    signedOut: 'Has cerrado la sesión en este sitio.',
    signedOutEverywhere: 'Has cerrado la sesión aquí y en tu empresa.',
    signedOutPartly:
      'Has cerrado la sesión en este sitio. Puede que otros servicios de tu empresa sigan abiertos: por seguridad, cierra el navegador.',
    sessionEnded: 'Tu sesión ha terminado. Inicia sesión de nuevo.',
    stillHere: 'Si no ocurre nada, usa el botón.',
    error: 'No se pudo iniciar sesión. Inténtalo de nuevo.',
    notSetUp:
      'No se pudo iniciar sesión porque este sitio no está configurado para ello. Volver a intentarlo no servirá: avisa a la persona que se ocupa del sitio.',
    otherTab:
      'Este inicio de sesión empezó en otra pestaña o ventana, o hace mucho tiempo. Empieza de nuevo aquí.',
    expired: 'Este inicio de sesión tardó demasiado o ya se ha utilizado. Inicia sesión de nuevo.',
    refused:
      'No puedes iniciar sesión en este sitio con esta cuenta. Habla con la persona que se ocupa del sitio.',
    blocked:
      'Tu cuenta está bloqueada en este sitio. Pide a la persona que se ocupa del sitio que la desbloquee.',
    pending:
      'Tu cuenta está pendiente de que la apruebe la persona que se ocupa del sitio. Después podrás iniciar sesión.',
    unverified:
      'Alguien ya se registró en este sitio con su dirección. Pida a la persona encargada del sitio que confirme esa cuenta.',
    busy: 'El sitio está muy ocupado en este momento. Inténtalo de nuevo dentro de un minuto.',
    unreachable:
      'No se puede conectar con el servicio de inicio de sesión. Comprueba tu conexión e inténtalo de nuevo.',
    notApplied: 'El sitio no aceptó el inicio de sesión. Inténtalo de nuevo.',
    notStarted: 'No se pudo empezar el inicio de sesión. Comprueba tu conexión e inténtalo de nuevo.',
    storageBlocked:
      'Tu navegador no permite que esta página recuerde el inicio de sesión. Permite los datos de este sitio e inténtalo de nuevo.',
    referenceLabel: 'Referencia:',
    signInLabel: 'Iniciar sesión',
    signOutLabel: 'Cerrar sesión',
    continueLabel: 'Continuar',
  },

  it: {
    preview:
      'L’accesso non funziona nell’anteprima. Pubblica il sito e apri la pagina pubblicata per provarlo.',
    starting: 'Ti portiamo alla pagina di accesso della tua azienda…',
    redeeming: 'Accesso in corso…',
    slow: 'Ci vuole più tempo del solito. Tieni aperta questa pagina…',
    arrived: 'Hai effettuato l’accesso. Un momento…',
    signedIn: 'Hai già effettuato l’accesso.',
    choose: 'Accedi con il tuo account aziendale per continuare.',
    signedOut: 'Hai effettuato l’uscita da questo sito.',
    signedOutEverywhere: 'Hai effettuato l’uscita qui e nella tua azienda.',
    signedOutPartly:
      'Hai effettuato l’uscita da questo sito. Altri servizi della tua azienda potrebbero essere ancora aperti: per sicurezza chiudi il browser.',
    sessionEnded: 'La tua sessione è terminata. Accedi di nuovo.',
    stillHere: 'Se non succede nulla, usa il pulsante.',
    error: 'L’accesso non è riuscito. Riprova.',
    notSetUp:
      'L’accesso non è riuscito perché questo sito non è configurato per consentirlo. Riprovare non servirà: avvisa la persona che si occupa del sito.',
    otherTab:
      'Questo accesso è stato iniziato in un’altra scheda o finestra, oppure molto tempo fa. Ricomincia da qui.',
    expired: 'Questo accesso ha richiesto troppo tempo o è già stato usato. Accedi di nuovo.',
    refused:
      'Non puoi accedere a questo sito con questo account. Rivolgiti alla persona che si occupa del sito.',
    blocked:
      'Il tuo account è bloccato su questo sito. Chiedi alla persona che si occupa del sito di sbloccarlo.',
    pending:
      'Il tuo account è in attesa di approvazione da parte della persona che si occupa del sito. Dopo potrai accedere.',
    unverified:
      'Qualcuno si è già registrato su questo sito con il suo indirizzo. Chieda a chi gestisce il sito di confermare quell’account.',
    busy: 'Il sito è molto occupato in questo momento. Riprova tra un minuto.',
    unreachable: 'Il servizio di accesso non è raggiungibile. Controlla la connessione e riprova.',
    notApplied: 'Il sito non ha accettato l’accesso. Riprova.',
    notStarted: 'Non è stato possibile avviare l’accesso. Controlla la connessione e riprova.',
    storageBlocked:
      'Il tuo browser non permette a questa pagina di ricordare l’accesso. Consenti i dati di questo sito e riprova.',
    referenceLabel: 'Riferimento:',
    signInLabel: 'Accedi',
    signOutLabel: 'Esci',
    continueLabel: 'Continua',
  },

  pt: {
    preview:
      'O início de sessão não funciona na pré-visualização. Publique o site e abra a página publicada para experimentar.',
    starting: 'Vamos levar você à página de início de sessão da sua empresa…',
    redeeming: 'Iniciando a sessão…',
    slow: 'Está demorando mais do que o habitual. Mantenha esta página aberta…',
    arrived: 'A sessão foi iniciada. Um momento…',
    signedIn: 'A sua sessão já está iniciada.',
    choose: 'Inicie sessão com a conta da sua empresa para continuar.',
    signedOut: 'A sua sessão neste site foi encerrada.',
    signedOutEverywhere: 'A sua sessão aqui e na sua empresa foi encerrada.',
    signedOutPartly:
      'A sua sessão neste site foi encerrada. Outros serviços da sua empresa podem continuar abertos: por segurança, feche o navegador.',
    sessionEnded: 'A sua sessão terminou. Inicie sessão novamente.',
    stillHere: 'Se nada acontecer, use o botão.',
    error: 'Não foi possível iniciar sessão. Tente novamente.',
    notSetUp:
      'Não foi possível iniciar sessão porque este site não está configurado para isso. Tentar de novo não vai ajudar: avise a pessoa que cuida do site.',
    otherTab: 'Este início de sessão começou em outra aba ou janela, ou há muito tempo. Comece de novo aqui.',
    expired: 'Este início de sessão demorou demais ou já foi usado. Inicie sessão novamente.',
    refused: 'Não é possível iniciar sessão neste site com esta conta. Fale com a pessoa que cuida do site.',
    blocked: 'A sua conta está bloqueada neste site. Peça à pessoa que cuida do site para desbloqueá-la.',
    pending:
      'A sua conta aguarda a aprovação da pessoa que cuida do site. Depois disso, poderá iniciar sessão.',
    unverified:
      'Alguém já se registou neste site com o seu endereço. Peça à pessoa responsável pelo site que confirme essa conta.',
    busy: 'O site está muito ocupado no momento. Tente novamente em um minuto.',
    unreachable:
      'Não é possível contatar o serviço de início de sessão. Verifique a sua conexão com a internet e tente novamente.',
    notApplied: 'O site não aceitou o início de sessão. Tente novamente.',
    notStarted:
      'Não foi possível começar o início de sessão. Verifique a sua conexão com a internet e tente novamente.',
    storageBlocked:
      'O seu navegador não deixa esta página memorizar o início de sessão. Permita os dados deste site e tente novamente.',
    referenceLabel: 'Referência:',
    signInLabel: 'Iniciar sessão',
    signOutLabel: 'Sair',
    continueLabel: 'Continuar',
  },

  nl: {
    preview:
      'Inloggen werkt niet in het voorbeeld. Publiceer de site en open de gepubliceerde pagina om het te proberen.',
    starting: 'U gaat naar de inlogpagina van uw bedrijf…',
    redeeming: 'U wordt ingelogd…',
    slow: 'Dit duurt langer dan normaal. Houd deze pagina open…',
    arrived: 'U bent ingelogd. Een ogenblik…',
    signedIn: 'U bent al ingelogd.',
    choose: 'Log in met uw bedrijfsaccount om verder te gaan.',
    signedOut: 'U bent uitgelogd van deze site.',
    signedOutEverywhere: 'U bent hier en bij uw bedrijf uitgelogd.',
    signedOutPartly:
      'U bent uitgelogd van deze site. Misschien bent u elders bij uw bedrijf nog ingelogd: sluit voor de zekerheid de browser.',
    sessionEnded: 'Uw sessie is beëindigd. Log opnieuw in.',
    stillHere: 'Gebruik de knop als er niets gebeurt.',
    error: 'Het inloggen is niet gelukt. Probeer het opnieuw.',
    notSetUp:
      'Het inloggen is niet gelukt omdat deze site er niet voor is ingericht. Opnieuw proberen helpt niet: laat het weten aan degene die de site beheert.',
    otherTab:
      'Deze aanmelding is in een ander tabblad of venster begonnen, of lang geleden. Begin hier opnieuw.',
    expired: 'Deze aanmelding duurde te lang of is al gebruikt. Log opnieuw in.',
    refused:
      'U kunt met dit account niet inloggen op deze site. Neem contact op met degene die de site beheert.',
    blocked:
      'Uw account is op deze site geblokkeerd. Vraag degene die de site beheert om het te deblokkeren.',
    pending:
      'Uw account moet nog worden goedgekeurd door degene die de site beheert. Daarna kunt u inloggen.',
    unverified:
      'Iemand heeft zich al eerder met uw adres op deze site geregistreerd. Vraag de beheerder van de site om dat account te bevestigen.',
    busy: 'De site is op dit moment druk bezet. Probeer het over een minuut opnieuw.',
    unreachable: 'De inlogdienst is niet bereikbaar. Controleer uw verbinding en probeer het opnieuw.',
    notApplied: 'De site heeft de aanmelding niet geaccepteerd. Probeer het opnieuw.',
    notStarted: 'Het inloggen kon niet worden gestart. Controleer uw verbinding en probeer het opnieuw.',
    storageBlocked:
      'Uw browser laat deze pagina de aanmelding niet onthouden. Sta sitegegevens voor deze site toe en probeer het opnieuw.',
    referenceLabel: 'Referentie:',
    signInLabel: 'Inloggen',
    signOutLabel: 'Uitloggen',
    continueLabel: 'Doorgaan',
  },

  pl: {
    preview:
      'Logowanie nie działa w podglądzie. Opublikuj witrynę i otwórz opublikowaną stronę, aby je wypróbować.',
    starting: 'Przechodzimy do strony logowania Twojej firmy…',
    redeeming: 'Trwa logowanie…',
    slow: 'To trwa dłużej niż zwykle. Nie zamykaj tej strony…',
    arrived: 'Logowanie powiodło się. Chwileczkę…',
    signedIn: 'Masz już otwartą sesję w tej witrynie.',
    choose: 'Zaloguj się kontem firmowym, aby przejść dalej.',
    signedOut: 'Wylogowano z tej witryny.',
    signedOutEverywhere: 'Wylogowano z tej witryny i z kont firmowych.',
    signedOutPartly:
      'Wylogowano z tej witryny. Inne usługi firmy mogą być nadal otwarte: dla bezpieczeństwa zamknij przeglądarkę.',
    sessionEnded: 'Sesja się zakończyła. Zaloguj się ponownie.',
    stillHere: 'Jeśli nic się nie dzieje, użyj przycisku.',
    error: 'Logowanie się nie powiodło. Spróbuj ponownie.',
    notSetUp:
      'Logowanie się nie powiodło, ponieważ ta witryna nie jest do niego skonfigurowana. Ponowna próba nie pomoże: powiadom osobę, która opiekuje się witryną.',
    otherTab: 'To logowanie rozpoczęto w innej karcie lub oknie albo dawno temu. Zacznij ponownie tutaj.',
    expired: 'To logowanie trwało zbyt długo lub zostało już wykorzystane. Zaloguj się ponownie.',
    refused:
      'Nie możesz zalogować się do tej witryny tym kontem. Skontaktuj się z osobą, która opiekuje się witryną.',
    blocked:
      'Twoje konto w tej witrynie jest zablokowane. Poproś osobę, która opiekuje się witryną, o odblokowanie.',
    pending:
      'Twoje konto czeka na zatwierdzenie przez osobę, która opiekuje się witryną. Potem można będzie się zalogować.',
    unverified:
      'Ktoś już wcześniej zarejestrował się w tej witrynie z tym adresem. Poproś osobę, która opiekuje się witryną, o potwierdzenie tego konta.',
    busy: 'Witryna jest teraz przeciążona. Spróbuj ponownie za minutę.',
    unreachable: 'Nie można połączyć się z usługą logowania. Sprawdź połączenie i spróbuj ponownie.',
    notApplied: 'Witryna nie przyjęła logowania. Spróbuj ponownie.',
    notStarted: 'Nie udało się rozpocząć logowania. Sprawdź połączenie i spróbuj ponownie.',
    storageBlocked:
      'Przeglądarka nie pozwala tej stronie zapamiętać logowania. Zezwól na dane tej witryny i spróbuj ponownie.',
    referenceLabel: 'Numer referencyjny:',
    signInLabel: 'Zaloguj się',
    signOutLabel: 'Wyloguj się',
    continueLabel: 'Dalej',
  },

  ja: {
    preview: 'プレビューではサインインできません。サイトを公開し、公開されたページを開いてお試しください。',
    starting: '会社のサインインページに移動しています…',
    redeeming: 'サインインしています…',
    slow: '通常より時間がかかっています。このページを開いたままお待ちください…',
    arrived: 'サインインしました。少々お待ちください…',
    signedIn: 'すでにサインインしています。',
    choose: '続けるには、会社のアカウントでサインインしてください。',
    signedOut: 'このサイトからサインアウトしました。',
    signedOutEverywhere: 'このサイトと会社のアカウントからサインアウトしました。',
    signedOutPartly:
      'このサイトからサインアウトしました。会社のほかのサービスにはまだサインインしている可能性があります。念のため、ブラウザを閉じてください。',
    sessionEnded: 'セッションが終了しました。もう一度サインインしてください。',
    stillHere: '画面が変わらない場合は、ボタンを押してください。',
    error: 'サインインできませんでした。もう一度お試しください。',
    notSetUp:
      'このサイトではサインインの設定が完了していないため、サインインできませんでした。もう一度試しても解決しません。サイトの管理者にお知らせください。',
    otherTab:
      'このサインインは、別のタブやウィンドウで始められたか、時間がたちすぎています。ここからもう一度やり直してください。',
    expired: 'このサインインは時間がかかりすぎたか、すでに使用されています。もう一度サインインしてください。',
    refused: 'このアカウントではこのサイトにサインインできません。サイトの管理者にお問い合わせください。',
    blocked:
      'あなたのアカウントはこのサイトでブロックされています。解除については、サイトの管理者にお問い合わせください。',
    pending: 'あなたのアカウントは、サイトの管理者の承認を待っています。承認後にサインインできます。',
    unverified:
      'このメールアドレスは以前にこのサイトで登録されています。サイトの管理者にそのアカウントの確認を依頼してください。',
    busy: 'サイトが混み合っています。1分後にもう一度お試しください。',
    unreachable: 'サインインサービスに接続できません。接続を確認して、もう一度お試しください。',
    notApplied: 'サイトがサインインを受け付けませんでした。もう一度お試しください。',
    notStarted: 'サインインを開始できませんでした。接続を確認して、もう一度お試しください。',
    storageBlocked:
      'ブラウザーの設定により、このページはサインインの情報を保存できません。このサイトのデータの保存を許可して、もう一度お試しください。',
    referenceLabel: '参照番号:',
    signInLabel: 'サインイン',
    signOutLabel: 'サインアウト',
    continueLabel: '続ける',
  },

  he: {
    preview: 'הכניסה אינה פועלת בתצוגה המקדימה. כדי לנסות אותה, יש לפרסם את האתר ולפתוח את הדף שפורסם.',
    starting: 'מעבירים אותך לדף הכניסה של החברה שלך…',
    redeeming: 'מתבצעת כניסה…',
    slow: 'זה לוקח יותר זמן מהרגיל. נא להשאיר את הדף הזה פתוח…',
    arrived: 'הכניסה הושלמה. רק רגע…',
    signedIn: 'כבר נכנסת לאתר.',
    choose: 'כדי להמשיך, יש להיכנס עם חשבון החברה.',
    signedOut: 'יצאת מהאתר הזה.',
    signedOutEverywhere: 'יצאת מהאתר הזה ומחשבון החברה.',
    signedOutPartly:
      'יצאת מהאתר הזה. ייתכן ששירותים אחרים של החברה עדיין פתוחים: ליתר ביטחון, יש לסגור את הדפדפן.',
    sessionEnded: 'הכניסה שלך לאתר הסתיימה. נא להיכנס שוב.',
    stillHere: 'אם שום דבר לא קורה, אפשר להשתמש בכפתור.',
    error: 'הכניסה לא הצליחה. נא לנסות שוב.',
    notSetUp: 'הכניסה לא הצליחה כי האתר אינו מוגדר לכך. ניסיון נוסף לא יעזור: נא להודיע למי שאחראי על האתר.',
    otherTab: 'הכניסה הזאת התחילה בכרטיסייה או בחלון אחרים, או לפני זמן רב. נא להתחיל כאן מחדש.',
    expired: 'הכניסה הזאת נמשכה זמן רב מדי או שכבר נעשה בה שימוש. נא להיכנס שוב.',
    refused: 'אי אפשר להיכנס לאתר הזה עם החשבון הזה. נא לפנות למי שאחראי על האתר.',
    blocked: 'החשבון שלך באתר הזה חסום. כדי לבטל את החסימה, נא לפנות למי שאחראי על האתר.',
    pending: 'החשבון שלך ממתין לאישור של מי שאחראי על האתר. לאחר האישור אפשר יהיה להיכנס.',
    unverified: 'מישהו כבר נרשם באתר זה עם הכתובת שלך. יש לבקש מהאחראי על האתר לאשר את החשבון הזה.',
    busy: 'האתר עמוס כרגע. נא לנסות שוב בעוד דקה.',
    unreachable: 'אי אפשר להתחבר לשירות הכניסה. נא לבדוק את החיבור ולנסות שוב.',
    notApplied: 'האתר לא קיבל את הכניסה. נא לנסות שוב.',
    notStarted: 'אי אפשר היה להתחיל את הכניסה. נא לבדוק את החיבור ולנסות שוב.',
    storageBlocked: 'הדפדפן אינו מאפשר לדף הזה לזכור את הכניסה. נא לאפשר נתוני אתר לאתר הזה ולנסות שוב.',
    referenceLabel: 'מספר אסמכתה:',
    signInLabel: 'כניסה',
    signOutLabel: 'יציאה',
    continueLabel: 'המשך',
  },
};
