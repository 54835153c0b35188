package org.diapason.app;

/** Where an image lies on another, in whole pixels. */
final class Offset {
    private Offset() {}

    /** Reads {@code x,y} or {@code x,y,z}; nothing is 0, 0, 0. */
    static int[] of(String text) {
        int[] at = new int[3];
        if (text == null) {
            return at;
        }
        String[] parts = text.split(",", -1);
        try {
            if (parts.length < 2 || parts.length > 3) {
                throw new NumberFormatException();
            }
            for (int a = 0; a < parts.length; a++) {
                at[a] = Integer.parseInt(parts[a].trim());
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--offset needs two or three whole numbers of pixels, 20,40 or 20,40,-3, got \""
                            + text
                            + "\"");
        }
        return at;
    }
}
