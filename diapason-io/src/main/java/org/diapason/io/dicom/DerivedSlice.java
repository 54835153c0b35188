package org.diapason.io.dicom;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diapason.io.raw.QuantityMark;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * What is new in the head of a derived slice: identity, grid, pixels, units, and how it was made.
 *
 * @param seed what the UIDs follow from
 * @param methods codes of what was done
 */
record DerivedSlice(
        Volume volume,
        String modality,
        boolean sameGrid,
        Quantisation quantisation,
        String seed,
        Derivation derivation,
        Set<Derivation.Method> methods) {

    private static final int LONGEST_DESCRIPTION = 64;
    private static final int SERIES_NUMBERS = 1000;
    private static final int IMAGE_COMMENTS = 0x00204000;

    /** Image storage classes of PS3.4 B.5. */
    private static final Map<String, String> CLASSES =
            Map.of(
                    "CT", "1.2.840.10008.5.1.4.1.1.2",
                    "MR", "1.2.840.10008.5.1.4.1.1.4",
                    "PT", "1.2.840.10008.5.1.4.1.1.128");

    /** Units and SUVType (PS3.3 C.8.9.1) by the label of a quantity. */
    private static final Map<String, List<String>> PET =
            Map.of(
                    "Bq/ml", List.of("BQML"),
                    "SUVbw", List.of("GML", "BW"),
                    "SUVlbm", List.of("GML", "LBM"),
                    "SUVlbm-james", List.of("GML", "LBMJAMES128"),
                    "SUVlbm-janma", List.of("GML", "LBMJANMA"),
                    "SUVibw", List.of("GML", "IBW"),
                    "SUVbsa", List.of("CM2ML", "BSA"));

    /** Completes a head with what slice k of the volume says. */
    void complete(DataSet head, int k, List<SourceImage> sources) {
        identity(head, k);
        geometry(head, k);
        pixels(head);
        if (modality.equals("PT")) {
            pet(head, k);
        }
        history(head, sources);
    }

    private void identity(DataSet head, int k) {
        head.set(Elements.text(Keyword.SOPClassUID, CLASSES.get(modality)));
        head.set(Elements.text(Keyword.SOPInstanceUID, Uids.of(seed + "/image/" + (k + 1))));
        head.set(Elements.text(Keyword.SeriesInstanceUID, Uids.of(seed)));
        String type = head.text(Keyword.ImageType).orElse("");
        head.set(
                switch (modality) {
                    case "CT" -> Elements.text(0x00080008, "DERIVED", "SECONDARY", "AXIAL");
                    case "MR" -> Elements.text(0x00080008, "DERIVED", "SECONDARY", magnitude(type));
                    // value 2 of a PET image is PRIMARY (PS3.3 C.8.9.4)
                    default -> Elements.text(0x00080008, "DERIVED", "PRIMARY");
                });
        double number = head.number(Keyword.SeriesNumber).orElse(0);
        head.set(
                Elements.text(
                        Keyword.SeriesNumber,
                        Integer.toString(SERIES_NUMBERS + (int) number % 100000)));
        head.set(Elements.text(Keyword.InstanceNumber, Integer.toString(k + 1)));
        head.set(Elements.text(0x0008103E, description(head)));
    }

    private static String magnitude(String type) {
        String[] values = type.split("\\\\");
        return values.length > 2 && Set.of("M", "P", "R", "I").contains(values[2])
                ? values[2]
                : "OTHER";
    }

    /** Returns the source's description with the note behind it, where that is plain text. */
    private String description(DataSet head) {
        String before = head.element(0x0008103E).map(DataSet::text).orElse("");
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(before);
        String note = "[Diapason: " + derivation.note() + "]";
        int room = LONGEST_DESCRIPTION - note.length() - 1;
        if (!ascii || before.isBlank()) {
            return note;
        }
        return before.substring(0, Math.min(room, before.length())).strip() + " " + note;
    }

    private void geometry(DataSet head, int k) {
        Geometry g = volume.geometry();
        double[] d = g.direction().toArray();
        head.set(Elements.decimals(Keyword.ImagePositionPatient, g.toWorld(0, 0, k).toArray()));
        head.set(
                Elements.decimals(
                        Keyword.ImageOrientationPatient, d[0], d[3], d[6], d[1], d[4], d[7]));
        head.set(Elements.decimals(Keyword.PixelSpacing, g.spacing(1), g.spacing(0)));
        head.set(Elements.decimals(Keyword.SpacingBetweenSlices, g.spacing(2)));
        if (!sameGrid || head.text(Keyword.SliceThickness).isEmpty()) {
            head.set(Elements.decimals(Keyword.SliceThickness, g.spacing(2)));
        }
        head.set(Elements.numbers(Keyword.Rows, g.nj()));
        head.set(Elements.numbers(Keyword.Columns, g.ni()));
    }

    private void pixels(DataSet head) {
        head.set(Elements.numbers(Keyword.SamplesPerPixel, 1));
        head.set(Elements.text(Keyword.PhotometricInterpretation, "MONOCHROME2"));
        head.set(Elements.numbers(Keyword.BitsAllocated, 16));
        head.set(Elements.numbers(Keyword.BitsStored, 16));
        head.set(Elements.numbers(Keyword.HighBit, 15));
        head.set(Elements.numbers(Keyword.PixelRepresentation, 1));
        // the MR class has no rescaling of its own, so it is there only where it is needed
        boolean plain = quantisation.slope() == 1 && quantisation.intercept() == 0;
        if (!(modality.equals("MR") && plain)) {
            head.set(Elements.decimals(Keyword.RescaleSlope, quantisation.slope()));
            head.set(Elements.decimals(Keyword.RescaleIntercept, quantisation.intercept()));
            if (!modality.equals("PT")) {
                boolean hu = volume.quantity() == Quantity.HU;
                head.set(Elements.text(Keyword.RescaleType, hu ? "HU" : "US"));
            }
        }
        if (quantisation.gaps()) {
            head.set(Elements.numbersAs(0x00280120, "SS", Quantisation.GAP));
        }
        String mark = QuantityMark.words(volume.quantity());
        if (!mark.isEmpty()) {
            head.set(Elements.text(IMAGE_COMMENTS, mark));
        }
        double width = quantisation.high() - quantisation.low();
        if (width >= 1) {
            head.set(Elements.decimals(0x00281050, quantisation.low() + width / 2));
            head.set(Elements.decimals(0x00281051, width));
        }
    }

    private void pet(DataSet head, int k) {
        List<String> units = PET.getOrDefault(volume.quantity().label(), List.of("NONE"));
        head.set(Elements.text(Keyword.Units, units.get(0)));
        head.remove(Keyword.SUVType.tag());
        if (units.size() > 1) {
            head.set(Elements.text(Keyword.SUVType, units.get(1)));
            if (head.text(Keyword.DecayCorrection).orElse("NONE").equals("NONE")) {
                // an SUV is decayed to the injection by its definition
                head.set(Elements.text(Keyword.DecayCorrection, "ADMIN"));
                String corrected = head.text(Keyword.CorrectedImage).orElse("");
                if (!List.of(corrected.split("\\\\")).contains("DECY")) {
                    String all = corrected.isEmpty() ? "DECY" : corrected + "\\DECY";
                    head.set(Elements.text(Keyword.CorrectedImage, all));
                }
            }
        }
        head.set(Elements.numbers(0x00540081, volume.geometry().nk()));
        head.set(Elements.numbers(0x00541330, k + 1));
    }

    private void history(DataSet head, List<SourceImage> sources) {
        head.set(Elements.text(0x00082111, derivation.description()));
        head.set(
                Elements.sequence(
                        0x00082112,
                        sources.stream().map(DerivedSlice::reference).toArray(DataSet[]::new)));
        if (!methods.isEmpty()) {
            head.set(
                    Elements.sequence(
                            0x00089215,
                            methods.stream()
                                    .map(m -> Elements.code(m.code, m.meaning))
                                    .toArray(DataSet[]::new)));
        }
        DataSet ours =
                Elements.item(
                        Elements.text(0x00080070, "Diapason"),
                        Elements.text(0x00081090, "Diapason"),
                        Elements.text(0x00181020, derivation.version()),
                        Elements.code(0x0040A170, "109103", "Modifying Equipment"));
        List<DataSet> earlier = head.element(0x0018A001).map(e -> e.items()).orElse(List.of());
        DataSet[] all =
                java.util.stream.Stream.concat(earlier.stream(), java.util.stream.Stream.of(ours))
                        .toArray(DataSet[]::new);
        head.set(Elements.sequence(0x0018A001, all));
    }

    private static DataSet reference(SourceImage source) {
        return source.reference(
                Elements.code(0x0040A170, "121322", "Source image for image processing operation"));
    }
}
