#include "Team.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct cnetworks_team {
  pthread_mutex_t lock;
  // There are parts to do, or the team ends; all parts are done.
  pthread_cond_t wake, finished;
  void (*job)(void *context, long part);
  void *context;
  // Parts in all, the next to be taken, and those that are not done.
  long parts, next, open;
  // A caller has its parts done here; the team ends.
  int is_taken, ends;
  long helpers;
  pthread_t threads[];
};

// Does parts until none is left. The lock is held, and given up for the work alone.
static void work(cnetworks_team *team) {
  while (team->next < team->parts) {
    long part = team->next++;
    pthread_mutex_unlock(&team->lock);
    team->job(team->context, part);
    pthread_mutex_lock(&team->lock);
    if (--team->open == 0) pthread_cond_signal(&team->finished);
  }
}

static void *help(void *argument) {
  cnetworks_team *team = argument;
  pthread_mutex_lock(&team->lock);
  while (!team->ends) {
    work(team);
    if (!team->ends) pthread_cond_wait(&team->wake, &team->lock);
  }
  pthread_mutex_unlock(&team->lock);
  return 0;
}

cnetworks_team *cnetworks_team_create(long helpers) {
  if (helpers < 1) return 0;
  cnetworks_team *team = calloc(1, sizeof *team + helpers * sizeof(pthread_t));
  if (!team) return 0;
  pthread_mutex_init(&team->lock, 0);
  pthread_cond_init(&team->wake, 0);
  pthread_cond_init(&team->finished, 0);
  while (team->helpers < helpers && pthread_create(&team->threads[team->helpers], 0, help, team) == 0) {
    team->helpers++;
  }
  if (team->helpers == 0) {
    cnetworks_team_destroy(team);
    return 0;
  }
  return team;
}

void cnetworks_team_destroy(cnetworks_team *team) {
  if (!team) return;
  pthread_mutex_lock(&team->lock);
  team->ends = 1;
  pthread_cond_broadcast(&team->wake);
  pthread_mutex_unlock(&team->lock);
  for (long i = 0; i < team->helpers; i++) pthread_join(team->threads[i], 0);
  pthread_cond_destroy(&team->finished);
  pthread_cond_destroy(&team->wake);
  pthread_mutex_destroy(&team->lock);
  free(team);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static cnetworks_team *shared;

static void create_shared(void) { shared = cnetworks_team_create(sysconf(_SC_NPROCESSORS_ONLN) - 1); }

cnetworks_team *cnetworks_team_shared(void) {
  pthread_once(&once, create_shared);
  return shared;
}

void cnetworks_team_run(cnetworks_team *team, void (*job)(void *context, long part), void *context, long parts) {
  if (team) pthread_mutex_lock(&team->lock);
  if (!team || team->is_taken) {
    if (team) pthread_mutex_unlock(&team->lock);
    for (long part = 0; part < parts; part++) job(context, part);
    return;
  }
  team->is_taken = 1;
  team->job = job;
  team->context = context;
  team->open = team->parts = parts;
  team->next = 0;
  pthread_cond_broadcast(&team->wake);
  work(team);
  while (team->open > 0) pthread_cond_wait(&team->finished, &team->lock);
  team->is_taken = 0;
  pthread_mutex_unlock(&team->lock);
}
