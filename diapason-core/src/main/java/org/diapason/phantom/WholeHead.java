package org.diapason.phantom;

import java.util.ArrayList;
import java.util.List;
import org.diapason.phantom.Anatomy.Contrast;
import org.diapason.phantom.Anatomy.Tissue;
import org.diapason.volume.Numbers;

/**
 * A head with its neck, face, folded cortex and cerebellum, of one anatomy in every contrast and
 * not the same on both sides: what registration is to find its way by.
 */
final class WholeHead {
    private final Contrast contrast;
    private final List<Region> regions = new ArrayList<>();

    private WholeHead(Contrast contrast) {
        this.contrast = contrast;
    }

    /** Returns the name of the head in a contrast. */
    static String name(Contrast contrast) {
        return "whole-" + contrast.objectName();
    }

    static DigitalObject of(Contrast c) {
        WholeHead head = new WholeHead(c);
        head.outside();
        head.brain();
        head.inside();
        return new DigitalObject(
                name(c), c.quantity(), c.of(Tissue.AIR), Numbers.of(176, 216, 180), head.regions);
    }

    private void outside() {
        ball("scalp", Tissue.SCALP, 0, 2, 4, 74, 93, 82);
        ball("ear-left", Tissue.SCALP, 75, 6, -25, 5, 12, 20);
        ball("ear-right", Tissue.SCALP, -76, 3, -22, 5, 11, 19);
        ball("nose", Tissue.SCALP, 0, -90, -30, 11, 14, 16);
        rod("neck", Tissue.SCALP, 0, 22, -110, 54, 130);
        ball("skull", Tissue.SKULL, 0, 2, 6, 68, 87, 76);
        ball("jaw", Tissue.SKULL, 0, -45, -70, 38, 40, 16);
        rod("spine", Tissue.SKULL, 0, 40, -120, 14, 120);
        ball("sinus", Tissue.AIR, 0, -68, -38, 16, 22, 20);
        ball("sinus-frontal", Tissue.AIR, 6, -80, 8, 14, 5, 8);
        ball("eye-left", Tissue.CSF, 31, -75, -20, 12, 12, 12);
        ball("eye-right", Tissue.CSF, -33, -74, -21, 12, 12, 12);
        ball("csf", Tissue.CSF, 0, 5, 10, 62, 80, 68);
        ball("csf-behind", Tissue.CSF, 0, 38, -38, 48, 32, 25);
    }

    private void brain() {
        folded("grey-matter", Tissue.GREY, 5, 12, 60, 78, 62, 5, 30);
        folded("white-matter", Tissue.WHITE, 5, 12, 54.5, 72, 56.5, 8, 30);
        Box falx = new Box(Numbers.of(1, 5, 42), Numbers.of(2.5, 90, 46));
        add("falx", Tissue.CSF, falx);
        folded("cerebellum", Tissue.GREY, 38, -38, 44, 28, 22, 1.5, 14);
        folded("cerebellum-white", Tissue.WHITE, 38, -38, 38, 22, 16, 2.5, 14);
        rod("brain-stem", Tissue.WHITE, 0, 18, -50, 11, 70);
    }

    private void inside() {
        ball("ventricle-left", Tissue.CSF, 12, -5, 18, 6, 24, 10);
        ball("ventricle-right", Tissue.CSF, -11, -8, 18, 5, 20, 9);
        ball("thalamus-left", Tissue.GREY, 13, 16, 6, 8, 13, 9);
        ball("thalamus-right", Tissue.GREY, -13, 17, 6, 8, 12, 9);
        ball("putamen-left", Tissue.GREY, 26, -8, 8, 6, 18, 9);
        ball("putamen-right", Tissue.GREY, -25, -6, 8, 6, 17, 9);
        ball("lesion", Tissue.LESION, -34, -22, 32, 11, 9, 12);
        ball("lesion-small", Tissue.LESION, 30, 40, 35, 5, 5, 5);
    }

    private void ball(
            String name, Tissue t, double x, double y, double z, double a, double b, double c) {
        add(name, t, new Ellipsoid(Numbers.of(x, y, z), Numbers.of(a, b, c)));
    }

    private void folded(
            String name,
            Tissue tissue,
            double y,
            double z,
            double a,
            double b,
            double c,
            double depthMm,
            double lengthMm) {
        add(name, tissue, new Folded(Numbers.of(0, y, z), Numbers.of(a, b, c), depthMm, lengthMm));
    }

    /** A rod that leans forward on its way up. */
    private void rod(
            String name, Tissue t, double x, double y, double z, double radius, double length) {
        Numbers up = Numbers.of(0, -0.15, 1);
        add(name, t, new Cylinder(Numbers.of(x, y, z), up, radius, length));
    }

    private void add(String name, Tissue tissue, Shape shape) {
        regions.add(Region.of(name, contrast.of(tissue), shape));
    }
}
