/* Reading foreign XML: no document type, no entities, no network, no unusual encoding. */
#pragma once
#include <gio/gio.h>
#include <libxml/tree.h>

/* Returns: (transfer full): the document; free it with xmlFreeDoc(). Or NULL with POSTWEG_ERROR_MALFORMED */
xmlDoc *postweg_xml_read (const char *bytes, gsize length, GError **error);
/* name: case does not matter. Returns: (transfer none): the first element of that name, or NULL; parent may be NULL */
const xmlNode *postweg_xml_child (const xmlNode *parent, const char *name);
/* The next one of the same name. */
const xmlNode *postweg_xml_next (const xmlNode *node, const char *name);
/* Returns: (transfer full): the text inside, without blanks around it; NULL for NULL and for nothing */
char *postweg_xml_text (const xmlNode *node);
/* The text of a child. */
char *postweg_xml_child_text (const xmlNode *parent, const char *name);
/* Returns: (transfer full): the attribute, or NULL */
char *postweg_xml_attribute (const xmlNode *node, const char *name);
/* Returns: 1 to 65535, or 0 for everything else */
guint16 postweg_xml_port (const xmlNode *parent, const char *name);
