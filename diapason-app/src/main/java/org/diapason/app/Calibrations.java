package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.diapason.catalogue.Settings;
import org.diapason.io.Images;
import org.diapason.io.run.Json;
import org.diapason.phantom.PhantomAnalysis;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.ScannerCalibration;

/** From a phantom scan on disk to a calibration file. */
public final class Calibrations {
    private Calibrations() {}

    /**
     * Measures a scan of the quality phantom.
     *
     * @param scanner the scanner's name; null takes the station name of the scan
     * @param date day of the scan; null takes that of the scan
     */
    public static ScannerCalibration measure(Path scan, String scanner, String date) {
        Image image = scan(scan);
        return PhantomAnalysis.analyse(image.volume(), name(image, scanner), day(image, date));
    }

    /** Returns the scanner's name as given, else as its station is called. */
    static String name(Image image, String given) {
        return given != null
                ? given
                : tag(image, "--scanner", "StationName", "ManufacturerModelName");
    }

    /** Returns the day of a scan as given, else as its tags say. */
    static String day(Image image, String given) {
        return given != null ? given : day(tag(image, "--date", "AcquisitionDate", "SeriesDate"));
    }

    /** Reads a phantom scan in the units its tags give. */
    static Image scan(Path scan) {
        Exam exam =
                Exam.of("phantom scan", Map.of("phantom", Images.read(scan)), Map.of(), Map.of());
        return new Units("*").apply(exam, new Trace()).image("phantom");
    }

    /** Writes the calibration as JSON; an existing file is replaced. */
    public static void write(Path file, ScannerCalibration calibration) throws IOException {
        Files.writeString(file, Json.text(Settings.write(calibration)));
    }

    private static String tag(Image image, String option, String... keywords) {
        return List.of(keywords).stream()
                .flatMap(k -> image.tags().text(k).stream())
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the scan has no tag "
                                                + String.join(" or ", keywords)
                                                + ": add "
                                                + option
                                                + "."));
    }

    private static String day(String dicom) {
        return dicom.matches("\\d{8}")
                ? dicom.substring(0, 4) + "-" + dicom.substring(4, 6) + "-" + dicom.substring(6)
                : dicom;
    }
}
