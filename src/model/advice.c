/* The advice value. */
#include "model/advice.h"

PostwegHabits
postweg_habits_unknown (void)
{
  return (PostwegHabits){
    .devices = POSTWEG_DEVICES_UNKNOWN,
    .webmail = POSTWEG_WEBMAIL_UNKNOWN,
    .folders = POSTWEG_YES_OR_NO_UNKNOWN,
    .offline = POSTWEG_OFFLINE_UNKNOWN,
    .space = POSTWEG_SPACE_UNKNOWN,
    .keeper = POSTWEG_KEEPER_UNKNOWN,
    .shared = POSTWEG_YES_OR_NO_UNKNOWN,
  };
}

PostwegAdvice *
postweg_advice_new (void)
{
  PostwegAdvice *advice = g_new0 (PostwegAdvice, 1);

  advice->reasons = g_ptr_array_new_with_free_func (g_free);
  advice->against = g_ptr_array_new_with_free_func (g_free);
  advice->provider_notes = g_ptr_array_new_with_free_func (g_free);
  advice->pop.keep_on_server = TRUE;
  return advice;
}

void
postweg_advice_free (PostwegAdvice *advice)
{
  if (advice == NULL)
    return;
  g_ptr_array_unref (advice->reasons);
  g_ptr_array_unref (advice->against);
  g_ptr_array_unref (advice->provider_notes);
  g_free (advice);
}
