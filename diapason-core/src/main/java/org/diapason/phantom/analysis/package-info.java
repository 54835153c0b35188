/**
 * What quality phantoms say about a scanner: noise, contrast, uniformity, sharpness, scale, and
 * whether they are within limits.
 */
package org.diapason.phantom.analysis;
