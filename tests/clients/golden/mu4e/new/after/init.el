;; Mail of anna@example.org
(setq user-full-name "Anna Müller"
      user-mail-address "anna@example.org"
      send-mail-function 'smtpmail-send-it
      message-send-mail-function 'smtpmail-send-it
      smtpmail-smtp-server "smtp.example.org"
      smtpmail-smtp-service 587
      smtpmail-stream-type 'starttls
      smtpmail-smtp-user "anna")
;; passwords are looked up in the keyring
(with-eval-after-load 'auth-source (add-to-list 'auth-sources 'default))

(setq mail-user-agent 'mu4e-user-agent
      mu4e-get-mail-command "mbsync -c '@HOME@/profile/.mbsyncrc' anna"
      mu4e-change-filenames-when-moving t
      mu4e-sent-folder "/anna/Sent"
      mu4e-drafts-folder "/anna/Drafts"
      mu4e-trash-folder "/anna/Trash"
      mu4e-refile-folder "/anna/Archive"
      mu4e-sent-messages-behavior 'sent)
