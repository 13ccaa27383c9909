#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>

#include "base/memory.h"
#include "stats/spatial_fit.h"

/* Points of the first look: the likelihood need not have one maximum only. */
enum { POINTS = 100, STEPS = 200 };

typedef struct search {
    const nr_spatial_form *form;
    const nr_spatial_problem *problem;
    const nr_spectrum *spectrum;
    double *e, *slope;
    nearer_status status; /* the first failure on the way */
    nearer_error *err;
} search;

/* -n / 2 log sum e^2 + log |I - rho W|, and its slope. */
static double likelihood(search *s, double rho, double *gradient)
{
    double squares = 0, product = 0, n = (double)s->spectrum->n;
    if (s->status == NEARER_OK)
        s->status = s->form->errors(s->e, s->slope, s->problem, rho, s->err);
    if (s->status != NEARER_OK) return NAN;
    for (size_t i = 0; i < s->spectrum->n; i++) {
        squares += s->e[i] * s->e[i];
        product += s->e[i] * s->slope[i];
    }
    *gradient = n * product / squares - nr_spectrum_trace(s->spectrum, rho, 1, 1);
    return -n / 2 * log(squares) + nr_spectrum_log_determinant(s->spectrum, rho);
}

static double gradient_at(double rho, void *context)
{
    double gradient = NAN;
    likelihood(context, rho, &gradient);
    return gradient;
}

static nearer_status no_maximum(const nr_spectrum *spectrum, nearer_error *err)
{
    return nr_fail(err, NEARER_NODATA,
                   "spatial regression: the likelihood has no maximum between %g and %g",
                   spectrum->low, spectrum->high);
}

/* Brent's method between two points where the likelihood rises and falls. */
static nearer_status climb(double *rho, search *s, double low, double high,
                           gsl_root_fsolver *solver)
{
    gsl_function f = {gradient_at, s};
    if (gsl_root_fsolver_set(solver, &f, low, high) != GSL_SUCCESS)
        return s->status != NEARER_OK ? s->status : no_maximum(s->spectrum, s->err);
    for (int step = 0; step < STEPS; step++) {
        if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS) break;
        if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver),
                                   gsl_root_fsolver_x_upper(solver), 1e-13, 0) == GSL_SUCCESS)
            break;
    }
    *rho = gsl_root_fsolver_root(solver);
    return s->status;
}

static nearer_status look(double *rho, search *s, gsl_root_fsolver *solver)
{
    double low = s->spectrum->low, width = s->spectrum->high - low, best = -INFINITY, gradient;
    int at = -1;
    for (int point = 0; point < POINTS; point++) {
        double here = likelihood(s, low + width * (point + 0.5) / POINTS, &gradient);
        if (here > best) {
            best = here;
            at = point;
        }
    }
    if (s->status != NEARER_OK) return s->status;
    if (at < 0) return no_maximum(s->spectrum, s->err);
    /* the ends themselves are singular */
    return climb(rho, s, low + width * fmax(1e-9, (at - 0.5) / POINTS),
                 low + width * fmin(1 - 1e-9, (at + 1.5) / POINTS), solver);
}

nearer_status nr_spatial_search(double *rho, const nr_spatial_form *form,
                                const nr_spatial_problem *problem, const nr_spectrum *spectrum,
                                nearer_error *err)
{
    double *room = nr_alloc(2 * spectrum->n, sizeof *room);
    if (room == NULL) return nr_fail_memory(err);
    search s = {form, problem, spectrum, room, room + spectrum->n, NEARER_OK, err};
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    nearer_status status = solver == NULL ? nr_fail_memory(err) : look(rho, &s, solver);
    if (solver != NULL) gsl_root_fsolver_free(solver);
    gsl_set_error_handler(before);
    nr_free(room);
    return status;
}
