;; -*- lexical-binding: t -*-
(require 'package) ; "quotes in a comment
(setq user-full-name "Me \"M\" ü"
      user-mail-address "me@work.example")
(use-package gnus
  :config
  (setq gnus-select-method
        '(nnimap "work"
                 (nnimap-address "imap.work.example") ; here
                 (nnimap-stream starttls)
                 (nnimap-inbox "INBOX"))))
(setq smtpmail-smtp-server "smtp.work.example" smtpmail-smtp-service 587
      smtpmail-smtp-user "me" char ?\( other "(")
