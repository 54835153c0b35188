package org.diapason.io.dicom;

import java.nio.file.Path;
import org.diapason.io.Regions;

/** Regions of a DICOM file, which says what they were drawn on. */
interface DrawnRegions extends Regions {

    /** Returns the frame of reference and the series the file refers to. */
    References references();

    @Override
    default boolean drawnOn(Path image) {
        return references().names(image);
    }
}
