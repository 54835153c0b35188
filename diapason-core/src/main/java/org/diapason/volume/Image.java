package org.diapason.volume;

import java.util.Optional;

/**
 * A volume, what its scanner said about the series, and how that scanner is calibrated (where
 * known).
 *
 * @param volume the values
 * @param tags the tags of the volume's own series
 * @param calibration the phantom scan of the scanner it came from
 * @param detector the dark and flat frames of the detector it came from, until they were applied
 */
public record Image(
        Volume volume,
        Tags tags,
        Optional<ScannerCalibration> calibration,
        Optional<DetectorCalibration> detector) {

    /** Makes an image without calibration of its detector. */
    public Image(Volume volume, Tags tags, Optional<ScannerCalibration> calibration) {
        this(volume, tags, calibration, Optional.empty());
    }

    public static Image of(Volume volume) {
        return new Image(volume, Tags.none(), Optional.empty());
    }

    public Image withVolume(Volume newVolume) {
        return new Image(newVolume, tags, calibration, detector);
    }

    public Image withDetector(Optional<DetectorCalibration> newDetector) {
        return new Image(volume, tags, calibration, newDetector);
    }
}
