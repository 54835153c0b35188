package org.diapason.surface;

import org.diapason.volume.Numbers;

/**
 * Something wrong with a mesh, how often, and where it is met first.
 *
 * @param kind what is wrong
 * @param count how often
 * @param firstMm x, y, z of the first such place in mm, in the order of the triangles
 */
public record MeshFault(Kind kind, long count, Numbers firstMm) {

    /** What can be wrong with a mesh. */
    public enum Kind {
        /** An edge of one triangle only: the surface has a hole. */
        OPEN_EDGE("edge of one triangle only (a hole)", "edges of one triangle only (holes)", true),
        /** An edge of more than two triangles: surfaces meet there, and inside is not one side. */
        CROWDED_EDGE("edge of more than two triangles", "edges of more than two triangles", true),
        /** An edge whose two triangles do not agree which side is outside. */
        TURNED_EDGE(
                "edge whose triangles disagree on outside",
                "edges whose triangles disagree on outside",
                true),
        /** A point at which parts of the surface touch that share no edge there. */
        PINCHED_POINT("point where surfaces only touch", "points where surfaces only touch", true),
        /** A shell whose inside is outside: solid where it should be hollow. */
        INSIDE_OUT_SHELL("shell turned inside out", "shells turned inside out", true),
        /**
         * A shell of positive volume where a hollow would be negative: what it holds is twice
         * solid.
         */
        NESTED_SHELL(
                "solid inside a solid (a hollow turned inside out?)",
                "solids inside a solid (hollows turned inside out?)",
                true),
        /** A triangle on the three points of another. */
        DOUBLED_FACE(
                "triangle on the points of another", "triangles on the points of another", true),
        /** Two triangles that cut through each other. */
        CROSSING_FACES(
                "pair of triangles that cut each other",
                "pairs of triangles that cut each other",
                true),
        /** A triangle without area; printers leave it out. */
        FLAT_FACE("triangle without area", "triangles without area", false);

        private final String one;
        private final String many;
        private final boolean forbids;

        Kind(String one, String many, boolean forbids) {
            this.one = one;
            this.many = many;
            this.forbids = forbids;
        }

        /** Says whether a mesh with such a fault is no solid that can be printed. */
        public boolean forbidsPrinting() {
            return forbids;
        }
    }

    /** Returns the fault in words: {@code 12 open edges, first at (1.00, 2.00, 3.00) mm}. */
    public String words() {
        return count
                + " "
                + (count == 1 ? kind.one + ", at " : kind.many + ", the first at ")
                + place(firstMm)
                + " mm";
    }

    static String place(Numbers mm) {
        return "("
                + Numbers.fixed(mm.get(0), 2)
                + ", "
                + Numbers.fixed(mm.get(1), 2)
                + ", "
                + Numbers.fixed(mm.get(2), 2)
                + ")";
    }
}
