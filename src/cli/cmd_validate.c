#include <stddef.h>

#include "cli/cli.h"

static nearer_status choose_years(int *from, int *to, const nearer_study *study,
                                  const cli_options *options, nearer_error *err)
{
    nearer_date first, last;
    nearer_study_dates(study, &first, &last);
    *from = nearer_date_year(first);
    *to = nearer_date_year(last);
    if (options->year != NULL && (options->from != NULL || options->to != NULL))
        return cli_fail(err, NEARER_USAGE, "--year and --from, --to exclude each other");
    CLI_TRY(cli_year(from, options->year != NULL ? options->year : options->from, "--from", err));
    return cli_year(to, options->year != NULL ? options->year : options->to, "--to", err);
}

static nearer_status ask(nearer_report **out, const nearer_study *study, const cli_options *options,
                         nearer_error *err)
{
    int from, to;
    nearer_query query;
    nearer_date unused = 0;
    nearer_table *observed = NULL;
    if (options->times != NULL)
        from = to = 0; /* a matrix has no date */
    else
        CLI_TRY(choose_years(&from, &to, study, options, err));
    CLI_TRY(cli_query(&query, options, &unused, err));
    query.station_to_station = !options->door_to_door;
    CLI_TRY(nearer_table_read(&observed, options->observed, NULL, err));
    nearer_status status = nearer_ask_validate(out, study, &query, observed, from, to, err);
    nearer_table_free(observed);
    return status;
}

static nearer_status run(const cli_options *options, nearer_error *err)
{
    if (options->observed == NULL)
        return cli_fail(err, NEARER_USAGE, "validate needs --observed FILE");
    if (options->times != NULL && (options->from != NULL || options->to != NULL))
        return cli_fail(err, NEARER_USAGE, "--times has no dates: --from and --to need a study");
    if (options->times != NULL && options->door_to_door)
        return cli_fail(err, NEARER_USAGE,
                        "--times are as they stand: --door-to-door needs a study");
    return cli_ask(ask, options, err);
}

const cli_command cli_command_validate = {
    .name = "validate",
    .operand = "STUDY",
    .summary = "modelled against observed travel times, and the pairs farthest off",
    .options = "observed times places from-column to-column column unit encoding format year from "
               "to modes door-to-door "
               "engine o table top json text",
    .run = run,
};
