/** Times of the kernels at clinical sizes; every timed method is also called by a test. */
package org.diapason.bench;
