/** NRRD files to volumes, and back. */
package org.diapason.io.nrrd;
