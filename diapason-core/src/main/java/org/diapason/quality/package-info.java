/**
 * Figures of one image beside another, and of a fused image beside its sources: how alike, how
 * sharp, what was kept.
 */
package org.diapason.quality;
