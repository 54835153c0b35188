/** One picture or volume put into another: alpha compositing and blending by gradients. */
package org.diapason.compositing;
