;; Mail of b.oneill+x@example.org
(setq user-full-name "Bert \"Bertl\" O'Neill; #1 $x \\ %41 `id`"
      user-mail-address "b.oneill+x@example.org"
      send-mail-function 'smtpmail-send-it
      message-send-mail-function 'smtpmail-send-it
      smtpmail-smtp-server "smtp.example.org"
      smtpmail-smtp-service 465
      smtpmail-stream-type 'ssl
      smtpmail-smtp-user "b\"\\o'ne ill%#;$`@x")
(setq gnus-select-method
      '(nnimap "imap.example.org"
               (nnimap-address "imap.example.org")
               (nnimap-server-port "993")
               (nnimap-stream ssl)
               (nnimap-user "b\"\\o'ne ill%#;$`@x")))
;; passwords are looked up in the keyring
(with-eval-after-load 'auth-source (add-to-list 'auth-sources 'default))
