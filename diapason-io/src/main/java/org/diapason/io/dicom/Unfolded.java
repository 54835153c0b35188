package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.diapason.io.dicom.DataSet.Element;

/**
 * What a multi-frame file says of one of its frames, in the words of a file of one image:
 * functional groups (PS3.3 C.7.6.16) are taken out of their sequences, and what has another name or
 * representation there gets that of PS3.3 A.3 (CT), A.4 (MR) and A.21 (PET).
 */
final class Unfolded {
    private static final int SCANNING_SEQUENCE = 0x00180020;
    private static final int ECHO_PULSE_SEQUENCE = 0x00189008;

    /** DiffusionDirectionality, DiffusionBValue, DiffusionGradientOrientation: files have them. */
    private static final Set<Integer> KNOWN_OF_MR = Set.of(0x00189075, 0x00189087, 0x00189089);

    private Unfolded() {}

    /**
     * Returns all that is said of a frame; the file itself where it is no multi-frame file.
     *
     * @param all the whole of the frame's file; not modified
     */
    static DataSet of(Frame frame, DataSet all) {
        List<DataSet> own = all.items(Keyword.PerFrameFunctionalGroupsSequence);
        List<DataSet> shared = all.items(Keyword.SharedFunctionalGroupsSequence);
        if (frame.index() >= own.size() && shared.isEmpty()) {
            return all;
        }
        DataSet flat = new DataSet(frame.name());
        if (frame.index() < own.size()) {
            unbox(own.get(frame.index()), flat);
        }
        shared.stream().limit(1).forEach(groups -> unbox(groups, flat));
        flat.remove(Keyword.ReferencedSOPClassUID.tag());
        flat.remove(Keyword.ReferencedSOPInstanceUID.tag());
        flat.alias(Keyword.FrameType, Keyword.ImageType);
        flat.alias(Keyword.FrameAcquisitionDateTime, Keyword.AcquisitionDateTime);
        flat.addAll(all);
        renamed(flat);
        switch (frame.file().modality()) {
            case "MR" -> mr(flat);
            case "PT" -> pet(flat);
            default -> flat.put(Elements.text(0x00200012)); // AcquisitionNumber, type 2
        }
        for (Element element : List.copyOf(flat.elements())) {
            if (element.tag() >>> 12 == 0x00189 && !KNOWN_OF_MR.contains(element.tag())) {
                flat.remove(element.tag());
            }
        }
        return flat;
    }

    private static void unbox(DataSet groups, DataSet into) {
        for (Element group : groups.elements()) {
            if (group.isSequence() && !group.items().isEmpty()) {
                into.addAll(group.items().get(0));
            }
        }
    }

    private static void renamed(DataSet flat) {
        number(flat, 0x00189082, 0x00180081); // EffectiveEchoTime, EchoTime
        number(flat, 0x00189079, 0x00180082); // InversionTimes, InversionTime
        number(flat, 0x00189220, 0x00181242); // FrameAcquisitionDuration, ActualFrameDuration
        number(flat, 0x00189328, 0x00181150); // ExposureTimeInms, ExposureTime
        number(flat, 0x00189330, 0x00181151); // XRayTubeCurrentInmA, XRayTubeCurrent
        number(flat, 0x00189332, 0x00181152); // ExposureInmAs, Exposure
    }

    /** Says as decimal text, as files of one image do, what stands there as a binary number. */
    private static void number(DataSet set, int from, int to) {
        Element element = set.element(from).filter(e -> e.vr().equals("FD")).orElse(null);
        if (element == null || element.bytes().length < 8) {
            return;
        }
        double value = ByteBuffer.wrap(element.bytes()).order(element.order()).getDouble();
        if (Double.isFinite(value) && Math.abs(value) < Integer.MAX_VALUE) {
            boolean whole = Dictionary.vr(to, false).orElse("").equals("IS");
            set.put(
                    whole
                            ? Elements.text(to, Long.toString(Math.round(value)))
                            : Elements.decimals(to, value));
        }
    }

    private static void mr(DataSet flat) {
        List<String> kinds = new ArrayList<>();
        switch (text(flat, ECHO_PULSE_SEQUENCE)) {
            case "SPIN" -> kinds.add("SE");
            case "GRADIENT" -> kinds.add("GR");
            case "BOTH" -> kinds.addAll(List.of("SE", "GR"));
            default -> {}
        }
        if (text(flat, 0x00189009).equals("YES")) { // InversionRecovery
            kinds.add("IR");
        } else {
            flat.remove(Keyword.InversionTime.tag());
        }
        if (text(flat, 0x00189018).equals("YES")) { // EchoPlanarPulseSequence
            kinds.add("EP");
        }
        if (kinds.isEmpty()) {
            kinds.add("RM"); // the only term that claims nothing
        }
        flat.put(Elements.text(SCANNING_SEQUENCE, kinds.toArray(String[]::new)));
        flat.put(Elements.text(0x00180021, "NONE")); // SequenceVariant
        flat.put(Elements.text(0x00180022)); // ScanOptions
    }

    /** FrameReferenceTime and DecayFactor stay absent where the file does not say them. */
    private static void pet(DataSet flat) {
        flat.put(Elements.text(0x00541002, "EMISSION")); // CountsSource
        flat.put(Elements.text(0x00541000, "STATIC", "IMAGE")); // SeriesType
        flat.put(Elements.text(0x00181181)); // CollimatorType
        flat.remove(0x00185100); // PatientPosition, which excludes the codes that follow
        flat.put(Elements.sequence(0x00540410)); // PatientOrientationCodeSequence
        flat.put(Elements.sequence(0x00540414)); // PatientGantryRelationshipCodeSequence
    }

    private static String text(DataSet set, int tag) {
        return set.element(tag).filter(e -> !e.isSequence()).map(DataSet::text).orElse("");
    }
}
