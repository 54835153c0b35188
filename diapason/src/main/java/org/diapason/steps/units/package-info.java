/** Gives stored values their physical meaning, or refuses. */
package org.diapason.steps.units;
