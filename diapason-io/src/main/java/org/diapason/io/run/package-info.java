/**
 * Files of a run: recipes, fitted models, cohort tables, traces, the work folder and the results.
 */
package org.diapason.io.run;
