package org.diapason.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What makes a mesh closed, oriented and two-manifold, counted without any help of its maker. */
final class Closed {
    private Closed() {}

    /**
     * Asserts that each edge has two triangles in opposite directions, that the triangles around
     * each point form one ring, that every point is used, and that no two points and no triangle
     * collapse when coordinates are kept in four bytes; returns the Euler characteristic.
     */
    static int euler(Mesh mesh, String where) {
        int[] t = mesh.triangles();
        int count = mesh.points().length / 3;
        Map<Long, Integer> after = new HashMap<>();
        int[] triangles = new int[count];
        int[] start = new int[count];
        for (int c = 0; c < t.length; c++) {
            int a = t[c];
            int b = t[c % 3 == 2 ? c - 2 : c + 1];
            int o = t[c % 3 == 0 ? c + 2 : c - 1];
            assertNotEquals(a, b, where + ": a triangle with two equal corners");
            assertEquals(null, after.put(((long) a << 32) + b, o), where + ": a second triangle");
            triangles[a]++;
            start[a] = b;
        }
        for (long edge : after.keySet()) {
            assertTrue(after.containsKey(edge << 32 | edge >>> 32), where + ": a hole");
        }
        for (int p = 0; p < count; p++) {
            assertTrue(triangles[p] > 2, where + ": point " + p + " is not used");
            int steps = 0;
            int b = start[p];
            do {
                b = after.get(((long) p << 32) + b);
                steps++;
            } while (b != start[p]);
            assertEquals(triangles[p], steps, where + ": two rings around point " + p);
        }
        assertDistinct(mesh, where);
        return count - after.size() / 2 + t.length / 3;
    }

    private record Place(float x, float y, float z) {}

    private static void assertDistinct(Mesh mesh, String where) {
        Set<Place> seen = new HashSet<>();
        double[] p = mesh.points();
        for (int c = 0; c < p.length; c += 3) {
            Place place = new Place((float) p[c], (float) p[c + 1], (float) p[c + 2]);
            assertTrue(seen.add(place), () -> where + ": two points at " + place);
        }
    }
}
