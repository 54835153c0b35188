package org.diapason.io.dicom;

import java.util.List;
import java.util.Set;
import org.diapason.io.dicom.DataSet.Element;

/**
 * What a derived slice takes over from the slice it was made of: patient, study, scanner, protocol
 * and dose. What describes the old pixels goes: their grid, window, padding, extremes, overlays,
 * icon, and everything private, which might scale the new pixels a second time.
 */
final class DerivedHead {
    /** Patient, study, series, acquisition, geometry, nuclear medicine. */
    private static final Set<Integer> GROUPS = Set.of(0x08, 0x10, 0x12, 0x18, 0x20, 0x54);

    /** CorrectedImage, BurnedInAnnotation, lossy compression with ratio and method. */
    private static final Set<Integer> PIXELS_STILL =
            Set.of(0x00280051, 0x00280301, 0x00280302, 0x00282110, 0x00282112, 0x00282114);

    /** Of one instance or one grid: creation, content, references, position, dimensions. */
    private static final Set<Integer> GONE =
            Set.of(
                    0x00080001,
                    0x00080012,
                    0x00080013,
                    0x00080014,
                    0x00080015,
                    0x00080023,
                    0x00080033,
                    0x00080064,
                    0x00081111,
                    0x00081115,
                    0x00081140,
                    0x00082111,
                    0x00082112,
                    0x00089007,
                    0x00089092,
                    0x00089121,
                    0x00089124,
                    0x00089154,
                    0x00089205,
                    0x00089206,
                    0x00089207,
                    0x00089208,
                    0x00089209,
                    0x00089215,
                    0x00181100,
                    0x00181120,
                    0x00200020,
                    0x00200030,
                    0x00200035,
                    0x00200050,
                    0x00201002,
                    0x00201041,
                    0x00540061,
                    0x00540071);

    private DerivedHead() {}

    /**
     * Returns the elements that still hold.
     *
     * @param file the whole of the frame's file
     */
    static DataSet of(Frame frame, DicomFile file) {
        DataSet head = new DataSet(frame.name());
        for (Element element : Unfolded.of(frame, file.values()).elements()) {
            if (holds(element.tag())) {
                clean(element, head);
            }
        }
        return head;
    }

    private static boolean holds(int tag) {
        boolean dimension = tag >>> 12 == 0x00209;
        return PIXELS_STILL.contains(tag)
                || GROUPS.contains(tag >>> 16) && !GONE.contains(tag) && !dimension;
    }

    /** Adds an element without the private ones in its items. */
    private static void clean(Element element, DataSet into) {
        if (!element.isSequence()) {
            into.put(element);
            return;
        }
        List<DataSet> items =
                element.items().stream()
                        .map(
                                item -> {
                                    DataSet clean = new DataSet("item");
                                    item.elements().stream()
                                            .filter(e -> !Dictionary.isPrivate(e.tag()))
                                            .forEach(e -> clean(e, clean));
                                    return clean;
                                })
                        .toList();
        into.put(Elements.sequence(element.tag(), items.toArray(DataSet[]::new)));
    }
}
