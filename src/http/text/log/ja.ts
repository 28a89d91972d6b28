// What the pages of the sign-in log say, in Japanese.

import type { LogText } from './en';

export const ja: LogText = {
  title: 'サインイン記録',
  setup: '設定',
  inviteTitle: 'サインイン記録を見る',
  inviteWhat:
    'ここでは、御社の ID プロバイダーでサインインしようとした人、その結果、拒否された場合に変更すべき点を確認できます。ここで変更できるものはありません。',
  inviteOpen: 'サインイン記録を開く',
  intro:
    'サインインしようとした人を新しい順に UTC で表示します。アドレスは個人を示す部分を除いて表示されます。',
  none: '該当するものはありません。試行は数秒後にここに表示されます。',
  off: '運営者はサインイン記録を残していません。',
  began: '開始',
  state: '結果',
  person: 'アドレス',
  open: '開く',
  older: '以前のもの',
  csv: 'CSV をダウンロード',
  back: '記録に戻る',
  filter: '絞り込み',
  all: 'すべて',
  reference: 'エラーページの参照番号',
  go: '表示',
  onePerson: 'アドレスで一人を探す',
  personNote: 'アドレスは照合用の符号に変えられ、保存されません。',
  personGo: 'この人を探す',
  ofOne: '一人の試行だけを表示しています。',
  reset: 'すべて表示',
  attempt: '一件の試行',
  happened: '起きたこと',
  keys: '署名した鍵',
  personCode: '人物（符号）',
  noVerdicts: 'この試行はコードだけが残されています。',
  timedOut:
    'ID プロバイダーから何も返ってきませんでした。多くの場合、そちらでエラーが表示されています。その人はアプリケーションに割り当てられていますか。',
  notCollected:
    '応答は正しいものでしたが、サイトのページがセッションを受け取りませんでした。サイトの運営者に知らせてください。',
  states: {
    inProgress: '進行中',
    signedIn: 'サインイン済み',
    refused: '拒否',
    timedOut: '応答なし',
    notCollected: 'サイトで完了せず',
    notSignedIn: '未サインイン',
  },
  steps: {
    started: 'ID プロバイダーに送りました',
    accepted: 'ID プロバイダーの応答を受け入れました',
    waits: 'サイトの順番を待っています',
    redeemed: 'サイトにサインインしました',
    refused: '拒否しました',
    notSignedIn: 'ID プロバイダーは、そこに誰もサインインしていないと答えました',
    manyRefused: '一度に多数拒否されたため、件数だけを数えました',
  },
  experience: {
    title: '最近のサインインによる判定',
    pass: (all, pass) => `最近のサインイン ${all} 件のうち ${pass} 件が通ります。`,
    otherIdentityProvider: 'これとは別の ID プロバイダーからのもの',
    missingKey: 'ここにない証明書で署名されたもの',
    noAddress: '探す場所にアドレスがないもの',
    otherAddress: 'そこに別のアドレスがあるもの：その人はサイトで別人になります',
    wait: '有効にする前に、ID プロバイダーが実際に切り替わったことを確かめてください。',
  },
};
