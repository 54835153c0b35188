/**
 * Kernels on arrays and grids, random numbers and the one pool of threads; knows nothing of steps.
 */
package org.diapason.math;
