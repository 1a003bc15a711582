/* The far side of the island's interface. */
#pragma once
#include "island.h"

/* Works on the packets of this descriptor until the process ends. */
void island_far_start (int fd, const IslandRoute *routes);
