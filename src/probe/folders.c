/* SPECIAL-USE (RFC 6154) first; servers without it name their folders in the language of their makers. */
#include "probe/folders.h"
#include "wire/imap-data.h"
#include <string.h>

static const struct {
  const char *flag;
  PostwegFolderKind kind;
} flag_kinds[] = {
  { "\\Junk", POSTWEG_FOLDER_JUNK },   { "\\Sent", POSTWEG_FOLDER_SENT },
  { "\\Trash", POSTWEG_FOLDER_TRASH }, { "\\Deleted", POSTWEG_FOLDER_TRASH },
  { "\\All", POSTWEG_FOLDER_ALL },     { "\\AllMail", POSTWEG_FOLDER_ALL },
  { "\\Spam", POSTWEG_FOLDER_JUNK },   { "\\Inbox", POSTWEG_FOLDER_INBOX },
};

/* In lower case; as mail programs and servers create them. */
static const struct {
  PostwegFolderKind kind;
  const char *names;
} name_kinds[] = {
  { POSTWEG_FOLDER_SENT,
    "|sent|sent items|sent messages|sent mail|sent-mail|gesendet|gesendete objekte|gesendete "
    "elemente|gesendete nachrichten|"
    "gesendete e-mails|gesendete mails|postausgang gesendet|envoyés|éléments envoyés|messages "
    "envoyés|envoyes|objets envoyés|enviados|"
    "elementos enviados|mensajes enviados|enviadas|itens enviados|mensagens enviadas|posta "
    "inviata|inviati|inviata|messaggi inviati|"
    "elementi inviati|verzonden|verzonden items|verzonden berichten|wysłane|elementy "
    "wysłane|odeslané|odeslaná pošta|odoslané|"
    "elküldött|elküldött elemek|poslano|poslane stavke|trimise|elemente "
    "trimise|изпратени|отправленные|надіслані|skickat|skickade objekt|"
    "sendt|sendte elementer|sendt post|lähetetyt|lähetetyt viestit|saadetud|nosūtītie|išsiųsti|gönderilmiş "
    "öğeler|gönderilenler|απεσταλμένα|"
    "已发送|已发送邮件|寄件備份|送信済み|送信済みアイテム|보낸 메일함|보낸편지함|المرسلة|" },
  { POSTWEG_FOLDER_JUNK,
    "|junk|spam|junk e-mail|junk email|junk-e-mail|junk mail|bulk|bulk "
    "mail|spamverdacht|spam-verdacht|unbekannt|unerwünscht|"
    "junk-mail|courrier indésirable|indésirables|pourriel|pourriels|correo no deseado|correo basura|no "
    "deseado|lixo eletrônico|"
    "lixo electrónico|posta indesiderata|ongewenste e-mail|ongewenst|wiadomości-śmieci|niechciane|nevyžádaná "
    "pošta|nevyžiadaná pošta|"
    "levélszemét|neželjena pošta|mesaje nedorite|спам|нежелательная почта|skräppost|søppelpost|uønsket "
    "e-mail|roskaposti|önemsiz|"
    "önemsiz e-posta|ανεπιθύμητα|垃圾邮件|垃圾郵件|迷惑メール|정크 메일|스팸메일함|quarantine|quarantäne|" },
  { POSTWEG_FOLDER_TRASH, "|trash|deleted|deleted items|deleted messages|bin|papierkorb|gelöscht|gelöschte "
                          "objekte|gelöschte elemente|corbeille|"
                          "éléments supprimés|papelera|elementos eliminados|lixeira|itens "
                          "excluídos|cestino|posta eliminata|prullenbak|verwijderde items|"
                          "kosz|koš|kuka|корзина|кошик|papperskorg|papirkurv|roskakori|çöp "
                          "kutusu|已删除|已删除邮件|ごみ箱|휴지통|" },
};

/* The last part of "INBOX.Sent" or "[Gmail]/Sent Mail"; a name may hold a dot of its own. */
static PostwegFolderKind
kind_of_name (const char *name)
{
  g_autofree char *wanted = g_strdup_printf ("|%s|", name);

  for (guint i = 0; i < G_N_ELEMENTS (name_kinds); i++)
    if (strstr (name_kinds[i].names, wanted) != NULL)
      return name_kinds[i].kind;
  return POSTWEG_FOLDER_OTHER;
}

PostwegFolderKind
postweg_folder_kind (const char *name, const char *flags)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);
  const char *last = lower;

  if (g_ascii_strcasecmp (name, "INBOX") == 0)
    return POSTWEG_FOLDER_INBOX;
  for (guint i = 0; i < G_N_ELEMENTS (flag_kinds); i++)
    if (postweg_imap_flagged (flags, flag_kinds[i].flag))
      return flag_kinds[i].kind;
  if (strchr (lower, '|') != NULL)
    return POSTWEG_FOLDER_OTHER;
  for (const char *p = lower; *p != '\0'; p++)
    if (*p == '/' || *p == '.')
      last = p + 1;
  return kind_of_name (last);
}
