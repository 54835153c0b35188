/** Values as pixels: planes of a grid, look-up tables, one image in colour over another. */
package org.diapason.picture;
