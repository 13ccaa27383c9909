/* What changed in a year: what opened, what closed, where minutes changed. */
#include "model/report.h"
#include "study/timeline.h"

static const char *const kinds[] = {"opened", "closed", "new minutes"};
enum { OPENED, CLOSED, REVISED, KINDS };

static bool in_year(nearer_date date, int year)
{
    return date != NR_ALWAYS_OPEN && date != NR_NEVER_CLOSED && nearer_date_year(date) == year;
}

static bool happens(const nr_link *link, int kind, int year)
{
    if (link->transfer) return false; /* no line: it opens and closes with those it joins */
    switch (kind) {
    case OPENED: return !link->revised && in_year(link->opened, year);
    case CLOSED: return !link->superseded && in_year(link->closed, year);
    default: return link->revised && in_year(link->opened, year);
    }
}

/* One kind, mode and class: how much, and its lines, each named once. */
static nearer_status put_kind(nearer_table *table, const nearer_network *network, int year,
                              int kind, size_t mode, uint32_t class_id, nearer_error *err)
{
    size_t links = 0;
    double km = 0;
    nr_names lines = {0};
    bool good = true;
    for (size_t i = 0; good && i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        if (link->mode != mode || link->class_id != class_id || !happens(link, kind, year))
            continue;
        links++;
        km += link->great_circle_km;
        if (link->line != NR_NO_INDEX)
            good = nr_names_add(&lines, network->lines.texts[link->line]) != NR_NO_NAME;
    }
    nr_text names = {0};
    nr_text_add_word(&names, "");
    for (size_t i = 0; i < lines.count; i++)
        nr_text_print(&names, "%s%s", i > 0 ? "; " : "", lines.texts[i]);
    good = good && !names.failed;
    if (good && links > 0)
        nr_table_put(table, (double)year, kinds[kind], nr_modes[mode].id,
                     class_id == NR_NO_INDEX ? "" : network->classes.texts[class_id], (double)links,
                     km, names.bytes);
    nr_text_clear(&names);
    nr_names_clear(&lines);
    return good ? NEARER_OK : nr_fail_memory(err);
}

nearer_status nr_events_new(nearer_table **out, nearer_error *err)
{
    NR_TRY(nr_table_new(out, NULL, NULL, err));
    nr_table_add_column(*out, "year", 0);
    const char *texts[] = {"event", "mode", "class"};
    for (size_t i = 0; i < 3; i++) nr_table_add_column(*out, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(*out, "links", 0);
    nr_table_add_column(*out, "great_circle_km", 0);
    nr_table_add_column(*out, "lines", NR_TEXT_COLUMN);
    return NEARER_OK;
}

nearer_status nr_events_put(nearer_table *table, const nearer_network *network, unsigned modes,
                            int year, nearer_error *err)
{
    for (int kind = 0; kind < KINDS; kind++)
        for (size_t m = 0; m < NR_MODE_COUNT; m++)
            for (size_t c = 0; c <= network->classes.count; c++) {
                uint32_t class_id = c < network->classes.count ? (uint32_t)c : NR_NO_INDEX;
                if ((modes & 1u << m) == 0) continue;
                NR_TRY(put_kind(table, network, year, kind, m, class_id, err));
            }
    return NEARER_OK;
}
