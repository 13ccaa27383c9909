#include "model/period.h"

#include <stdio.h>
#include <string.h>

/* The first day of a date that may be given to the year or month. */
static nearer_status parse_first(nearer_date *out, const char *text, nearer_error *err)
{
    char day[24];
    NR_TRY(nearer_date_parse(out, text, err)); /* so that it is one of the three lengths */
    snprintf(day, sizeof day, "%s%s", text,
             strlen(text) == 4   ? "-01-01"
             : strlen(text) == 7 ? "-01"
                                 : "");
    return nearer_date_parse(out, day, err);
}

nearer_status nr_period_parse(nr_period *out, const char *text, nearer_error *err)
{
    char first[16] = "";
    const char *dots = strstr(text, ".."), *last = dots == NULL ? text : dots + 2;
    size_t n = dots == NULL ? strlen(text) : (size_t)(dots - text);
    nr_period period = {INT32_MIN, INT32_MAX};
    if (n < sizeof first) memcpy(first, text, n);
    bool good = n < sizeof first && (n > 0 || (dots != NULL && last[0] != 0));
    if (good && n > 0) good = parse_first(&period.first, first, NULL) == NEARER_OK;
    if (good && last[0] != 0) good = nearer_date_parse(&period.last, last, NULL) == NEARER_OK;
    if (!good || period.first > period.last)
        return nr_fail(err, NEARER_VALUE,
                       "'%.40s' is no period; a date YYYY, YYYY-MM or YYYY-MM-DD or a range "
                       "FIRST..LAST was expected",
                       text);
    *out = period;
    return NEARER_OK;
}
