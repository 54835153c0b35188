/** NIfTI-1 files to volumes and masks, and back. */
package org.diapason.io.nifti;
