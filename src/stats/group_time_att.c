#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

#include "base/memory.h"
#include "stats/panel.h"
#include "stats/statistic.h"

void nr_att_table_free(nr_att_table *table)
{
    if (table == NULL) return;
    nr_free(table->cell);
    nr_free(table->group_size);
    nr_free(table->onset);
    nr_free(table->group);
    nr_free(table->influence);
    nr_free(table);
}

static nearer_status check(const nr_panel *panel, nearer_error *err)
{
    if (panel->periods < 2)
        return nr_fail(err, NEARER_NODATA, "treatment: 2 periods or more were expected, not %zu",
                       panel->periods);
    for (size_t t = 0; t < panel->periods; t++)
        if (!isfinite(panel->time[t]) || (t > 0 && !(panel->time[t] > panel->time[t - 1])))
            return nr_fail(err, NEARER_VALUE,
                           "treatment: times that ascend were expected, the %zu. is %g", t + 1,
                           panel->time[t]);
    return nr_check_known(panel->treated_from, panel->units, "treatment: the first treated time",
                          err);
}

/* Index of the first period in which a unit is treated. */
static size_t onset_of(const nr_panel *panel, size_t unit)
{
    size_t t = 0;
    while (t < panel->periods && panel->time[t] < panel->treated_from[unit]) t++;
    return t;
}

/* Rows of the panel that are used, and when each is treated first. */
static nearer_status choose_units(nr_att_table *table, size_t *row, const nr_panel *panel,
                                  nearer_error *err)
{
    bool treated = false;
    for (size_t i = 0; i < panel->units; i++) {
        bool known = true;
        for (size_t t = 0; t < panel->periods; t++)
            known = known && isfinite(panel->y[i * panel->periods + t]);
        size_t onset = onset_of(panel, i);
        table->incomplete += !known;
        table->always += known && onset == 0;
        if (!known || onset == 0) continue;
        treated = treated || onset < panel->periods;
        row[table->units] = i;
        table->onset[table->units++] = onset;
    }
    if (!treated)
        return nr_fail(err, NEARER_NODATA,
                       "treatment: none of %zu units with all values is treated after the first "
                       "period",
                       table->units);
    return NEARER_OK;
}

typedef struct cells {
    nr_att_table *table;
    const nr_panel *panel;
    const size_t *row; /* of a used unit in the panel */
    nr_control control;
} cells;

static double change(const cells *c, size_t unit, size_t base, size_t t)
{
    const double *y = c->panel->y + c->row[unit] * c->panel->periods;
    return y[t] - y[base];
}

static bool is_control(const cells *c, size_t unit, size_t group, size_t base, size_t t)
{
    size_t onset = c->table->onset[unit];
    if (c->control == NR_NEVER_TREATED) return onset == c->panel->periods;
    return onset != group && onset > (t > base ? t : base);
}

/* Adds the cell of a group and a time to the table. */
static void compare(const cells *c, size_t group, size_t base, size_t t)
{
    nr_att_table *table = c->table;
    nr_att cell = {.group = c->panel->time[group], .time = c->panel->time[t]};
    double of_treated = 0, of_controls = 0, squares = 0;
    for (size_t i = 0; i < table->units; i++) {
        if (table->onset[i] == group) {
            cell.treated++;
            of_treated += change(c, i, base, t);
        } else if (is_control(c, i, group, base, t)) {
            cell.controls++;
            of_controls += change(c, i, base, t);
        }
    }
    if (cell.treated == 0) return;
    if (cell.controls == 0) {
        table->uncontrolled++;
        return;
    }
    of_treated /= (double)cell.treated;
    of_controls /= (double)cell.controls;
    double *influence = table->influence + table->count * table->units;
    for (size_t i = 0; i < table->units; i++) {
        if (table->onset[i] == group)
            influence[i] = (change(c, i, base, t) - of_treated) / (double)cell.treated;
        else if (is_control(c, i, group, base, t))
            influence[i] = -(change(c, i, base, t) - of_controls) / (double)cell.controls;
        squares += influence[i] * influence[i];
    }
    bool spread = t != base && cell.treated > 1 && cell.controls > 1;
    cell.att = nr_estimate_normal(of_treated - of_controls, spread ? squares : NAN);
    table->group_size[table->count] = cell.treated;
    table->group[table->count] = group;
    table->cell[table->count++] = cell;
}

static void compare_all(const cells *c, nr_base base)
{
    for (size_t group = 1; group < c->panel->periods; group++)
        for (size_t t = 0; t < c->panel->periods; t++) {
            bool before = t < group;
            if (before && base == NR_VARYING_BASE && t == 0) continue; /* nothing is before */
            compare(c, group, before && base == NR_VARYING_BASE ? t - 1 : group - 1, t);
        }
}

/* a'V^-1 a of the cells before treatment, V from their influences. */
static nearer_status test_before(nr_att_table *table, nearer_error *err)
{
    size_t *before = nr_alloc(table->count, sizeof *before), count = 0;
    double *room = nr_alloc(table->count * (table->count + 2), sizeof *room);
    nearer_status status = before == NULL || room == NULL ? nr_fail_memory(err) : NEARER_OK;
    table->pre_trend = (nr_test){NAN, NAN, NAN, NAN};
    for (size_t c = 0; c < table->count && status == NEARER_OK; c++)
        if (table->cell[c].time < table->cell[c].group && table->cell[c].att.std_error > 0)
            before[count++] = c;
    if (status == NEARER_OK && count > 0) {
        gsl_matrix_view v = gsl_matrix_view_array(room + 2 * count, count, count);
        gsl_vector_view a = gsl_vector_view_array(room, count),
                        x = gsl_vector_view_array(room + count, count);
        /* as correlations: what depends on each other shows as a pivot of 0 */
        for (size_t i = 0; i < count; i++) {
            room[i] = table->cell[before[i]].att.value / table->cell[before[i]].att.std_error;
            for (size_t j = 0; j < count; j++) {
                double sum = 0;
                for (size_t u = 0; u < table->units; u++)
                    sum += table->influence[before[i] * table->units + u] *
                           table->influence[before[j] * table->units + u];
                gsl_matrix_set(&v.matrix, i, j,
                               sum / table->cell[before[i]].att.std_error /
                                   table->cell[before[j]].att.std_error);
            }
        }
        gsl_error_handler_t *handler = gsl_set_error_handler_off();
        bool regular = gsl_linalg_cholesky_decomp1(&v.matrix) == GSL_SUCCESS;
        for (size_t i = 0; i < count && regular; i++)
            regular = gsl_matrix_get(&v.matrix, i, i) > 1e-6;
        if (regular) {
            gsl_linalg_cholesky_solve(&v.matrix, &a.vector, &x.vector);
            double value = 0;
            for (size_t i = 0; i < count; i++) value += room[i] * room[count + i];
            table->pre_trend = (nr_test){value, (double)count, INFINITY,
                                         gsl_cdf_chisq_Q(fmax(value, 0), (double)count)};
        }
        gsl_set_error_handler(handler);
    }
    nr_free(before);
    nr_free(room);
    return status;
}

nearer_status nr_att_table_new(nr_att_table **out, const nr_panel *panel, nr_control control,
                               nr_base base, nearer_error *err)
{
    NR_TRY(check(panel, err));
    nr_att_table *table = nr_alloc(1, sizeof *table);
    size_t *row = nr_alloc(panel->units, sizeof *row), most = panel->periods * panel->periods;
    nearer_status status = table == NULL || row == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        table->cell = nr_alloc(most, sizeof *table->cell);
        table->group_size = nr_alloc(most, sizeof *table->group_size);
        table->group = nr_alloc(most, sizeof *table->group);
        table->onset = nr_alloc(panel->units, sizeof *table->onset);
        if (table->cell == NULL || table->group_size == NULL || table->group == NULL ||
            table->onset == NULL)
            status = nr_fail_memory(err);
    }
    if (status == NEARER_OK) status = choose_units(table, row, panel, err);
    if (status == NEARER_OK) {
        table->influence = nr_alloc(most * table->units, sizeof *table->influence);
        if (table->influence == NULL) status = nr_fail_memory(err);
    }
    if (status == NEARER_OK) {
        compare_all(&(cells){table, panel, row, control}, base);
        status = table->count == 0
                     ? nr_fail(err, NEARER_NODATA,
                               "treatment: no unit is there to compare the treated with")
                     : test_before(table, err);
    }
    nr_free(row);
    if (status == NEARER_OK)
        *out = table;
    else
        nr_att_table_free(table);
    return status;
}

const nr_statistic nr_statistic_group_time_att = {
    .id = "group_time_att",
    .title = "what follows a treatment, by group and time (Callaway and Sant'Anna)",
    .formula = "ATT(g, t) = mean(y_t - y_g-1 of g) - mean(y_t - y_g-1 of controls)",
};
