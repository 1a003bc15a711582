/* What can be said about a station of the road; in the order in which it becomes worse or better known. */
#pragma once

typedef enum {
  POSTWEG_STATION_WAITING,
  POSTWEG_STATION_WORKING,
  POSTWEG_STATION_FINE,
  POSTWEG_STATION_NOTE,
  POSTWEG_STATION_BROKEN,
  POSTWEG_STATION_NOT_REACHED, /* an earlier station is broken, or the test was stopped */
} PostwegStationState;
#define POSTWEG_N_STATION_STATES 6
