/* One slip of the finger away from a big mail domain, and not a domain of its own. */
#include "discover/typo.h"
#include <string.h>

#define SHORT_NAME 4 /* letters; the neighbours of shorter names are mostly taken by others */
#define TINY_NAME 2

typedef enum { NO_SLIP, SWAPPED, DOUBLED, ADDED, MISSING, REPLACED } Slip;

/* Real domains that look like a slip. */
static const char *const own_domains[] = { "cloud.com", "libro.it", "accor.de", "photon.me", "proto.me" };

/* The country endings that are in use (ISO 3166, and what IANA keeps beside it). */
static const char countries[] =
    " ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw "
    "by bz"
    " ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj "
    "fk fm"
    " fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq "
    "ir is"
    " it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk "
    "ml mm"
    " mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm "
    "pn pr"
    " ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td "
    "tf tg"
    " th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw ";

/* Other real endings that are one letter away from an ending of a big domain. */
static const char others[] = " com net org cam bet pet vet new nec ong dev cat men int fit run frl edu eus ";

static const char *const keyboard[] = { "1234567890", "qwertyuiop", "asdfghjkl",
                                        "zxcvbnm",    "qwertzuiop", "yxcvbnm" };

static gboolean
in_words (const char *words, const char *word)
{
  g_autofree char *enclosed = g_strdup_printf (" %s ", word);

  return strstr (words, enclosed) != NULL;
}

static gboolean
is_real_ending (const char *ending)
{
  const char *last = strrchr (ending, '.');

  last = last != NULL ? last + 1 : ending;
  return in_words (strlen (last) == 2 ? countries : others, last);
}

static gboolean
are_neighbours (char a, char b)
{
  for (guint i = 0; i < G_N_ELEMENTS (keyboard); i++)
    {
      const char *at = strchr (keyboard[i], a);

      if (at != NULL && ((at > keyboard[i] && at[-1] == b) || at[1] == b))
        return TRUE;
    }
  return FALSE;
}

static gsize
common_start (const char *a, const char *b)
{
  gsize n = 0;

  while (a[n] != '\0' && a[n] == b[n])
    n++;
  return n;
}

static gsize
common_end (const char *a, gsize length_a, const char *b, gsize length_b)
{
  gsize n = 0;

  while (n < length_a && n < length_b && a[length_a - n - 1] == b[length_b - n - 1])
    n++;
  return n;
}

/* Returns: what turned `meant` into `typed`, with the place of the first difference */
static Slip
slip_between (const char *typed, const char *meant, gsize *place)
{
  /* by how many letters are left of `typed` and of `meant` without their common start and end */
  static const Slip slips[3][3] = { { NO_SLIP, MISSING },
                                    { ADDED, REPLACED },
                                    { NO_SLIP, NO_SLIP, SWAPPED } };
  gsize start = common_start (typed, meant);
  const char *rest_typed = typed + start;
  const char *rest_meant = meant + start;
  gsize end = common_end (rest_typed, strlen (rest_typed), rest_meant, strlen (rest_meant));
  gsize n_typed = strlen (rest_typed) - end;
  gsize n_meant = strlen (rest_meant) - end;
  Slip slip = n_typed < 3 && n_meant < 3 ? slips[n_typed][n_meant] : NO_SLIP;

  *place = start;
  if (slip == ADDED && start > 0 && rest_typed[0] == typed[start - 1])
    return DOUBLED;
  if (slip == SWAPPED && (rest_typed[0] != rest_meant[1] || rest_typed[1] != rest_meant[0]))
    return NO_SLIP;
  return slip;
}

static gboolean
is_slip_in_name (Slip slip, gsize place, const char *typed, const char *meant)
{
  gsize length = strcspn (meant, ".");

  if (length <= TINY_NAME)
    return FALSE;
  if (length <= SHORT_NAME)
    return slip == SWAPPED || slip == DOUBLED;
  /* another first letter is mostly another word */
  return slip != REPLACED || place > 0 || are_neighbours (typed[0], meant[0]);
}

static gboolean
is_slip_in_ending (const char *typed, const char *meant)
{
  static const char cut_com[] = " co cm om ";
  const char *typed_ending = strchr (typed, '.') + 1;
  const char *meant_ending = strchr (meant, '.') + 1;

  if (!is_real_ending (typed_ending))
    return TRUE;
  return strcspn (meant, ".") > SHORT_NAME && strcmp (meant_ending, "com") == 0 &&
         in_words (cut_com, typed_ending);
}

static gboolean
is_typing_error (const char *typed, const char *meant)
{
  gsize place;
  Slip slip = slip_between (typed, meant, &place);
  gsize name = strcspn (meant, ".");

  if (slip == NO_SLIP || strchr (typed, '.') == NULL)
    return FALSE;
  if (strcmp (strchr (typed, '.'), meant + name) == 0)
    return is_slip_in_name (slip, place, typed, meant);
  if (strcspn (typed, ".") == name)
    return is_slip_in_ending (typed, meant);
  return slip == SWAPPED && name > SHORT_NAME; /* the dot itself moved */
}

const char *
postweg_likely_domain (const char *domain, const char *const *big_domains)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_domains); i++)
    if (strcmp (domain, own_domains[i]) == 0)
      return NULL;
  for (; *big_domains != NULL; big_domains++)
    if (is_typing_error (domain, *big_domains))
      return *big_domains;
  return NULL;
}
