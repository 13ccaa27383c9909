#include "base/error.h"

#include <stdio.h>
#include <string.h>

/* Days of the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date
 * algorithms"). */
static nearer_date days_from_civil(int y, int m, int d)
{
    y -= m <= 2;
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

static void civil_from_days(nearer_date date, int *year, int *month, int *day)
{
    int z = date + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp + (mp < 10 ? 3 : -9);
    *year = yoe + era * 400 + (*month <= 2);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Reads exactly n digits. */
static bool digits(const char **text, int n, int *out)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        char c = (*text)[i];
        if (c < '0' || c > '9') return false;
        value = value * 10 + (c - '0');
    }
    *text += n;
    *out = value;
    return true;
}

nearer_status nearer_date_parse(nearer_date *out, const char *text, nearer_error *err)
{
    const char *p = text;
    int year = 0, month = 12, day = 0;
    bool good = digits(&p, 4, &year);
    if (good && *p == '-') {
        p++;
        good = digits(&p, 2, &month) && month >= 1 && month <= 12;
        if (good && *p == '-') {
            p++;
            good = digits(&p, 2, &day) && day >= 1 && day <= days_in_month(year, month);
        }
    }
    if (!good || *p != 0)
        return nr_fail(err, NEARER_VALUE,
                       "'%.40s' is no date; YYYY, YYYY-MM or YYYY-MM-DD was expected", text);
    *out = days_from_civil(year, month, day == 0 ? days_in_month(year, month) : day);
    return NEARER_OK;
}

const char *nearer_date_format(nearer_date date, char buffer[16])
{
    int year, month, day;
    civil_from_days(date, &year, &month, &day);
    if (year < 0 || year > 9999)
        strcpy(buffer, "no date");
    else
        snprintf(buffer, 16, "%04d-%02d-%02d", year, month % 100, day % 100);
    return buffer;
}

int nearer_date_year(nearer_date date)
{
    int year, month, day;
    civil_from_days(date, &year, &month, &day);
    return year;
}

nearer_date nearer_date_year_end(int year)
{
    return days_from_civil(year, 12, 31);
}
