package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Settings;
import org.diapason.io.Images;
import org.diapason.io.run.Json;
import org.diapason.phantom.PhantomAnalysis;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.ScannerCalibration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason phantom}: the calibration of a scanner from its scan of the quality phantom. */
@Command(
        name = "phantom",
        description = "Measure resolution, gain and offset of a scanner on its scan of the quality phantom.")
final class PhantomCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SCAN", description = "A DICOM folder or a NIfTI file of the phantom.")
    Path scan;

    @Option(names = "--out", required = true, paramLabel = "JSON", description = "The calibration file to write.")
    Path out;

    @Option(names = "--scanner", paramLabel = "NAME", description = "Name of the scanner. Default: its station name.")
    String scanner;

    @Option(names = "--date", paramLabel = "DAY", description = "Day of the scan, 2026-11-20. Default: as in the scan.")
    String date;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        ScannerCalibration calibration = measure(scan, scanner, date);
        Files.writeString(out, Json.text(Settings.write(calibration)));
        System.out.println(
                calibration.scanner() + ": FWHM " + calibration.fwhmMm().fixed(2) + " mm (i × j × k), measured = "
                        + Numbers.fixed(calibration.gain(), 4) + " · true + "
                        + Numbers.fixed(calibration.offset(), 2) + " HU");
        System.out.println("calibration: " + out);
        return CommandLines.DONE;
    }

    /** Measures a scan from disk; names and days that are not given come from its tags. */
    static ScannerCalibration measure(Path scan, String scanner, String date) {
        Image read = Images.read(scan);
        Exam exam = Exam.of("phantom scan", Map.of("phantom", read), Map.of(), Map.of());
        Image image = new Units("*").apply(exam, new Trace()).image("phantom");
        String name = scanner != null ? scanner : tag(image, "--scanner", "StationName", "ManufacturerModelName");
        String day = date != null ? date : day(tag(image, "--date", "AcquisitionDate", "SeriesDate"));
        return PhantomAnalysis.analyse(image.volume(), name, day);
    }

    private static String tag(Image image, String option, String... keywords) {
        return List.of(keywords).stream()
                .flatMap(k -> image.tags().text(k).stream())
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the scan has no tag " + String.join(" or ", keywords) + ": add " + option
                                                + "."));
    }

    private static String day(String dicom) {
        return dicom.matches("\\d{8}")
                ? dicom.substring(0, 4) + "-" + dicom.substring(4, 6) + "-" + dicom.substring(6)
                : dicom;
    }
}
