/** NIfTI-1 and NIfTI-2 files to volumes and masks, and back. */
package org.diapason.io.nifti;
