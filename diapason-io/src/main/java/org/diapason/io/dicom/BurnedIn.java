package org.diapason.io.dicom;

import java.util.Optional;
import java.util.Set;
import org.diapason.volume.RefusedException;

/** Whether a name may stand in the pixels themselves, where no table of attributes finds it. */
final class BurnedIn {
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

    /** Screens of devices that write the patient's name beside the picture. */
    private static final Set<String> SCREENS =
            Set.of("US", "IVUS", "ES", "XC", "SC", "OT", "DOC", "SM", "GM");

    private BurnedIn() {}

    /**
     * Looks at a file whose pixels are to be written again.
     *
     * @param accepted whether they are wanted even so
     * @throws RefusedException if a name may stand in them
     */
    static void check(DicomFile file, boolean accepted) {
        if (accepted || !file.pixels().there()) {
            return;
        }
        reason(file.values())
                .ifPresent(
                        reason -> {
                            throw new RefusedException(
                                    file.name()
                                            + ": "
                                            + reason
                                            + ", so a name may stand in its pixels. Look at it, then"
                                            + " mask it or add --accept-burned-in.");
                        });
    }

    /** Returns why the pixels may name a patient, as the end of a sentence. */
    private static Optional<String> reason(DataSet values) {
        String stated = values.text(Keyword.BurnedInAnnotation).orElse("");
        if (stated.equals("YES")) {
            return Optional.of("BurnedInAnnotation (0028,0301) is YES");
        }
        if (overlayInPixels(values)) {
            return Optional.of("an overlay stands in the unused bits of its pixels");
        }
        if (stated.equals("NO")) {
            return Optional.empty();
        }
        String modality = values.text(Keyword.Modality).orElse("");
        boolean captured =
                values.text(Keyword.SOPClassUID).orElse("").startsWith(SECONDARY_CAPTURE)
                        || values.text(Keyword.ConversionType).isPresent()
                        || values.text(Keyword.ImageType).orElse("").contains("SCREEN");
        if (captured || SCREENS.contains(modality)) {
            return Optional.of(
                    "it is a picture of a screen (modality \""
                            + (SCREENS.contains(modality) ? modality : "captured")
                            + "\") and does not say BurnedInAnnotation (0028,0301) NO");
        }
        return Optional.empty();
    }

    /** Overlays of old files lie in the bits above the pixels (PS3.3 C.9.2, retired). */
    private static boolean overlayInPixels(DataSet values) {
        return values.elements().stream()
                .filter(e -> e.tag() >>> 24 == 0x60 && e.bytes().length > 0)
                .filter(e -> (e.tag() & 0xFFFF) == 0x0100 || (e.tag() & 0xFFFF) == 0x0102)
                .anyMatch(
                        e -> {
                            int usual = (e.tag() & 0xFFFF) == 0x0100 ? 1 : 0;
                            int sum = 0;
                            for (byte b : e.bytes()) {
                                sum += b & 0xFF;
                            }
                            return sum != usual;
                        });
    }
}
