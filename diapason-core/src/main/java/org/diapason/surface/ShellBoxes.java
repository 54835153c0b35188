package org.diapason.surface;

import java.util.Arrays;

/** The boxes around the shells of a mesh, and which of them lie in others. */
final class ShellBoxes {
    /** Low x, y, z, then high x, y, z of each shell. */
    private final double[] boxes;

    private final TriangleTree tree;

    ShellBoxes(Mesh mesh, Shells shells) {
        boxes = new double[6 * shells.count()];
        for (int s = 0; s < shells.count(); s++) {
            Arrays.fill(boxes, 6 * s, 6 * s + 3, Double.POSITIVE_INFINITY);
            Arrays.fill(boxes, 6 * s + 3, 6 * s + 6, Double.NEGATIVE_INFINITY);
        }
        double[] p = mesh.points();
        int[] corners = mesh.triangles();
        int[] last = new int[p.length / 3];
        for (int c = 0; c < corners.length; c++) {
            int shell = shells.of(c / 3);
            if (shell < 0 || last[corners[c]] == shell + 1) {
                continue; // a point has six triangles, as a rule of one shell
            }
            last[corners[c]] = shell + 1;
            for (int a = 0; a < 3; a++) {
                double x = p[3 * corners[c] + a];
                boxes[6 * shell + a] = Math.min(boxes[6 * shell + a], x);
                boxes[6 * shell + 3 + a] = Math.max(boxes[6 * shell + 3 + a], x);
            }
        }
        // a box is that of a triangle on two of its corners
        int[] diagonals = new int[3 * shells.count()];
        for (int s = 0; s < shells.count(); s++) {
            diagonals[3 * s] = 2 * s;
            diagonals[3 * s + 1] = 2 * s + 1;
            diagonals[3 * s + 2] = 2 * s + 1;
        }
        tree = new TriangleTree(Mesh.of(boxes, diagonals));
    }

    /** Says whether the box of a shell lies in that of another; of two equal ones each does. */
    boolean inAnother(int shell) {
        return tree.any(
                node -> {
                    boolean around = true;
                    for (int a = 0; a < 3; a++) {
                        around &= tree.box(node, a) <= boxes[6 * shell + a];
                        around &= tree.box(node, a + 3) >= boxes[6 * shell + a + 3];
                    }
                    return around;
                },
                other -> other != shell && holds(other, shell));
    }

    private boolean holds(int other, int shell) {
        boolean holds = true;
        for (int a = 0; a < 3; a++) {
            holds &= boxes[6 * other + a] <= boxes[6 * shell + a];
            holds &= boxes[6 * other + a + 3] >= boxes[6 * shell + a + 3];
        }
        return holds;
    }
}
