/** Bands of low resolution given the detail of a sharp image, and what proves or disproves it. */
package org.diapason.pansharpening;
