package org.diapason.surface;

/**
 * Which shells bound a hollow, and which are turned the wrong way.
 *
 * <p>A shell inside an odd number of others bounds a hollow, and its volume is negative; any other
 * is solid, and its volume is positive. How many it lies inside is asked by a ray ({@link Rays})
 * from one of its triangles, and only of shells that can lie in one: those of negative volume, and
 * those whose box lies in the box of another.
 *
 * @param hollows shells of negative volume inside an odd number of others
 * @param insideOut shells of negative volume inside an even number, or none
 * @param first the lowest triangle of the first of these; −1 for none
 * @param nested shells of positive volume inside an odd number of others
 * @param firstNested the lowest triangle of the first of these; −1 for none
 */
record Hollows(int hollows, int insideOut, int first, int nested, int firstNested) {
    static Hollows of(Mesh mesh, Shells shells) {
        int[] asked = asked(mesh, shells);
        if (asked.length == 0) {
            return new Hollows(0, 0, -1, 0, -1);
        }
        if (shells.count() == 1) {
            return new Hollows(0, 1, shells.first(0), 0, -1);
        }
        boolean[] inside = new Rays(mesh, shells).inside(asked);
        int hollows = 0;
        int insideOut = 0;
        int first = -1;
        int nested = 0;
        int firstNested = -1;
        for (int n = 0; n < asked.length; n++) {
            boolean negative = shells.volumeMm3(asked[n]) < 0;
            if (negative && inside[n]) {
                hollows++;
            } else if (negative) {
                insideOut++;
                first = first < 0 ? shells.first(asked[n]) : first;
            } else if (inside[n]) {
                nested++;
                firstNested = firstNested < 0 ? shells.first(asked[n]) : firstNested;
            }
        }
        return new Hollows(hollows, insideOut, first, nested, firstNested);
    }

    private static int[] asked(Mesh mesh, Shells shells) {
        ShellBoxes boxes = shells.count() > 1 ? new ShellBoxes(mesh, shells) : null;
        int[] asked = new int[shells.count()];
        int count = 0;
        for (int s = 0; s < asked.length; s++) {
            double volume = shells.volumeMm3(s);
            if (volume < 0 || volume > 0 && boxes != null && boxes.inAnother(s)) {
                asked[count++] = s;
            }
        }
        return java.util.Arrays.copyOf(asked, count);
    }
}
