user_pref("mail.biff.play_sound", false);
