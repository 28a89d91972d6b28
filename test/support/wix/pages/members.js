// Page code of the emulated site's members page.

import { currentMember } from 'wix-members-frontend';

$w.onReady(async () => {
  const member = await currentMember.getMember();
  $w('#greeting').text = member ? `Welcome, ${member.profile.nickname}.` : 'This page is for members.';
});
