package org.diapason.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.diapason.step.Spelling;

/**
 * A look-up table: a share from 0 to 1 as a colour, straight in red, green and blue between anchors
 * that stand at equal distances.
 */
public enum Lut {
    /** Black, red, yellow, white: red = 3t, green = 3t − 1, blue = 3t − 2, each cut to 0 … 1. */
    HOT(0x000000, 0xff0000, 0xffff00, 0xffffff),
    /** Black, blue, cyan, white: hot with red and blue exchanged. */
    COLD(0x000000, 0x0000ff, 0x00ffff, 0xffffff),
    /**
     * From violet over green to yellow, ever lighter: for readers who do not tell red from green.
     */
    VIRIDIS(
            0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30,
            0xfde725),
    /** Black, green, white. */
    GREEN(0x000000, 0x00ff00, 0xffffff),
    /** Black to white. */
    GREY(0x000000, 0xffffff),
    /** Blue, light grey in the middle, red: for a range around 0. */
    BLUE_RED(0x2040c0, 0xe8e8e8, 0xc02020),
    /** Yellow, orange, red, purple: for risks, never white, as bright places of the grey are. */
    WARNING(0xffe000, 0xff8000, 0xff0000, 0xa000a0);

    private final int[] anchors;

    Lut(int... anchors) {
        this.anchors = anchors;
    }

    /** Says whether two colours part in the middle, which then means 0. */
    public boolean parts() {
        return this == BLUE_RED;
    }

    /** Returns the name as it is typed: {@code blue-red}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the table of a name.
     *
     * @throws IllegalArgumentException if there is none; the message names the nearest
     */
    public static Lut of(String word) {
        List<String> known = new ArrayList<>();
        for (Lut lut : values()) {
            if (lut.word().equals(word.toLowerCase(Locale.ROOT))) {
                return lut;
            }
            known.add(lut.word());
        }
        throw new IllegalArgumentException("--lut " + word + ": " + Spelling.hint(word, known));
    }

    /**
     * Returns red (0), green (1) or blue (2) of a share.
     *
     * @param share 0 … 1
     * @return 0 … 1
     */
    public double at(double share, int channel) {
        double place = share * (anchors.length - 1);
        int below = (int) Math.min(place, anchors.length - 2);
        double low = part(below, channel);
        return low + (place - below) * (part(below + 1, channel) - low);
    }

    private double part(int anchor, int channel) {
        return (anchors[anchor] >> 8 * (2 - channel) & 0xff) / 255.0;
    }
}
