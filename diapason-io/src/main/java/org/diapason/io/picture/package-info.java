/** Pictures (PNG, TIFF, JPEG) to volumes, and back. */
package org.diapason.io.picture;
