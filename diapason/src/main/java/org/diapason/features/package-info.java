/**
 * Features of the Image Biomarker Standardisation Initiative: from an image and a mask to a row of
 * numbers.
 *
 * <p>Reference: Zwanenburg et al., Image biomarker standardisation initiative, reference manual,
 * arXiv:1612.07003; consensus values in Zwanenburg et al. 2020, Radiology 295(2):328–338,
 * doi:10.1148/radiol.2020191145.
 */
package org.diapason.features;
