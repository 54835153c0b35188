/**
 * Poisson's equation on the pixels of a mask: the system, its solvers, and how far off a solution
 * can be.
 */
package org.diapason.poisson;
