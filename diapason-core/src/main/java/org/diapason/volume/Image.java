package org.diapason.volume;

import java.util.Optional;

/**
 * A volume, what its scanner said about the series, and how that scanner is calibrated (where
 * known).
 *
 * @param volume the values
 * @param tags the tags of the volume's own series
 * @param calibration the phantom scan of the scanner it came from
 */
public record Image(Volume volume, Tags tags, Optional<ScannerCalibration> calibration) {

    public static Image of(Volume volume) {
        return new Image(volume, Tags.none(), Optional.empty());
    }

    public Image withVolume(Volume newVolume) {
        return new Image(newVolume, tags, calibration);
    }
}
