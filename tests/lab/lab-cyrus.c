/* Cyrus: IMAP and POP3 as universities and some large providers run them. */
#include "lab-private.h"
static gboolean
prepare (const Lab *lab, GPtrArray *values, GError **error)
{
  (void) lab;
  (void) values;
  (void) error;
  return TRUE;
}
const LabMakerSetup lab_cyrus = {
  "cyrus", "/usr/lib/cyrus/bin/master", { "cyrus.sh", NULL }, LAB_CYRUS_HOST, LAB_IMAP, FALSE, prepare
};
