
user_pref("a", "b);
