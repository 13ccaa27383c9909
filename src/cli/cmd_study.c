/* Everything for the study's dates, into a folder. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

enum { LABEL = 16 };

typedef struct job {
    const nearer_study *study;
    const char *file, *folder;
    nearer_date before, after;
    char labels[2][LABEL]; /* of the two days, as files and titles name them */
    size_t files;
    nearer_error *err;
} job;

static const char *path_in(const job *j, const char *name, const char *ending, char path[1024])
{
    snprintf(path, 1024, "%s/%s%s", j->folder, name, ending);
    return path;
}

static nearer_status write_table(const job *j, const nearer_table *table, const char *path)
{
    bool reads = false;
    CLI_TRY(nearer_reads(&reads, j->file, path, j->err));
    if (reads)
        return cli_fail(j->err, NEARER_USAGE,
                        "%s: it would be written over what is read; choose another folder", path);
    return nearer_table_write(table, path, j->err);
}

/* Writes each table as <prefix>.csv for the main one, <prefix>_<id>.csv for the others. */
static nearer_status write_report(job *j, const nearer_report *report, const char *prefix)
{
    for (size_t i = 0; i < nearer_report_tables(report); i++) {
        char name[200], path[1024];
        snprintf(name, sizeof name, "%s%s%s", prefix, i == 0 ? "" : "_",
                 i == 0 ? "" : nearer_report_table_id(report, i));
        CLI_TRY(write_table(j, nearer_report_table(report, i), path_in(j, name, ".csv", path)));
        j->files++;
    }
    for (size_t i = 0; i < nearer_report_notes(report); i++)
        fprintf(stderr, "note: %s: %s\n", prefix, nearer_report_note(report, i));
    return NEARER_OK;
}

/* Writes a report and, when asked, shows some of its tables. Frees the report. */
static nearer_status keep(job *j, nearer_report *report, const char *prefix, const char *shown)
{
    nearer_status status = write_report(j, report, prefix);
    for (size_t i = 0; status == NEARER_OK && i < nearer_report_tables(report); i++)
        if (shown != NULL && strstr(shown, nearer_report_table_id(report, i)) != NULL) {
            cli_print_table(nearer_report_table(report, i), nearer_report_table_title(report, i),
                            15);
            printf("\n");
        }
    nearer_report_free(report);
    return status;
}

/* A study without growth series or claims has that part left out, and it is said. */
static nearer_status skip(job *j, nearer_status status)
{
    if (status != NEARER_NODATA) return status;
    fprintf(stderr, "note: left out: %s\n", j->err->message);
    return NEARER_OK;
}

/* The mean time, as the study lists it or with the mass of its first measure. */
static void choose_mean_time(nearer_measure_spec *spec, const nearer_study *study)
{
    nearer_measure_spec first = {.cutoff_min = NAN, .own_min = NAN};
    if (nearer_study_measure(spec, study, "mean_time", NULL) == NEARER_OK) return;
    const char *mass =
        nearer_study_measure(&first, study, NULL, NULL) == NEARER_OK ? first.mass : NULL;
    *spec = (nearer_measure_spec){
        .measure = "mean_time", .mass = mass, .cutoff_min = NAN, .own_min = NAN};
}

/* The measure that compare and growth take without --measure. */
static nearer_status choose_score(nearer_measure_spec *spec, const job *j)
{
    static const cli_options none = {0};
    return cli_measure(spec, j->study, &none, "potential", j->err);
}

static nearer_status draw(job *j, const nearer_report *report, const char *name, const char *title,
                          const char *column, const char *unit, bool low_is_good)
{
    char path[1024];
    nearer_map_spec spec = {title, column, unit, low_is_good, j->after};
    CLI_TRY(nearer_map_write(path_in(j, name, ".svg", path), j->study,
                             nearer_report_table(report, 0), &spec, j->err));
    j->files++;
    return NEARER_OK;
}

static nearer_status one_day(job *j, nearer_date date, const char *label, const char *shown)
{
    nearer_query query = {.date = date};
    nearer_measure_spec spec;
    nearer_report *report = NULL;
    char name[64], title[120];
    CLI_TRY(nearer_ask_times(&report, j->study, &query, j->err));
    snprintf(name, sizeof name, "times_%s", label);
    CLI_TRY(keep(j, report, name, NULL));
    choose_mean_time(&spec, j->study);
    CLI_TRY(nearer_ask_access(&report, j->study, &query, &spec, 1, false, j->err));
    snprintf(name, sizeof name, "access_%s", label);
    nearer_status status = NEARER_OK;
    if (shown != NULL) {
        snprintf(title, sizeof title, "Mean travel time to all places, %s", label);
        status = draw(j, report, "ranking", title, "mean_time_min",
                      "mass-weighted mean travel time, min", true);
    }
    if (status == NEARER_OK) return keep(j, report, name, shown);
    nearer_report_free(report);
    return status;
}

static nearer_status two_days(job *j)
{
    nearer_query query = {.date = j->after};
    nearer_measure_spec spec;
    nearer_report *report = NULL;
    char title[120];
    CLI_TRY(choose_score(&spec, j));
    CLI_TRY(nearer_ask_compare(&report, j->study, &query, j->before, j->after, &spec, j->err));
    snprintf(title, sizeof title, "Travel time %s as a share of %s", j->labels[1], j->labels[0]);
    nearer_status status = draw(j, report, "compression", title, "compression_ratio",
                                "compression ratio (lower: nearer)", true);
    if (status == NEARER_OK) return keep(j, report, "compare", "groups index");
    nearer_report_free(report);
    return status;
}

static nearer_status growth(job *j)
{
    nearer_query query = {.date = j->after};
    nearer_measure_spec spec;
    nearer_report *report = NULL;
    CLI_TRY(choose_score(&spec, j));
    const nearer_growth_spec plain = {0};
    nearer_status status = nearer_ask_growth(&report, j->study, &query, &spec, &plain, j->err);
    return status == NEARER_OK ? keep(j, report, "growth", "growth") : skip(j, status);
}

static nearer_status answer(job *j)
{
    nearer_report *report = NULL;
    CLI_TRY(nearer_ask_check(&report, j->study, j->err));
    CLI_TRY(keep(j, report, "check", "layers networks"));
    CLI_TRY(one_day(j, j->before, j->labels[0], NULL));
    CLI_TRY(one_day(j, j->after, j->labels[1], "access"));
    CLI_TRY(two_days(j));
    CLI_TRY(growth(j));
    nearer_status status = nearer_ask_claims(&report, j->study, j->err);
    return status == NEARER_OK ? keep(j, report, "claims", "claims") : skip(j, status);
}

/* The year; the day where both lie in one year. */
static void label_days(job *j)
{
    int first = nearer_date_year(j->before), second = nearer_date_year(j->after);
    nearer_date_format(j->before, j->labels[0]);
    nearer_date_format(j->after, j->labels[1]);
    if (first != second) j->labels[0][4] = j->labels[1][4] = 0;
}

static nearer_status run(const cli_options *options, nearer_error *err)
{
    nearer_study *study = NULL;
    if (options->output == NULL || options->output[0] == 0)
        return cli_fail(err, NEARER_USAGE, "study needs -o FOLDER for what it writes");
    CLI_TRY(nearer_study_read(&study, options->operand, err));
    job j = {.study = study, .file = options->operand, .folder = options->output, .err = err};
    nearer_study_dates(study, &j.before, &j.after);
    label_days(&j);
    nearer_status status = nearer_folder_make(options->output, err);
    if (status == NEARER_OK) status = answer(&j);
    nearer_study_free(study);
    if (status == NEARER_OK) printf("%zu files written to %s\n", j.files, options->output);
    return status;
}

const cli_command cli_command_study = {
    .name = "study",
    .operand = "STUDY",
    .summary = "all of it for the study's two dates: tables and maps into a folder (-o FOLDER)",
    .options = "o",
    .makes_folder = true,
    .run = run,
};
