/* libxml2 with everything switched off that reaches beyond the bytes given. */
#include "discover/xml.h"
#include "model/error.h"
#include <libxml/parser.h>
#include <string.h>

#define MAX_TEXT 1000 /* characters of one value */

static void
start_library (void)
{
  static gsize started;

  if (g_once_init_enter (&started))
    {
      xmlInitParser ();
      g_once_init_leave (&started, 1);
    }
}

/* A document type can define entities, and there is no honest use for one here. */
static void
refuse_document_type (void *context, const xmlChar *name G_GNUC_UNUSED, const xmlChar *external G_GNUC_UNUSED,
                      const xmlChar *system G_GNUC_UNUSED)
{
  xmlParserCtxt *parser = context;

  parser->wellFormed = 0;
  xmlStopParser (parser);
}

static gboolean
is_usual_encoding (const xmlDoc *document)
{
  static const char *const usual[] = { "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "US-ASCII" };

  if (document->encoding == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_ascii_strcasecmp ((const char *) document->encoding, usual[i]) == 0)
      return TRUE;
  return FALSE;
}

xmlDoc *
postweg_xml_read (const char *bytes, gsize length, GError **error)
{
  xmlParserCtxt *parser;
  xmlDoc *document = NULL;

  start_library ();
  parser = xmlNewParserCtxt ();
  if (length <= G_MAXINT)
    {
      parser->sax->internalSubset = refuse_document_type;
      document =
          xmlCtxtReadMemory (parser, bytes, (int) length, NULL, NULL,
                             XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    }
  if (document != NULL && (!parser->wellFormed || !is_usual_encoding (document)))
    g_clear_pointer (&document, xmlFreeDoc);
  xmlFreeParserCtxt (parser);
  if (document == NULL)
    g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED, "not the expected XML");
  return document;
}

static const xmlNode *
first_named (const xmlNode *node, const char *name)
{
  while (node != NULL &&
         (node->type != XML_ELEMENT_NODE || g_ascii_strcasecmp ((const char *) node->name, name) != 0))
    node = node->next;
  return node;
}

const xmlNode *
postweg_xml_child (const xmlNode *parent, const char *name)
{
  return parent != NULL ? first_named (parent->children, name) : NULL;
}

const xmlNode *
postweg_xml_next (const xmlNode *node, const char *name)
{
  return first_named (node->next, name);
}

static char *
taken (xmlChar *content)
{
  char *text = content != NULL ? g_strstrip (g_strdup ((const char *) content)) : NULL;

  xmlFree (content);
  if (text != NULL && (*text == '\0' || g_utf8_strlen (text, -1) > MAX_TEXT))
    g_clear_pointer (&text, g_free);
  return text;
}

char *
postweg_xml_text (const xmlNode *node)
{
  return node != NULL ? taken (xmlNodeGetContent (node)) : NULL;
}

char *
postweg_xml_child_text (const xmlNode *parent, const char *name)
{
  return postweg_xml_text (postweg_xml_child (parent, name));
}

char *
postweg_xml_attribute (const xmlNode *node, const char *name)
{
  return node != NULL ? taken (xmlGetProp (node, (const xmlChar *) name)) : NULL;
}

guint16
postweg_xml_port (const xmlNode *parent, const char *name)
{
  g_autofree char *text = postweg_xml_child_text (parent, name);
  guint64 port = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &port, NULL))
    return 0;
  return (guint16) port;
}
