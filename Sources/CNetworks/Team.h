// Threads that wait for work.
#ifndef DESCENT_NETWORKS_TEAM_H
#define DESCENT_NETWORKS_TEAM_H

#include "include/CNetworks.h"

// Calls `job` for each part from 0 on, on the caller's thread and on helpers; returns when all parts are done. Where the
// helpers are at work for another caller, this one does all of its parts itself.
void cnetworks_team_run(cnetworks_team *, void (*job)(void *context, long part), void *context, long parts);

#endif
