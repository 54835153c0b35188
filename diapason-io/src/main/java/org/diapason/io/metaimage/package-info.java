/** MetaImage files to volumes, and back. */
package org.diapason.io.metaimage;
