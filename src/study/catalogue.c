/* What there is: each registry as a table. */
#include <stdio.h>
#include <string.h>

#include "access/equity.h"
#include "access/measure.h"
#include "base/unknown.h"
#include "formats/format.h"
#include "graph/engine.h"
#include "model/mode.h"
#include "stats/statistic.h"
#include "study/study.h"

static void columns(nearer_table *table, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) nr_table_add_column(table, names[i], NR_TEXT_COLUMN);
}

/* Options it needs, and in brackets those it may have; "a|b": one of them. */
static const char *takes(const nr_measure *m, char out[200])
{
    size_t n = (size_t)snprintf(out, 200, "--mass");
    const char *before = " ";
    for (unsigned k = 0; k < NR_SETTINGS && n < 200; k++) {
        unsigned bit = 1u << k;
        if ((m->needs & bit) != 0)
            n += (size_t)snprintf(out + n, 200 - n, " %s", nr_setting_options[k]);
        if ((m->needs_one & bit) != 0) {
            n += (size_t)snprintf(out + n, 200 - n, "%s%s", before, nr_setting_options[k]);
            before = "|";
        }
    }
    for (unsigned k = 0; k < NR_SETTINGS && n < 200; k++)
        if ((m->takes & 1u << k) != 0)
            n += (size_t)snprintf(out + n, 200 - n, " [%s]", nr_setting_options[k]);
    return out;
}

static void list_measures(nearer_table *table)
{
    char words[200];
    columns(table, (const char *[]){"id", "title", "formula", "unit", "takes", "best"}, 6);
    for (size_t i = 0; nr_measures[i] != NULL; i++) {
        const nr_measure *m = nr_measures[i];
        nr_table_put(table, m->id, m->title, m->formula, m->unit == NULL ? "mass" : m->unit,
                     takes(m, words), m->low_is_good ? "lowest" : "highest");
    }
}

static void list_indexes(nearer_table *table)
{
    columns(table, (const char *[]){"id", "title", "formula", "takes"}, 4);
    for (size_t i = 0; nr_indexes[i] != NULL; i++) {
        const nr_index *index = nr_indexes[i];
        nr_table_put(table, index->id, index->title, index->formula,
                     index->needs_income ? "--income"
                     : index->needs_line ? "--line"
                                         : "");
    }
}

static void list_decays(nearer_table *table)
{
    columns(table, (const char *[]){"id", "title", "formula", "parameters"}, 4);
    for (size_t i = 0; nr_decays[i] != NULL; i++) {
        const nr_decay_kind *d = nr_decays[i];
        nr_text parameters = {0};
        if (d->takes_points)
            nr_text_print(&parameters, "MIN=WEIGHT,...");
        else
            nr_text_print(&parameters, "%s%s%s", d->parameters[0], d->parameters[1] ? "," : "",
                          d->parameters[1] ? d->parameters[1] : "");
        nr_table_put(table, d->id, d->title, d->formula,
                     parameters.bytes == NULL ? "" : parameters.bytes);
        nr_text_clear(&parameters);
    }
}

static void list_modes(nearer_table *table)
{
    static const char *const numbers[] = {
        "speed_kmh",         "access_min",       "boarding_min",    "alighting_min",
        "egress_min",        "headway_min",      "dwell_min",       "transfer_min",
        "link_min",          "access_speed_kmh", "access_limit_km", "plausible_low_kmh",
        "plausible_high_kmh"};
    columns(table, (const char *[]){"id", "title", "boards", "through"}, 4);
    nr_table_add_column(table, "detour", 2);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        nr_table_add_column(table, numbers[i], 0);
    for (size_t i = 0; i < NR_MODE_COUNT; i++) {
        const nr_mode_parameters *p = &nr_modes[i].parameters;
        nr_table_put(table, nr_modes[i].id, nr_modes[i].title, p->boards ? "yes" : "no",
                     nr_through_words[p->through], p->detour, p->speed_kmh, p->access_min,
                     p->boarding_min, p->alighting_min, p->egress_min, p->headway_min, p->dwell_min,
                     p->transfer_min, p->link_min, p->access_speed_kmh, p->access_limit_km,
                     p->plausible_low_kmh, p->plausible_high_kmh);
    }
}

static void list_formats(nearer_table *table)
{
    columns(table, (const char *[]){"id", "title", "endings", "holds", "read", "written"}, 6);
    for (size_t i = 0; nr_formats[i] != NULL; i++) {
        const nr_format *f = nr_formats[i];
        bool network = f->read_network != NULL || f->write_network != NULL;
        bool read = f->read != NULL || f->read_network != NULL;
        bool written = f->write != NULL || f->write_network != NULL;
        nr_table_put(table, f->id, f->title, f->endings, network ? "network" : "table",
                     read ? "yes" : "no", written ? "yes" : "no");
    }
}

static void list_engines(nearer_table *table)
{
    columns(table, (const char *[]){"id", "title"}, 2);
    for (size_t i = 0; nr_engines[i] != NULL; i++)
        nr_table_put(table, nr_engines[i]->id, nr_engines[i]->title);
}

static void list_statistics(nearer_table *table)
{
    columns(table, (const char *[]){"id", "title", "formula"}, 3);
    for (size_t i = 0; nr_statistics[i] != NULL; i++)
        nr_table_put(table, nr_statistics[i]->id, nr_statistics[i]->title,
                     nr_statistics[i]->formula);
}

static const struct {
    const char *kind, *title;
    void (*list)(nearer_table *table);
} kinds[] = {{"measures", "Measures", list_measures},
             {"indexes", "Indexes of equity", list_indexes},
             {"decays", "Decay functions, t in minutes", list_decays},
             {"modes", "Modes and their default parameters", list_modes},
             {"formats", "File formats", list_formats},
             {"engines", "Engines of travel times", list_engines},
             {"statistics", "Statistics", list_statistics}};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const char *known_kind(const void *unused, size_t i)
{
    (void)unused;
    return i < KINDS ? kinds[i].kind : NULL;
}

nearer_status nearer_catalogue(nearer_report **out, const char *kind, nearer_error *err)
{
    size_t k = 0;
    while (k < KINDS && strcmp(kinds[k].kind, kind) != 0) k++;
    if (k == KINDS)
        return nr_fail_unknown(err, kind, known_kind, NULL, "nothing is listed as '%.40s'", kind);
    nearer_report *report = NULL;
    nearer_table *table = NULL;
    NR_TRY(nr_report_new(&report, err));
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    if (status == NEARER_OK) {
        kinds[k].list(table);
        status = nr_study_put(report, kind, kinds[k].title, table, err);
    }
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
