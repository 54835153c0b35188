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
    DirectoryRecordSequence(0x00041220, "SQ", Use.READER),
    ReferencedFileID(0x00041500, "CS", Use.READER),
    SpecificCharacterSet(0x00080005, "CS", Use.READER),
    ImageType(0x00080008, "CS", Use.SERIES),
    SOPClassUID(0x00080016, "UI", Use.READER),
    SOPInstanceUID(0x00080018, "UI", Use.READER),
    StudyDate(0x00080020, "DA", Use.WRITER),
    SeriesDate(0x00080021, "DA", Use.SERIES),
    AcquisitionDate(0x00080022, "DA", Use.SERIES),
    ContentDate(0x00080023, "DA", Use.REGION),
    AcquisitionDateTime(0x0008002A, "DT", Use.SERIES),
    StudyTime(0x00080030, "TM", Use.WRITER),
    SeriesTime(0x00080031, "TM", Use.SERIES),
    AcquisitionTime(0x00080032, "TM", Use.SERIES),
    ContentTime(0x00080033, "TM", Use.REGION),
    AccessionNumber(0x00080050, "SH", Use.WRITER),
    Modality(0x00080060, "CS", Use.SERIES),
    ConversionType(0x00080064, "CS", Use.WRITER),
    Manufacturer(0x00080070, "LO", Use.SERIES),
    ReferringPhysicianName(0x00080090, "PN", Use.WRITER),
    CodeValue(0x00080100, "SH", Use.READER),
    TimezoneOffsetFromUTC(0x00080201, "SH", Use.SERIES),
    CodingSchemeDesignator(0x00080102, "SH", Use.REGION),
    CodeMeaning(0x00080104, "LO", Use.REGION),
    StationName(0x00081010, "SH", Use.SERIES),
    SeriesDescription(0x0008103E, "LO", Use.REGION),
    OperatorsName(0x00081070, "PN", Use.REGION),
    ManufacturerModelName(0x00081090, "LO", Use.SERIES),
    GEPetCreator(0x00090010, "LO", Use.READER),
    /** GE: when the scan began. */
    GEScanDateTime(0x0009100D, "DT", Use.SERIES, "GEMS_PETD_01"),
    /** GE: when the tracer was injected. */
    GEAdministrationDateTime(0x0009103B, "DT", Use.SERIES, "GEMS_PETD_01"),
    ReferencedSeriesSequence(0x00081115, "SQ", Use.REGION),
    ReferencedInstanceSequence(0x0008114A, "SQ", Use.REGION),
    ReferencedSOPClassUID(0x00081150, "UI", Use.REGION),
    ReferencedSOPInstanceUID(0x00081155, "UI", Use.REGION),
    ReferencedFrameNumber(0x00081160, "IS", Use.REGION),
    SourceImageSequence(0x00082112, "SQ", Use.REGION),
    DerivationImageSequence(0x00089124, "SQ", Use.REGION),
    DerivationCodeSequence(0x00089215, "SQ", Use.REGION),
    FrameType(0x00089007, "CS", Use.READER),
    ComplexImageComponent(0x00089208, "CS", Use.SERIES),
    PatientName(0x00100010, "PN", Use.WRITER),
    PatientID(0x00100020, "LO", Use.WRITER),
    PatientBirthDate(0x00100030, "DA", Use.WRITER),
    PatientSex(0x00100040, "CS", Use.SERIES),
    PatientSize(0x00101020, "DS", Use.SERIES),
    PatientWeight(0x00101030, "DS", Use.SERIES),
    PatientIdentityRemoved(0x00120062, "CS", Use.SERIES),
    ContrastBolusAgent(0x00180010, "LO", Use.SERIES),
    ScanningSequence(0x00180020, "CS", Use.SERIES),
    SequenceVariant(0x00180021, "CS", Use.SERIES),
    ScanOptions(0x00180022, "CS", Use.SERIES),
    MRAcquisitionType(0x00180023, "CS", Use.SERIES),
    Radiopharmaceutical(0x00180031, "LO", Use.SERIES),
    SliceThickness(0x00180050, "DS", Use.SERIES),
    KVP(0x00180060, "DS", Use.SERIES),
    RepetitionTime(0x00180080, "DS", Use.SERIES),
    EchoTime(0x00180081, "DS", Use.SERIES),
    InversionTime(0x00180082, "DS", Use.SERIES),
    NumberOfAverages(0x00180083, "DS", Use.SERIES),
    EchoNumbers(0x00180086, "IS", Use.SERIES),
    MagneticFieldStrength(0x00180087, "DS", Use.SERIES),
    SpacingBetweenSlices(0x00180088, "DS", Use.READER),
    EchoTrainLength(0x00180091, "IS", Use.SERIES),
    DeviceSerialNumber(0x00181000, "LO", Use.REGION),
    PixelBandwidth(0x00180095, "DS", Use.SERIES),
    SoftwareVersions(0x00181020, "LO", Use.SERIES),
    TriggerTime(0x00181060, "DS", Use.SLICE),
    RadiopharmaceuticalStartTime(0x00181072, "TM", Use.SERIES),
    RadionuclideTotalDose(0x00181074, "DS", Use.SERIES),
    RadionuclideHalfLife(0x00181075, "DS", Use.SERIES),
    RadiopharmaceuticalStartDateTime(0x00181078, "DT", Use.SERIES),
    ReconstructionDiameter(0x00181100, "DS", Use.SERIES),
    GantryDetectorTilt(0x00181120, "DS", Use.SERIES),
    ExposureTime(0x00181150, "IS", Use.SLICE),
    XRayTubeCurrent(0x00181151, "IS", Use.SLICE),
    Exposure(0x00181152, "IS", Use.SLICE),
    FilterType(0x00181160, "SH", Use.SERIES),
    ConvolutionKernel(0x00181210, "SH", Use.SERIES),
    ActualFrameDuration(0x00181242, "IS", Use.SLICE),
    ReceiveCoilName(0x00181250, "SH", Use.SERIES),
    FlipAngle(0x00181314, "DS", Use.SERIES),
    PatientPosition(0x00185100, "CS", Use.WRITER),
    DiffusionBValue(0x00189087, "FD", Use.SERIES),
    FrameAcquisitionDateTime(0x00189074, "DT", Use.READER),
    DiffusionGradientDirectionSequence(0x00189076, "SQ", Use.READER),
    InversionTimes(0x00189079, "FD", Use.READER),
    EffectiveEchoTime(0x00189082, "FD", Use.READER),
    DiffusionGradientOrientation(0x00189089, "FD", Use.READER),
    MRTimingAndRelatedParametersSequence(0x00189112, "SQ", Use.READER),
    MREchoSequence(0x00189114, "SQ", Use.READER),
    MRModifierSequence(0x00189115, "SQ", Use.READER),
    MRDiffusionSequence(0x00189117, "SQ", Use.READER),
    CardiacSynchronizationSequence(0x00189118, "SQ", Use.READER),
    FrameAcquisitionDuration(0x00189220, "FD", Use.READER),
    MRImageFrameTypeSequence(0x00189226, "SQ", Use.READER),
    CTAcquisitionDetailsSequence(0x00189304, "SQ", Use.READER),
    CTReconstructionSequence(0x00189314, "SQ", Use.READER),
    CTExposureSequence(0x00189321, "SQ", Use.READER),
    CTXRayDetailsSequence(0x00189325, "SQ", Use.READER),
    CTImageFrameTypeSequence(0x00189329, "SQ", Use.READER),
    PETFrameAcquisitionSequence(0x00189732, "SQ", Use.READER),
    PETReconstructionSequence(0x00189749, "SQ", Use.READER),
    PETFrameTypeSequence(0x00189751, "SQ", Use.READER),
    SiemensMosaicImages(0x0019100A, "US", Use.READER),
    SiemensBValue(0x0019100C, "IS", Use.READER),
    StudyInstanceUID(0x0020000D, "UI", Use.WRITER),
    SeriesInstanceUID(0x0020000E, "UI", Use.READER),
    StudyID(0x00200010, "SH", Use.WRITER),
    SeriesNumber(0x00200011, "IS", Use.READER),
    AcquisitionNumber(0x00200012, "IS", Use.READER),
    InstanceNumber(0x00200013, "IS", Use.WRITER),
    ImagePositionPatient(0x00200032, "DS", Use.READER),
    ImageOrientationPatient(0x00200037, "DS", Use.READER),
    FrameOfReferenceUID(0x00200052, "UI", Use.READER),
    TemporalPositionIdentifier(0x00200100, "IS", Use.SERIES),
    PositionReferenceIndicator(0x00201040, "LO", Use.WRITER),
    StackID(0x00209056, "SH", Use.READER),
    FrameContentSequence(0x00209111, "SQ", Use.READER),
    PlanePositionSequence(0x00209113, "SQ", Use.READER),
    PlaneOrientationSequence(0x00209116, "SQ", Use.READER),
    DimensionIndexValues(0x00209157, "UL", Use.REGION),
    DimensionOrganizationUID(0x00209164, "UI", Use.REGION),
    DimensionIndexPointer(0x00209165, "AT", Use.REGION),
    FunctionalGroupPointer(0x00209167, "AT", Use.REGION),
    DimensionOrganizationSequence(0x00209221, "SQ", Use.REGION),
    DimensionIndexSequence(0x00209222, "SQ", Use.REGION),
    TemporalPositionIndex(0x00209128, "UL", Use.READER),
    UnassignedSharedConvertedAttributesSequence(0x00209170, "SQ", Use.READER),
    UnassignedPerFrameConvertedAttributesSequence(0x00209171, "SQ", Use.READER),
    NominalPercentageOfCardiacPhase(0x00209241, "FL", Use.SERIES),
    SamplesPerPixel(0x00280002, "US", Use.READER),
    PhotometricInterpretation(0x00280004, "CS", Use.READER),
    PlanarConfiguration(0x00280006, "US", Use.READER),
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
    BurnedInAnnotation(0x00280301, "CS", Use.SERIES),
    RescaleIntercept(0x00281052, "DS", Use.SLICE),
    RescaleSlope(0x00281053, "DS", Use.SLICE),
    RescaleType(0x00281054, "LO", Use.SERIES),
    RedPaletteColorLookupTableDescriptor(0x00281101, "US", Use.READER),
    GreenPaletteColorLookupTableDescriptor(0x00281102, "US", Use.READER),
    BluePaletteColorLookupTableDescriptor(0x00281103, "US", Use.READER),
    RedPaletteColorLookupTableData(0x00281201, "OW", Use.READER),
    GreenPaletteColorLookupTableData(0x00281202, "OW", Use.READER),
    BluePaletteColorLookupTableData(0x00281203, "OW", Use.READER),
    SegmentedRedPaletteColorLookupTableData(0x00281221, "OW", Use.READER),
    SegmentedGreenPaletteColorLookupTableData(0x00281222, "OW", Use.READER),
    SegmentedBluePaletteColorLookupTableData(0x00281223, "OW", Use.READER),
    LossyImageCompression(0x00282110, "CS", Use.SERIES),
    PixelMeasuresSequence(0x00289110, "SQ", Use.READER),
    PixelValueTransformationSequence(0x00289145, "SQ", Use.READER),
    RealWorldValueMappingSequence(0x00409096, "SQ", Use.READER),
    MeasurementUnitsCodeSequence(0x004008EA, "SQ", Use.READER),
    RealWorldValueIntercept(0x00409224, "FD", Use.READER),
    RealWorldValueSlope(0x00409225, "FD", Use.READER),
    PurposeOfReferenceCodeSequence(0x0040A170, "SQ", Use.REGION),
    SiemensCsaImageHeader(0x00291010, "OB", Use.READER),
    GEBValue(0x00431039, "IS", Use.READER),
    RadiopharmaceuticalInformationSequence(0x00540016, "SQ", Use.READER),
    RadionuclideCodeSequence(0x00540300, "SQ", Use.READER),
    Units(0x00541001, "CS", Use.SERIES),
    SUVType(0x00541006, "CS", Use.SERIES),
    RandomsCorrectionMethod(0x00541100, "CS", Use.SERIES),
    AttenuationCorrectionMethod(0x00541101, "LO", Use.SERIES),
    DecayCorrection(0x00541102, "CS", Use.SERIES),
    ReconstructionMethod(0x00541103, "LO", Use.SERIES),
    ScatterCorrectionMethod(0x00541105, "LO", Use.SERIES),
    FrameReferenceTime(0x00541300, "DS", Use.SLICE),
    DoseCalibrationFactor(0x00541322, "DS", Use.SERIES),
    PhilipsMrCreator(0x20050010, "LO", Use.READER),
    /** Philips: the scale slope SS of MR. */
    PhilipsMrScaleSlope(0x2005100E, "FL", Use.SLICE, "Philips MR Imaging DD 001"),
    /** Philips: what a frame of an enhanced MR file would say in a file of its own. */
    PhilipsMrFrameSequence(0x2005100F, "SQ", Use.READER, "Philips MR Imaging DD 005"),
    SegmentationType(0x00620001, "CS", Use.REGION),
    SegmentSequence(0x00620002, "SQ", Use.REGION),
    SegmentedPropertyCategoryCodeSequence(0x00620003, "SQ", Use.REGION),
    SegmentNumber(0x00620004, "US", Use.REGION),
    SegmentLabel(0x00620005, "LO", Use.REGION),
    SegmentAlgorithmType(0x00620008, "CS", Use.REGION),
    SegmentAlgorithmName(0x00620009, "LO", Use.REGION),
    SegmentIdentificationSequence(0x0062000A, "SQ", Use.REGION),
    ReferencedSegmentNumber(0x0062000B, "US", Use.REGION),
    MaximumFractionalValue(0x0062000E, "US", Use.REGION),
    SegmentedPropertyTypeCodeSequence(0x0062000F, "SQ", Use.REGION),
    SegmentationFractionalType(0x00620010, "CS", Use.REGION),
    ContentLabel(0x00700080, "CS", Use.REGION),
    ContentDescription(0x00700081, "LO", Use.REGION),
    ContentCreatorName(0x00700084, "PN", Use.REGION),
    StructureSetLabel(0x30060002, "SH", Use.REGION),
    StructureSetDate(0x30060008, "DA", Use.REGION),
    StructureSetTime(0x30060009, "TM", Use.REGION),
    ReferencedFrameOfReferenceSequence(0x30060010, "SQ", Use.REGION),
    RTReferencedStudySequence(0x30060012, "SQ", Use.REGION),
    RTReferencedSeriesSequence(0x30060014, "SQ", Use.REGION),
    ContourImageSequence(0x30060016, "SQ", Use.REGION),
    StructureSetROISequence(0x30060020, "SQ", Use.REGION),
    ROINumber(0x30060022, "IS", Use.REGION),
    ReferencedFrameOfReferenceUID(0x30060024, "UI", Use.REGION),
    ROIName(0x30060026, "LO", Use.REGION),
    ROIDisplayColor(0x3006002A, "IS", Use.REGION),
    ROIGenerationAlgorithm(0x30060036, "CS", Use.REGION),
    ROIContourSequence(0x30060039, "SQ", Use.REGION),
    ContourSequence(0x30060040, "SQ", Use.REGION),
    ContourGeometricType(0x30060042, "CS", Use.REGION),
    NumberOfContourPoints(0x30060046, "IS", Use.REGION),
    ContourData(0x30060050, "DS", Use.REGION),
    RTROIObservationsSequence(0x30060080, "SQ", Use.REGION),
    ObservationNumber(0x30060082, "IS", Use.REGION),
    ReferencedROINumber(0x30060084, "IS", Use.REGION),
    RTROIInterpretedType(0x300600A4, "CS", Use.REGION),
    ROIInterpreter(0x300600A6, "PN", Use.REGION),
    PhilipsBValue(0x20011003, "FL", Use.READER),
    SharedFunctionalGroupsSequence(0x52009229, "SQ", Use.READER),
    PerFrameFunctionalGroupsSequence(0x52009230, "SQ", Use.READER),
    PhilipsPetCreator(0x70530010, "LO", Use.READER),
    /** Philips: SUV by body weight per count; 0 where the scanner could not convert. */
    PhilipsSuvScaleFactor(0x70531000, "DS", Use.SLICE, "Philips PET Private Group"),
    /** Philips: Bq/ml per count; 0 where the scanner could not convert. */
    PhilipsActivityScaleFactor(0x70531009, "DS", Use.SLICE, "Philips PET Private Group"),
    ExtendedOffsetTable(0x7FE00001, "OV", Use.READER),
    FloatPixelData(0x7FE00008, "OF", Use.READER),
    DoubleFloatPixelData(0x7FE00009, "OD", Use.READER),
    PixelData(0x7FE00010, "OW", Use.READER);

    /** Where the value of an attribute goes. */
    enum Use {
        /** Into the tags of the series, as text. */
        SERIES,
        /** Into the tags of each slice, as a number. */
        SLICE,
        /** Used to read the file and dropped: geometry, pixel format, what groups a series. */
        READER,
        /** Of structure sets and segmentations: kept where everything is. */
        REGION,
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
    private final String creator;

    Keyword(int tag, String vr, Use use) {
        this(tag, vr, use, "");
    }

    Keyword(int tag, String vr, Use use, String creator) {
        this.tag = tag;
        this.vr = vr;
        this.use = use;
        this.creator = creator;
    }

    /** Returns the tag; of a private attribute the one it has in the first block, xx = 10. */
    int tag() {
        return tag;
    }

    /** Returns whose private attribute it is, empty for those of the standard. */
    String creator() {
        return creator;
    }

    /** Returns the value representation that implicit files mean and that the writer writes. */
    String vr() {
        return vr;
    }

    Use use() {
        return use;
    }

    /**
     * Returns the attribute with a tag, or null where this reader has no use for it. Of private
     * tags the block counts for nothing here: whose it is stands in the data set (PS3.5 7.8.1).
     */
    static Keyword of(int tag) {
        boolean isPrivate = (tag >>> 16 & 1) == 1;
        int element = tag & 0xFFFF;
        if (isPrivate && element >= 0x10 && element <= 0xFF) {
            return BY_TAG.get(tag & 0xFFFF0000 | 0x10);
        }
        return BY_TAG.get(isPrivate && element > 0xFF ? tag & 0xFFFF00FF | 0x1000 : tag);
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
