/** Brings the intensities of images onto one scale. */
package org.diapason.steps.intensity;
