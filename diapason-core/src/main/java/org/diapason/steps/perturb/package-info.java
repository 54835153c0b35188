/** Changes images and masks a little, to see which features bear it. */
package org.diapason.steps.perturb;
