/**
 * Convolutional filters of the Image Biomarker Standardisation Initiative: from an image to a map
 * of responses. They know nothing of features.
 *
 * <p>Reference: Depeursinge et al., Standardised convolutional filtering for radiomics, reference
 * manual, arXiv:2006.05470.
 */
package org.diapason.features.filter;
