;; -*- lexical-binding: t -*-
(require 'package) ; "quotes in a comment
(setq user-full-name "Me \"M\" ü"
      user-mail-address "me@work.example")
(use-package gnus
  :config
  (setq gnus-select-method
        '(nnimap "work"
                 (nnimap-address "imap.work.example") (nnimap-user "me") (nnimap-server-port "993") ; here
                 (nnimap-stream ssl)
                 (nnimap-inbox "INBOX"))))
(setq smtpmail-smtp-server "smtp.work.example" smtpmail-smtp-service 465
      smtpmail-smtp-user "me" char ?\( other "(")

(setq send-mail-function 'smtpmail-send-it)

(setq message-send-mail-function 'smtpmail-send-it)

(setq smtpmail-stream-type 'ssl)
