/** Decoders of compressed pictures: the bytes of one frame to its samples; no files, no DICOM. */
package org.diapason.io.codec;
