;; Mail of b.oneill+x@example.org
(setq user-full-name "Bert \"Bertl\" O'Neill; #1 $x \\ %41 `id`"
      user-mail-address "b.oneill+x@example.org"
      send-mail-function 'smtpmail-send-it
      message-send-mail-function 'smtpmail-send-it
      smtpmail-smtp-server "smtp.example.org"
      smtpmail-smtp-service 465
      smtpmail-stream-type 'ssl
      smtpmail-smtp-user "b\"\\o'ne ill%#;$`@x")
;; passwords are looked up in the keyring
(with-eval-after-load 'auth-source (add-to-list 'auth-sources 'default))

(setq mail-user-agent 'mu4e-user-agent
      mu4e-get-mail-command "mbsync -c '@HOME@/profile/.mbsyncrc' b__o_ne_ill_____@x"
      mu4e-change-filenames-when-moving t
      mu4e-sent-folder "/b__o_ne_ill_____@x/Sent"
      mu4e-drafts-folder "/b__o_ne_ill_____@x/Drafts"
      mu4e-trash-folder "/b__o_ne_ill_____@x/Trash"
      mu4e-refile-folder "/b__o_ne_ill_____@x/Archive"
      mu4e-sent-messages-behavior 'sent)
