/** A bounded DICOM reader for single-frame CT, MR and PET series, and a minimal CT writer. */
package org.diapason.io.dicom;
