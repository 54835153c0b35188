package org.diapason.io.dicom;

import java.util.HashMap;
import java.util.Map;

/**
 * The DICOM attributes this reader and writer know; the constants are spelled as the standard's
 * keywords (PS3.6), so that {@link #name()} is the keyword. Everything else in a file is skipped.
 */
public enum Keyword {
    MediaStorageSOPClassUID(0x00020002, "UI", Use.WRITER),
    MediaStorageSOPInstanceUID(0x00020003, "UI", Use.WRITER),
    TransferSyntaxUID(0x00020010, "UI", Use.READER),
    ImplementationClassUID(0x00020012, "UI", Use.WRITER),
    ImageType(0x00080008, "CS", Use.SERIES),
    SOPClassUID(0x00080016, "UI", Use.READER),
    SOPInstanceUID(0x00080018, "UI", Use.WRITER),
    StudyDate(0x00080020, "DA", Use.WRITER),
    SeriesDate(0x00080021, "DA", Use.SERIES),
    AcquisitionDate(0x00080022, "DA", Use.SERIES),
    AcquisitionDateTime(0x0008002A, "DT", Use.SERIES),
    StudyTime(0x00080030, "TM", Use.WRITER),
    SeriesTime(0x00080031, "TM", Use.SERIES),
    AcquisitionTime(0x00080032, "TM", Use.SERIES),
    AccessionNumber(0x00080050, "SH", Use.WRITER),
    Modality(0x00080060, "CS", Use.SERIES),
    ConversionType(0x00080064, "CS", Use.WRITER),
    Manufacturer(0x00080070, "LO", Use.SERIES),
    ReferringPhysicianName(0x00080090, "PN", Use.WRITER),
    StationName(0x00081010, "SH", Use.SERIES),
    ManufacturerModelName(0x00081090, "LO", Use.SERIES),
    PatientName(0x00100010, "PN", Use.WRITER),
    PatientID(0x00100020, "LO", Use.WRITER),
    PatientBirthDate(0x00100030, "DA", Use.WRITER),
    PatientSex(0x00100040, "CS", Use.SERIES),
    PatientSize(0x00101020, "DS", Use.SERIES),
    PatientWeight(0x00101030, "DS", Use.SERIES),
    ScanningSequence(0x00180020, "CS", Use.SERIES),
    SliceThickness(0x00180050, "DS", Use.SERIES),
    KVP(0x00180060, "DS", Use.SERIES),
    RepetitionTime(0x00180080, "DS", Use.SERIES),
    EchoTime(0x00180081, "DS", Use.SERIES),
    InversionTime(0x00180082, "DS", Use.SERIES),
    MagneticFieldStrength(0x00180087, "DS", Use.SERIES),
    SpacingBetweenSlices(0x00180088, "DS", Use.READER),
    SoftwareVersions(0x00181020, "LO", Use.SERIES),
    RadiopharmaceuticalStartTime(0x00181072, "TM", Use.SERIES),
    RadionuclideTotalDose(0x00181074, "DS", Use.SERIES),
    RadionuclideHalfLife(0x00181075, "DS", Use.SERIES),
    RadiopharmaceuticalStartDateTime(0x00181078, "DT", Use.SERIES),
    ConvolutionKernel(0x00181210, "SH", Use.SERIES),
    ActualFrameDuration(0x00181242, "IS", Use.SLICE),
    FlipAngle(0x00181314, "DS", Use.SERIES),
    PatientPosition(0x00185100, "CS", Use.WRITER),
    StudyInstanceUID(0x0020000D, "UI", Use.WRITER),
    SeriesInstanceUID(0x0020000E, "UI", Use.READER),
    StudyID(0x00200010, "SH", Use.WRITER),
    SeriesNumber(0x00200011, "IS", Use.WRITER),
    AcquisitionNumber(0x00200012, "IS", Use.WRITER),
    InstanceNumber(0x00200013, "IS", Use.WRITER),
    ImagePositionPatient(0x00200032, "DS", Use.READER),
    ImageOrientationPatient(0x00200037, "DS", Use.READER),
    FrameOfReferenceUID(0x00200052, "UI", Use.WRITER),
    PositionReferenceIndicator(0x00201040, "LO", Use.WRITER),
    FrameContentSequence(0x00209111, "SQ", Use.READER),
    PlanePositionSequence(0x00209113, "SQ", Use.READER),
    PlaneOrientationSequence(0x00209116, "SQ", Use.READER),
    SamplesPerPixel(0x00280002, "US", Use.READER),
    PhotometricInterpretation(0x00280004, "CS", Use.READER),
    NumberOfFrames(0x00280008, "IS", Use.READER),
    Rows(0x00280010, "US", Use.READER),
    Columns(0x00280011, "US", Use.READER),
    PixelSpacing(0x00280030, "DS", Use.READER),
    CorrectedImage(0x00280051, "CS", Use.SERIES),
    BitsAllocated(0x00280100, "US", Use.READER),
    BitsStored(0x00280101, "US", Use.READER),
    HighBit(0x00280102, "US", Use.READER),
    PixelRepresentation(0x00280103, "US", Use.READER),
    PixelPaddingValue(0x00280120, "US", Use.SERIES),
    PixelPaddingRangeLimit(0x00280121, "US", Use.SERIES),
    BurnedInAnnotation(0x00280301, "CS", Use.WRITER),
    RescaleIntercept(0x00281052, "DS", Use.SLICE),
    RescaleSlope(0x00281053, "DS", Use.SLICE),
    RescaleType(0x00281054, "LO", Use.SERIES),
    LossyImageCompression(0x00282110, "CS", Use.SERIES),
    PixelMeasuresSequence(0x00289110, "SQ", Use.READER),
    PixelValueTransformationSequence(0x00289145, "SQ", Use.READER),
    RadiopharmaceuticalInformationSequence(0x00540016, "SQ", Use.READER),
    Units(0x00541001, "CS", Use.SERIES),
    SUVType(0x00541006, "CS", Use.SERIES),
    DecayCorrection(0x00541102, "CS", Use.SERIES),
    FrameReferenceTime(0x00541300, "DS", Use.SLICE),
    SharedFunctionalGroupsSequence(0x52009229, "SQ", Use.READER),
    PerFrameFunctionalGroupsSequence(0x52009230, "SQ", Use.READER),
    PixelData(0x7FE00010, "OW", Use.READER);

    /** Where the value of an attribute goes. */
    enum Use {
        /** Into the tags of the series, as text. */
        SERIES,
        /** Into the tags of each slice, as a number. */
        SLICE,
        /** Used to read the file and dropped: geometry, pixel format, what groups a series. */
        READER,
        /** Written, never kept from a file that is read: names and identifiers among them. */
        WRITER
    }

    private static final Map<Integer, Keyword> BY_TAG = new HashMap<>();

    static {
        for (Keyword k : values()) {
            BY_TAG.put(k.tag, k);
        }
    }

    private final int tag;
    private final String vr;
    private final Use use;

    Keyword(int tag, String vr, Use use) {
        this.tag = tag;
        this.vr = vr;
        this.use = use;
    }

    int tag() {
        return tag;
    }

    /** Returns the value representation that implicit files mean and that the writer writes. */
    String vr() {
        return vr;
    }

    Use use() {
        return use;
    }

    /** Returns the attribute with a tag, or null where this reader has no use for it. */
    static Keyword of(int tag) {
        return BY_TAG.get(tag);
    }

    /** Returns the tag as people write it: {@code (0028,1053)}. */
    static String tagText(int tag) {
        char[] text = "(0000,0000)".toCharArray();
        for (int digit = 0; digit < 8; digit++) {
            char hex = Character.toUpperCase(Character.forDigit(tag >>> 28 - 4 * digit & 15, 16));
            text[digit < 4 ? 1 + digit : 2 + digit] = hex;
        }
        return new String(text);
    }

    /** Returns keyword and tag for messages: {@code RescaleSlope (0028,1053)}. */
    String label() {
        return name() + " " + tagText(tag);
    }
}
