(use-package mu4e ; mine
  :config
  (setq mu4e-get-mail-command "mbsync -q --config @HOME@/profile/.mbsyncrc -a" mu4e-sent-folder "/Sent"))
(setq user-full-name "Me \"M\" ü" user-mail-address "me@work.example"
      smtpmail-smtp-server "smtp.work.example" smtpmail-smtp-service 465)

(setq send-mail-function 'smtpmail-send-it)

(setq message-send-mail-function 'smtpmail-send-it)

(setq smtpmail-stream-type 'ssl)

(setq smtpmail-smtp-user "me")
