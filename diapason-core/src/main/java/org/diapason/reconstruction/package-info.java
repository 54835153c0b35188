/** Images from counts: forward models, priors, likelihoods and the algorithms that climb them. */
package org.diapason.reconstruction;
