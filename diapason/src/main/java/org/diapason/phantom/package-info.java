/**
 * Digital objects whose truth is known, virtual scanners that image them, and the analysis of a
 * quality phantom's scan into a scanner's calibration.
 */
package org.diapason.phantom;
