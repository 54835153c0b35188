/** What a deployed model needs: recalibration, shifts of prevalence, thresholds, net benefit. */
package org.diapason.gate;
